#include "jsonld/internal/link_header.hpp"

#include <algorithm>

#include "jsonld/internal/keywords.hpp"

namespace scenograph::jsonld {

namespace {

constexpr std::string_view blanks = " \t";

class LinkParser {
 public:
  explicit LinkParser(std::string_view text) : text_(text) {}

  std::vector<Link> run() {
    std::vector<Link> links;
    while (skip(", \t"), at_ < text_.size()) {
      if (text_[at_] != '<') {
        (void)take_until(",");
        continue;
      }
      ++at_;
      Link link;
      link.target = take_until(">");
      ++at_;
      read_parameters(link);
      links.push_back(std::move(link));
    }
    return links;
  }

 private:
  void skip(std::string_view characters) {
    at_ = std::min(text_.find_first_not_of(characters, std::min(at_, text_.size())), text_.size());
  }

  std::string take_until(std::string_view characters) {
    const std::size_t start = std::min(at_, text_.size());
    at_ = std::min(text_.find_first_of(characters, start), text_.size());
    return std::string(text_.substr(start, at_ - start));
  }

  void read_parameters(Link& link) {
    while (skip(blanks), at_ < text_.size() && text_[at_] == ';') {
      ++at_;
      skip(blanks);
      const std::string name = lower_case(take_until("=;, \t"));
      skip(blanks);
      if (at_ == text_.size() || text_[at_] != '=') continue;
      ++at_;
      skip(blanks);
      std::string value = at_ < text_.size() && text_[at_] == '"' ? take_quoted() : take_until(";, \t");
      if (name == "rel" && link.rel.empty()) link.rel = std::move(value);
      if (name == "type" && link.type.empty()) link.type = lower_case(value);
    }
  }

  std::string take_quoted() {
    std::string out;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      out += text_[at_];
    }
    ++at_;
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

bool Link::has_relation(std::string_view name) const {
  for (std::size_t at = rel.find(name); at != std::string::npos; at = rel.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || rel[at - 1] == ' ') && (end == rel.size() || rel[end] == ' ')) return true;
  }
  return false;
}

std::vector<Link> parse_links(std::string_view header) { return LinkParser(header).run(); }

}  // namespace scenograph::jsonld
