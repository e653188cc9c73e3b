#include "sources/json_path.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/error.hpp"

namespace scenograph::sources {

namespace {

constexpr std::size_t max_steps = 256;

class PathParser {
 public:
  explicit PathParser(std::string_view text) : text_(text) {}

  JsonPath parse() {
    JsonPath path;
    if (text_.empty()) fail("the path is empty; write $ for the record itself");
    if (text_ == "@") return path;
    if (text_[0] == '$' && (text_.size() == 1 || text_[1] == '.' || text_[1] == '[')) {
      at_ = 1;
    } else if (text_[0] != '[' && text_[0] != '.') {
      path.push_back(name_or_every());
    }
    while (at_ < text_.size()) {
      if (path.size() == max_steps) fail("the path has more than 256 steps");
      path.push_back(text_[at_] == '.' ? dotted() : bracketed());
    }
    return path;
  }

 private:
  PathStep dotted() {
    ++at_;
    const bool deep = at_ < text_.size() && text_[at_] == '.';
    if (deep) ++at_;
    PathStep step = at_ < text_.size() && text_[at_] == '[' && deep ? bracketed() : name_or_every();
    if (deep && step.kind == PathStep::Kind::Index) unsupported("an index after ..");
    if (deep) step.kind = step.kind == PathStep::Kind::Every ? PathStep::Kind::DeepEvery : PathStep::Kind::Deep;
    return step;
  }

  PathStep name_or_every() {
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != '.' && text_[at_] != '[') {
      if (text_[at_] == ']' || text_[at_] == '\\' || text_[at_] == '{' || text_[at_] == '}') {
        fail(fmt::format("«{}» does not belong here; write such names as ['…']", text_[at_]));
      }
      ++at_;
    }
    if (at_ == start) fail("a name is missing");
    const std::string_view name = text_.substr(start, at_ - start);
    if (name == "*") return {.kind = PathStep::Kind::Every, .name = {}};
    return {.kind = PathStep::Kind::Name, .name = std::string(name)};
  }

  PathStep bracketed() {
    if (text_[at_] != '[') fail(fmt::format("«{}» does not belong here", text_[at_]));
    ++at_;
    if (at_ == text_.size()) fail("the bracket is not closed");
    const char first = text_[at_];
    if (first == '?' || first == '(') unsupported("a filter");
    PathStep step;
    if (first == '*') {
      ++at_;
      step.kind = PathStep::Kind::Every;
    } else if (first == '\'' || first == '"') {
      step.name = quoted();
    } else {
      step.kind = PathStep::Kind::Index;
      const char* const end = text_.data() + text_.size();
      const auto [next, error] = std::from_chars(text_.data() + at_, end, step.index);
      if (error != std::errc()) fail("a number, * or a quoted name must follow [");
      at_ = static_cast<std::size_t>(next - text_.data());
    }
    if (at_ < text_.size() && (text_[at_] == ',' || text_[at_] == ':')) unsupported("a union or slice");
    if (at_ == text_.size() || text_[at_] != ']') fail("the bracket is not closed");
    ++at_;
    return step;
  }

  std::string quoted() {
    const char quote = text_[at_++];
    std::string name;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == quote) {
        ++at_;
        return name;
      }
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      name += text_[at_];
    }
    fail("the quote is not closed");
  }

  [[noreturn]] void fail(const std::string& why) const {
    throw base::Error(base::Code::BadSyntax,
                      fmt::format("the JSONPath «{}» is faulty at character {}: {}", text_, at_ + 1, why));
  }

  [[noreturn]] void unsupported(std::string_view what) const {
    throw base::Error(
        base::Code::Unsupported,
        fmt::format("the JSONPath «{}» has {} at character {}, which is not supported; use names, [n], [*] "
                    "and .. only",
                    text_, what, at_ + 1));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

JsonPath parse_json_path(std::string_view text) { return PathParser(text).parse(); }

}  // namespace scenograph::sources
