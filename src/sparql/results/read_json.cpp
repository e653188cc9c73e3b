#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"
#include "sparql/results/row_reader.hpp"

// Source: SPARQL 1.1 Query Results JSON Format; RFC 8259. Written by hand because documents of any size must stream.

namespace scenograph::sparql::results {

namespace {

/// Values of JSON, pulled one by one.
class JsonInput {
 public:
  explicit JsonInput(std::unique_ptr<Input> input) : input_(std::move(input)) {}

  Input& input() { return *input_; }

  int peek() {
    while (input_->peek() == ' ' || input_->peek() == '\n' || input_->peek() == '\r' || input_->peek() == '\t') {
      input_->take();
    }
    return input_->peek();
  }

  void expect(char wanted) {
    if (peek() != wanted) input_->fail(fmt::format("expected «{}»", wanted));
    input_->take();
  }

  /// Moves to the next member or element, if there is one before `closing`. `first` is cleared.
  bool advance(char closing, bool& first) {
    if (peek() == closing) {
      input_->take();
      return false;
    }
    if (!first) expect(',');
    first = false;
    return true;
  }

  bool member(bool& first, std::string& key) {
    if (!advance('}', first)) return false;
    key = string();
    expect(':');
    return true;
  }

  std::string string() {
    expect('"');
    std::string out;
    constexpr std::size_t charged_at_once = 4096;
    for (;;) {
      const int c = input_->take();
      if (c == '"') break;
      if (c == Input::end) input_->fail("the document ends within a string");
      if (c < 0x20) input_->fail("a string holds a control character");
      if (c == '\\') {
        append_escape(out);
      } else {
        out += static_cast<char>(c);
      }
      if (out.size() % charged_at_once == 0) input_->charge_row(charged_at_once);
    }
    input_->charge_row(sizeof out);
    return out;
  }

  bool boolean() {
    const std::string found = word();
    if (found != "true" && found != "false") input_->fail("expected true or false");
    return found == "true";
  }

  void skip(std::size_t depth = 0) {
    constexpr std::size_t most_levels = 64;
    if (depth == most_levels) input_->fail(fmt::format("it nests more than {} deep", most_levels));
    const int start = peek();
    bool first = true;
    if (start == '{') {
      input_->take();
      for (std::string key; member(first, key);) skip(depth + 1);
    } else if (start == '[') {
      input_->take();
      while (advance(']', first)) skip(depth + 1);
    } else if (start == '"') {
      static_cast<void>(string());
    } else if (word().empty()) {
      input_->fail("expected a value");
    }
  }

 private:
  /// A literal name or a number, roughly.
  std::string word() {
    constexpr std::size_t longest = 400;
    std::string out;
    for (int c = peek(); c != Input::end && (std::isalnum(c) != 0 || c == '-' || c == '+' || c == '.');
         c = input_->peek()) {
      out += static_cast<char>(input_->take());
      if (out.size() > longest) input_->fail("a number is too long");
    }
    return out;
  }

  char32_t unit() {
    char32_t out = 0;
    for (int i = 0; i < 4; ++i) {
      const int c = input_->take();
      if (c == Input::end || std::isxdigit(c) == 0) input_->fail("an escape has no four hexadecimal digits");
      out = out * 16 + static_cast<char32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return out;
  }

  void append_escape(std::string& out) {
    constexpr std::string_view escaped = "\"\\/bfnrt";
    constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
    const int c = input_->take();
    if (c != 'u') {
      const std::size_t at = c == Input::end ? std::string_view::npos : escaped.find(static_cast<char>(c));
      if (at == std::string_view::npos) input_->fail("a string holds an escape that is none");
      out += meant[at];
      return;
    }
    char32_t code = unit();
    if (code >= 0xD800 && code < 0xDC00) {
      if (input_->take() != '\\' || input_->take() != 'u') input_->fail("half a surrogate pair stands alone");
      const char32_t low = unit();
      if (low < 0xDC00 || low > 0xDFFF) input_->fail("half a surrogate pair stands alone");
      code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
    } else if (code >= 0xDC00 && code <= 0xDFFF) {
      input_->fail("half a surrogate pair stands alone");
    }
    base::append_utf8(out, code);
  }

  std::unique_ptr<Input> input_;
};

class JsonReader final : public ResultReader {
 public:
  explicit JsonReader(std::unique_ptr<Input> input) : json_(std::move(input)) {}

