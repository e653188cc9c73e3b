#include "syntax/internal/xml_follower.hpp"

#include <fmt/format.h>

#include <utility>

namespace scenograph::syntax {

namespace {

constexpr std::string_view language_name = "xml:lang";
constexpr std::size_t longest_language = 256;  // what is longer is refused as no language tag by the reader

}  // namespace

std::optional<LanguageTag> XmlFollower::follow(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (c == '\0') continue;
    advance_place(c);
    step(c);
    before_that_ = before_;
    before_ = c;
    if (!std::exchange(found_, false)) continue;
    const bool is_wide = i + 1 < bytes.size() && bytes[i + 1] == '\0';  // the second half of the bracket in UTF-16
    return LanguageTag{i + (is_wide ? 2 : 1), *language_};
  }
  return std::nullopt;
}

void XmlFollower::advance_place(char c) {
  if (c == '\n') {
    ++line_;
    column_ = 0;
  } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
    ++column_;
  }
}

void XmlFollower::enter(State state) {
  state_ = state;
  before_ = '\0';
  before_that_ = '\0';
}

void XmlFollower::step(char c) {
  switch (state_) {
    case State::Text:
      if (c == '<') enter(State::Less);
      break;
    case State::Less:
    case State::Bang:
    case State::CommentOpen:
      step_markup(c);
      break;
    case State::StartTag:
      step_start_tag(c);
      break;
    case State::Value:
      step_value(c);
      break;
    case State::EndTag:
      if (c == '>') close_element();
      break;
    case State::Instruction:
      if (c == '>' && before_ == '?') leave_section();
      break;
    case State::Comment:
      if (c == '>' && before_ == '-' && before_that_ == '-') leave_section();
      break;
    case State::CData:
      if (c == '>' && before_ == ']' && before_that_ == ']') leave_section();
      break;
    case State::Declaration:
    case State::DeclarationValue:
      step_declaration(c);
  }
}

void XmlFollower::step_markup(char c) {
  if (state_ == State::CommentOpen) return enter(State::Comment);
  if (state_ == State::Bang) {
    if (c == '-') return enter(State::CommentOpen);
    if (c == '[' && brackets_ == 0) return enter(State::CData);
    ++brackets_;
    return enter(State::Declaration);
  }
  switch (c) {
    case '!':
      return enter(State::Bang);
    case '?':
      return enter(State::Instruction);
    case '/':
      return enter(State::EndTag);
    default:
      open_element();
      enter(State::StartTag);
  }
}

void XmlFollower::step_start_tag(char c) {
  if (c == '=') {
    count_attribute();
  } else if (c == '"' || c == '\'') {
    quote_ = c;
    if (name_ == language_name) language_.emplace();
    enter(State::Value);
  } else if (c == '>') {
    end_start_tag();
  } else {
    add_to_name(c);
  }
}

void XmlFollower::step_value(char c) {
  if (c == quote_) {
    name_ended_ = true;
    return enter(State::StartTag);
  }
  if (name_ == language_name && language_->size() < longest_language) *language_ += c;
}

void XmlFollower::add_to_name(char c) {
  if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
    name_ended_ = true;
    return;
  }
  if (std::exchange(name_ended_, false)) name_.clear();
  if (name_.size() <= language_name.size()) name_ += c;
}

void XmlFollower::end_start_tag() {
  found_ = language_.has_value() && attributes_of_tag_ > 1;
  if (before_ == '/') return close_element();
  enter(State::Text);
}

void XmlFollower::step_declaration(char c) {
  if (state_ == State::DeclarationValue) {
    if (c == quote_) return enter(State::Declaration);
    const bool stands_for_any = c == '#' && before_ == '&';
    if (c != '<' && c != '=' && !stands_for_any) return;
    if (++entity_markup_ > max_entity_markup) throw too_many("pieces of markup in entities", max_entity_markup);
    return;
  }
  if (c == '"' || c == '\'') {
    quote_ = c;
    enter(State::DeclarationValue);
  } else if (c == '<') {
    enter(State::Less);
  } else if (c == '>' && --brackets_ == 0) {
    enter(State::Text);
  }
}

void XmlFollower::open_element() {
  if (attributes_.size() > max_depth) throw too_many("elements nested", max_depth);
  attributes_.push_back(attributes_.back());
  attributes_of_tag_ = 0;
  language_.reset();
  name_.clear();
}

void XmlFollower::close_element() {
  if (attributes_.size() > 1) attributes_.pop_back();
  enter(State::Text);
}

void XmlFollower::count_attribute() {
  ++attributes_of_tag_;
  if (++attributes_.back() > max_attributes) throw too_many("attributes on the elements open here", max_attributes);
}

base::Error XmlFollower::too_many(std::string_view what, std::size_t limit) const {
  return base::Error(base::Code::TooLarge, fmt::format("more than {} {}", limit, what),
                     {options_.source_name, line_, column_});
}

}  // namespace scenograph::syntax
