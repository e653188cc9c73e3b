#include "jsonld/internal/repair.hpp"

#include <algorithm>
#include <array>

namespace scenograph::jsonld {

namespace {

constexpr std::string_view blanks = " \t\r\n";

class Repairer {
 public:
  Repairer(std::string_view text, std::vector<Repair>& repairs) : text_(text), repairs_(repairs) {}

  std::string run() {
    entities_ = text_.find('"') == std::string_view::npos && text_.find("&quot;") != std::string_view::npos;
    if (entities_) note("quotes written as &quot; were decoded; write plain JSON inside the script");
    while (at_ < text_.size()) {
      if (!skip_comment()) step();
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

  void note(const char* what) { repairs_.push_back({at_, what}); }

  void skip_to(std::size_t end) { at_ = std::min(end, text_.size()); }

  bool skip_comment() {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> comments = {
        {{"/*", "*/"}, {"//", "\n"}, {"<!--", ""}, {"-->", ""}, {"<![CDATA[", ""}, {"]]>", ""}}};
    for (const auto& [start, end] : comments) {
      if (!rest().starts_with(start)) continue;
      note("a comment was left out; JSON has none");
      if (end == "\n" && is_wrapper()) {
        at_ += 2;
        return true;
      }
      const std::size_t found = end.empty() ? at_ + start.size() : text_.find(end, at_ + start.size());
      skip_to(found == std::string_view::npos ? text_.size() : found + end.size());
      return true;
    }
    return false;
  }

  /// Whether // only hides the mark of a wrapper such as //<![CDATA[.
  [[nodiscard]] bool is_wrapper() const {
    std::string_view after = rest().substr(2);
    after.remove_prefix(std::min(after.find_first_not_of(" \t"), after.size()));
    return after.starts_with("<![CDATA[") || after.starts_with("]]>") || after.starts_with("<!--") ||
           after.starts_with("-->");
  }

  [[nodiscard]] std::string_view quote() const { return entities_ ? "&quot;" : "\""; }

  void step() {
    if (rest().starts_with(quote())) return copy_string();
    const char c = text_[at_];
    if ((c == '}' || c == ']') && drop_comma()) note("a comma before a closing bracket was left out");
    out_ += c;
    ++at_;
  }

  bool drop_comma() {
    const std::size_t last = out_.find_last_not_of(blanks);
    if (last == std::string::npos || out_[last] != ',') return false;
    out_.erase(last, 1);
    return true;
  }

  void copy_string() {
    out_ += '"';
    at_ += quote().size();
    while (at_ < text_.size() && !rest().starts_with(quote())) copy_character();
    out_ += '"';
    skip_to(at_ + quote().size());
  }

  void copy_character() {
    const char c = text_[at_];
    if (c == '\\') return copy_escape();
    if (static_cast<unsigned char>(c) < 0x20) {
      note("a line break or control character in a string was escaped; write it as \\n or \\t");
      out_ += c == '\n' ? "\\n" : c == '\t' ? "\\t" : c == '\r' ? "" : " ";
      ++at_;
      return;
    }
    if (entities_ && rest().starts_with("&amp;")) {
      out_ += '&';
      at_ += 5;
      return;
    }
    out_ += c;
    ++at_;
  }

  void copy_escape() {
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (next == '\0' || std::string_view("\"\\/bfnrtu").find(next) == std::string_view::npos) {
      note("a backslash that begins no escape of JSON was left out");
      ++at_;
      return;
    }
    out_ += '\\';
    out_ += next;
    at_ += 2;
  }

  std::string_view text_;
  std::vector<Repair>& repairs_;
  std::string out_;
  std::size_t at_ = 0;
  bool entities_ = false;
};

}  // namespace

std::string repair_json(std::string_view text, std::vector<Repair>& repairs) { return Repairer(text, repairs).run(); }

}  // namespace scenograph::jsonld
