#include "search/fold.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "text/fold.hpp"

namespace scenograph::search {

namespace {

constexpr std::size_t max_name_bytes = 512;

}  // namespace

std::string fold(std::string_view name) {
  const std::string_view head = base::cut_utf8(name, max_name_bytes);
  std::string out = text::fold(head);
  return out.empty() ? text::fold(head, text::Signs::Keep) : out;
}

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> out;
  while (!folded.empty()) {
    const std::size_t end = std::min(folded.find(' '), folded.size());
    if (end > 0) out.push_back(folded.substr(0, end));
    folded.remove_prefix(std::min(end + 1, folded.size()));
  }
  return out;
}

}  // namespace scenograph::search
