#include "jsonld/internal/top_level.hpp"

#include <utility>

#include "base/find_byte.hpp"

namespace scenograph::jsonld {

namespace {

/// Where a string may end, or has an escape.
std::size_t end_of_string_run(std::string_view text, std::size_t from) {
  return base::find_byte(text, from, [](char c) { return (c == '"') | (c == '\\'); });
}

/// Where a bracket or a string comes.
std::size_t end_of_plain_run(std::string_view text, std::size_t from) {
  // { } and [ ] differ in one bit.
  return base::find_byte(text, from, [](char c) { return (c == '"') | ((c | 0x20) == '{') | ((c | 0x20) == '}'); });
}

bool is_opening(char c) { return c == '{' || c == '['; }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

void TopLevel::feed(std::string_view piece) {
  while (!piece.empty()) {
    const bool inside = elements_ != 0 && depth_ > elements_;
    const std::size_t count = inside ? pass_inside(piece) : 1;
    advance(piece.substr(0, count));
    if (inside) {
      take(piece.substr(0, count));
    } else if (in_string_) {
      on_character(piece.front());
    } else {
      on_plain(piece.front());
    }
    piece.remove_prefix(count);
  }
}

/// How much of the text is within the bracket that an element began with, its end included.
std::size_t TopLevel::pass_inside(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && depth_ > elements_) {
    if (escaped_) {
      escaped_ = false;
      ++at;
      continue;
    }
    at = in_string_ ? end_of_string_run(text, at) : end_of_plain_run(text, at);
    if (at == text.size()) break;
    const char c = text[at++];
    if (c == '"') {
      in_string_ = !in_string_;
    } else if (c == '\\') {
      escaped_ = true;
    } else {
      depth_ += is_opening(c) ? 1U : -1U;
    }
  }
  return at;
}

/// Counts lines and columns, where somebody is told of them.
void TopLevel::advance(std::string_view text) {
  if (!on_element_) return;
  for (const char c : text) {
    column_ += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    if (c != '\n') continue;
    ++line_;
    column_ = 0;
  }
}

void TopLevel::on_character(char c) {
  take({&c, 1});
  if (escaped_) {
    escaped_ = false;
  } else if (c == '\\') {
    escaped_ = true;
  } else if (c == '"') {
    end_string();
  }
}

void TopLevel::on_plain(char c) {
  if (is_blank(c)) {
    if (!part_.empty()) take({&c, 1});
    return;
  }
  if (ended_) {
    other_ = true;
    return;
  }
  switch (c) {
    case '"':
      return on_quote();
    case '{':
    case '[':
      return on_open(c);
    case '}':
    case ']':
      return on_close(c);
    case ',':
      return on_comma();
    case ':':
      if (depth_ == 1 && !is_array_ && !key_.empty() && !wants_value_ && part_.empty()) {
        wants_value_ = true;
        return;
      }
      break;
    default:
      break;
  }
  take({&c, 1});
}

void TopLevel::on_quote() {
  in_string_ = true;
  is_key_ = std::exchange(wants_key_, false);
  if (depth_ == 0) other_ = ended_ = true;
  if (is_key_) {
    key_.clear();
    part_.clear();
    return;
  }
  take("\"");
}

void TopLevel::end_string() {
  in_string_ = false;
  if (!is_key_) return;
  is_key_ = false;
  if (other_) return;
  part_.pop_back();  // the quote
  key_ = std::exchange(part_, {});
  other_ = other_ || key_.empty() || key_.find('\\') != std::string::npos || (key_ != "@context" && key_ != "@graph");
  bool& seen = key_ == "@graph" ? has_graph_ : has_context_;
  other_ = other_ || std::exchange(seen, true);
}

void TopLevel::on_open(char c) {
  if (depth_ == 0) {
    is_array_ = c == '[';
    elements_ = is_array_ ? 1 : 0;
    has_comma_ = has_content_ = false;
    wants_key_ = !is_array_;
    ++depth_;
    return;
  }
  if (depth_ == 1 && !is_array_ && key_ == "@graph") {
    if (c != '[') other_ = true;
    elements_ = 2;
    has_comma_ = has_content_ = false;
    ++depth_;
    return;
  }
  take({&c, 1});
  ++depth_;
}

void TopLevel::on_close(char c) {
  if (depth_ == 0) {
    other_ = true;
    return;
  }
  const bool ends_elements = elements_ != 0 && depth_ == elements_;
  if (ends_elements || depth_ == 1) {
    const bool is_array = ends_elements || is_array_;
    const bool after_comma = ends_elements ? has_comma_ && !has_content_ : wants_key_ && (has_graph_ || has_context_);
    other_ = other_ || after_comma || c != (is_array ? ']' : '}');
    end_part();
  }
  --depth_;
  if (ends_elements) {
    elements_ = 0;
  } else {
    take({&c, 1});
  }
  ended_ = depth_ == 0;
}

void TopLevel::on_comma() {
  if (depth_ == 1 || (elements_ != 0 && depth_ == elements_)) {
    if (elements_ != 0) {
      other_ = other_ || !has_content_;
      has_content_ = false;
      has_comma_ = true;
    }
    end_part();
    wants_key_ = depth_ == 1 && !is_array_;
    return;
  }
  take(",");
}

/// Keeps characters of the part being cut out.
void TopLevel::take(std::string_view text) {
  if (other_ || text.empty()) return;
  if (elements_ != 0) has_content_ = true;
  if (depth_ == 1 && elements_ == 0 && !is_key_ && key_ == "@graph") other_ = true;
  const bool in_element = elements_ != 0 && depth_ >= elements_;
  const bool in_context = elements_ == 0 && depth_ >= 1 && wants_value_ && key_ == "@context";
  if (!is_key_ && !in_context && !(in_element && on_element_)) return;
  if (part_.empty()) {
    part_line_ = line_;
    part_column_ = column_;
  }
  part_ += text;
}

void TopLevel::end_part() {
  std::string part = std::exchange(part_, {});
  if (elements_ != 0 && depth_ == elements_) {
    if (on_element_ && !part.empty() && !other_) on_element_(part, part_line_, part_column_);
    part.clear();
    part_ = std::move(part);  // its memory
    return;
  }
  if (depth_ != 1 || is_array_) return;
  if (key_ == "@context" && !part.empty()) context_ = std::move(part);
  if (key_ == "@graph" && !part.empty()) other_ = true;
  key_.clear();
  wants_value_ = false;
}

TopLevel::Shape TopLevel::shape() const {
  if (other_ || !ended_ || in_string_) return Shape::Other;
  if (is_array_) return Shape::Array;
  return has_graph_ ? Shape::Graph : Shape::Other;
}

}  // namespace scenograph::jsonld
