#include "shacl/internal/message_text.hpp"

namespace scenograph::shacl {

std::string fill_in(std::string_view text, const Words& words) {
  std::string out;
  while (!text.empty()) {
    const auto open = text.find('{');
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) return out.append(text);
    out.append(text.substr(0, open));
    const auto name = text.substr(open + 1, close - open - 1);
    const bool is_block = name.size() > 1 && (name.front() == '?' || name.front() == '$');
    const auto found = is_block ? words(name.substr(1)) : std::nullopt;
    if (found) {
      out += *found;
      text.remove_prefix(close + 1);
    } else {
      out += '{';
      text.remove_prefix(open + 1);
    }
  }
  return out;
}

std::vector<Message> fill_in(const std::vector<Message>& messages, const Words& words) {
  std::vector<Message> out;
  out.reserve(messages.size());
  for (const auto& [text, language] : messages) out.push_back({fill_in(text, words), language});
  return out;
}

std::string words_of(const rdf::Term& term) { return term.is_blank() ? "_:" + term.value : term.value; }

}  // namespace scenograph::shacl
