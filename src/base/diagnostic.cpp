#include "base/diagnostic.hpp"

namespace scenograph::base {

std::string to_string(const Diagnostic& diagnostic) {
  std::string text = to_string(diagnostic.where);
  if (!diagnostic.field.empty()) text += (text.empty() ? "«" : ", «") + diagnostic.field + "»";
  if (!text.empty()) text += ": ";
  text += diagnostic.message;
  if (!diagnostic.found.empty()) text += " (found «" + diagnostic.found + "»";
  if (!diagnostic.found.empty()) text += diagnostic.made.empty() ? ")" : ", made «" + diagnostic.made + "»)";
  return text;
}

}  // namespace scenograph::base