  const std::vector<std::string>& variables() const override { return columns_.names(); }
  std::optional<bool> boolean() const override { return boolean_; }

  bool next(SolutionRow& row) override {
    while (state_ != State::End) {
      json_.input().clear_row();
      if (state_ == State::Bindings && json_.advance(']', first_)) {
        read_row(row);
        return true;
      }
      step();
    }
    return false;
  }

 private:
  enum class State : std::uint8_t { Start, Top, Results, Bindings, End };

  /// Reads on to the next row or the end.
  void step() {
    std::string key;
    if (state_ == State::Start) {
      json_.expect('{');
      enter(State::Top, true);
    } else if (state_ == State::Bindings) {
      enter(State::Results, false);
    } else if (!json_.member(first_, key)) {
      if (state_ == State::Results) return enter(State::Top, false);
      finish();
    } else if (state_ == State::Results && key == "bindings") {
      json_.expect('[');
      has_rows_ = true;
      enter(State::Bindings, true);
    } else if (state_ == State::Top && key == "results") {
      json_.expect('{');
      enter(State::Results, true);
    } else if (state_ == State::Top && key == "head") {
      read_head();
    } else if (state_ == State::Top && key == "boolean") {
      boolean_ = json_.boolean();
    } else {
      json_.skip();
    }
  }

  void enter(State state, bool first) {
    state_ = state;
    first_ = first;
  }

  void finish() {
    if (json_.peek() != Input::end) json_.input().fail("something follows the document");
    if (!has_rows_ && !boolean_) json_.input().fail("there are neither bindings nor a boolean");
    state_ = State::End;
  }

  void read_head() {
    json_.expect('{');
    bool first = true;
    for (std::string key; json_.member(first, key);) {
      if (key != "vars") {
        json_.skip();
        continue;
      }
      json_.expect('[');
      bool first_name = true;
      while (json_.advance(']', first_name)) static_cast<void>(columns_.number_of(json_.string()));
    }
  }

  void read_row(SolutionRow& row) {
    row.assign(columns_.names().size(), std::nullopt);
    json_.expect('{');
    bool first = true;
    for (std::string name; json_.member(first, name);) {
      const std::size_t column = columns_.number_of(name);
      if (column >= row.size()) row.resize(column + 1);
      row[column] = read_term();
    }
  }

  rdf::Term read_term() {
    json_.expect('{');
    std::string type;
    std::string value;
    std::string datatype;
    std::string language;
    bool first = true;
    for (std::string key; json_.member(first, key);) {
      if (key == "type") {
        type = json_.string();
      } else if (key == "value") {
        if (json_.peek() != '"') json_.input().fail("a term's value is no string: triple terms are not supported");
        value = json_.string();
      } else if (key == "datatype") {
        datatype = json_.string();
      } else if (key == "xml:lang") {
        language = json_.string();
      } else {
        json_.skip();
      }
    }
    return checked(make_term(type, value, datatype, language));
  }

  rdf::Term make_term(const std::string& type, const std::string& value, const std::string& datatype,
                      const std::string& language) {
    if (type == "uri") return rdf::Term::iri(value);
    if (type == "bnode") return rdf::Term::blank(value);
    if (type != "literal" && type != "typed-literal") {
      json_.input().fail(fmt::format("there are no terms of type «{}»", type));
    }
    return language.empty() ? rdf::Term::literal(value, datatype) : rdf::Term::lang_literal(value, language);
  }

  rdf::Term checked(rdf::Term term) {
    if (const std::string why = why_not_term(term); !why.empty()) json_.input().fail(why);
    return term;
  }

  JsonInput json_;
  Columns columns_;
  State state_ = State::Start;
  bool first_ = true;
  bool has_rows_ = false;
  std::optional<bool> boolean_;
};

}  // namespace

std::unique_ptr<ResultReader> make_json_reader(std::unique_ptr<Input> input) {
  return std::make_unique<JsonReader>(std::move(input));
}

}  // namespace scenograph::sparql::results
