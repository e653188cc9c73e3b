#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "syntax/reader.hpp"

namespace scenograph::syntax {

/// Follows the elements of an XML document ahead of its parser, which takes time by the square of their depth, and of
/// the attributes on those that are open.
///
/// What entities could add to either is bounded where they are declared. The bytes of UTF-16 are followed as if they
/// were ASCII, without the zeros between.
class XmlBounds {
 public:
  static constexpr std::size_t max_depth = 256;
  static constexpr std::size_t max_attributes = 1024;     ///< of all open elements together
  static constexpr std::size_t max_entity_markup = 1024;  ///< bytes that could begin an element or an attribute

  explicit XmlBounds(const ReadOptions& options) : options_(options) {}

  /// The next bytes of the document. @throws Error(Code::TooLarge) at the place where a limit is passed.
  void follow(std::string_view bytes);

 private:
  enum class State : std::uint8_t {
    Text,
    Less,         // after <
    Bang,         // after <!
    CommentOpen,  // after <!-
    StartTag,
    Value,  // of an attribute
    EndTag,
    Instruction,
    Comment,
    CData,
    Declaration,
    DeclarationValue,
  };

  void advance_place(char c);
  void step(char c);
  void step_markup(char c);
  void step_start_tag(char c);
  void step_declaration(char c);
  void enter(State state);
  void leave_section() { enter(brackets_ > 0 ? State::Declaration : State::Text); }
  void open_element();
  void close_element();
  void count_attribute();
  [[nodiscard]] base::Error too_many(std::string_view what, std::size_t limit) const;

  const ReadOptions& options_;
  State state_ = State::Text;
  char quote_ = '"';
  char before_ = '\0';  ///< the last byte of this state
  char before_that_ = '\0';
  unsigned brackets_ = 0;  ///< open within <!DOCTYPE, itself included
  std::size_t entity_markup_ = 0;
  std::vector<std::size_t> attributes_{0};  ///< of each open element and those around it
  std::uint64_t line_ = 1;
  std::uint64_t column_ = 0;
};

}  // namespace scenograph::syntax
