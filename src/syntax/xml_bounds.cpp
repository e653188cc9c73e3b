#include "syntax/internal/xml_bounds.hpp"

#include <fmt/format.h>

namespace scenograph::syntax {

void XmlBounds::follow(std::string_view bytes) {
  for (const char c : bytes) {
    if (c == '\0') continue;
    advance_place(c);
    step(c);
    before_that_ = before_;
    before_ = c;
  }
}

void XmlBounds::advance_place(char c) {
  if (c == '\n') {
    ++line_;
    column_ = 0;
  } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
    ++column_;
  }
}

void XmlBounds::enter(State state) {
  state_ = state;
  before_ = '\0';
  before_that_ = '\0';
}

void XmlBounds::step(char c) {
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
      if (c == quote_) enter(State::StartTag);
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

void XmlBounds::step_markup(char c) {
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

void XmlBounds::step_start_tag(char c) {
  if (c == '=') {
    count_attribute();
  } else if (c == '"' || c == '\'') {
    quote_ = c;
    enter(State::Value);
  } else if (c == '>') {
    if (before_ == '/') return close_element();
    enter(State::Text);
  }
}

void XmlBounds::step_declaration(char c) {
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

void XmlBounds::open_element() {
  if (attributes_.size() > max_depth) throw too_many("elements nested", max_depth);
  attributes_.push_back(attributes_.back());
}

void XmlBounds::close_element() {
  if (attributes_.size() > 1) attributes_.pop_back();
  enter(State::Text);
}

void XmlBounds::count_attribute() {
  if (++attributes_.back() > max_attributes) throw too_many("attributes on the elements open here", max_attributes);
}

base::Error XmlBounds::too_many(std::string_view what, std::size_t limit) const {
  return base::Error(base::Code::TooLarge, fmt::format("more than {} {}", limit, what),
                     {options_.source_name, line_, column_});
}

}  // namespace scenograph::syntax
