#include "base/diagnostic.hpp"

namespace scenograph::base {

std::string to_string(const Diagnostic& diagnostic) {
  std::string text = to_string(diagnostic.where);
  if (!diagnostic.field.empty()) text += (text.empty() ? "«" : ", «") + diagnostic.field + "»";
  if (!text.empty()) text += ": ";
  text += diagnostic.message;
  if (diagnostic.found.empty()) return text;
  text += " (found «" + diagnostic.found + "»";
  if (diagnostic.made == diagnostic.found) {
    text += ", kept as it was";
  } else if (!diagnostic.made.empty()) {
    text += ", made «" + diagnostic.made + "»";
  }
  return text + ")";
}

}  // namespace scenograph::base
