#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/reader.hpp"

namespace scenograph::syntax {

/// A start tag that has xml:lang and other attributes.
struct LanguageTag {
  std::size_t end = 0;   ///< of the tag, in the bytes followed
  std::string language;  ///< "": none
};

/// Follows the elements of an XML document ahead of raptor. That takes time by the square of their depth, and of the
/// attributes on those that are open, and does not give property attributes the xml:lang of their own element.
///
/// What entities could add to either is bounded where they are declared. The bytes of UTF-16 are followed as if they
/// were ASCII, without the zeros between.
class XmlFollower {
 public:
  static constexpr std::size_t max_depth = 256;
  static constexpr std::size_t max_attributes = 1024;     ///< of all open elements together
  static constexpr std::size_t max_entity_markup = 1024;  ///< bytes that could begin an element or an attribute

  explicit XmlFollower(const ReadOptions& options) : options_(options) {}

  /// The next bytes of the document, up to the end of the first tag with a language, if there is one among them.
  /// @throws Error(Code::TooLarge) at the place where a limit is passed.
  [[nodiscard]] std::optional<LanguageTag> follow(std::string_view bytes);

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
  void step_value(char c);
  void add_to_name(char c);
  void end_start_tag();
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
  std::string name_;         ///< of the attribute at hand, or a part long enough to tell it from xml:lang
  bool name_ended_ = false;  ///< by a blank
  std::size_t attributes_of_tag_ = 0;
  std::optional<std::string> language_;  ///< that of the start tag at hand
  bool found_ = false;                   ///< a start tag has just ended that has a language
  std::uint64_t line_ = 1;
  std::uint64_t column_ = 0;
};

}  // namespace scenograph::syntax
