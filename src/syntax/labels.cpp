#include "syntax/labels.hpp"

#include "syntax/internal/names.hpp"

namespace scenograph::syntax {

bool is_label(std::string_view label) { return !label.empty() && label_length(label) == label.size(); }

std::string made_up_label(std::uint64_t number) { return "g" + std::to_string(number); }

std::string document_label(std::string_view label) {
  const std::size_t after = label.find_first_not_of('g');
  const bool looks_made_up = after != 0 && after < label.size() && label[after] >= '0' && label[after] <= '9';
  return looks_made_up ? "g" + std::string(label) : std::string(label);
}

}  // namespace scenograph::syntax
