#pragma once

#include <gumbo.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace scenograph::markup {

/// A page as HTML5 has it. All nodes lie in one piece of memory, which goes with this.
///
/// What gumbo does takes time by the square of how deep elements lie and of how many attributes one has, and misnested
/// formatting makes nodes without end. So parsing ends, by a message, at `deepest` open elements, `most_attributes` of
/// one element, and memory in proportion to the page.
class Tree {
 public:
  static constexpr std::size_t deepest = 640;
  static constexpr std::size_t most_attributes = 512;

  /// @param html    must outlive this
  /// @param source  the page's name, for messages
  /// @throws        Error(Code::TooLarge)
  Tree(std::string_view html, const std::string& source);
  ~Tree();
  Tree(Tree&&) = delete;

  /// The `html` element.
  [[nodiscard]] const GumboNode* root() const { return root_; }

 private:
  class Arena;
  std::unique_ptr<Arena> arena_;
  const GumboNode* root_ = nullptr;
};

/// The node as an element; null for texts, comments, and templates, whose content is no part of the page.
[[nodiscard]] inline const GumboElement* element_of(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT ? &node->v.element : nullptr;
}

[[nodiscard]] inline const GumboNode* child_of(const GumboElement& element, unsigned index) {
  return static_cast<const GumboNode*>(element.children.data[index]);
}

[[nodiscard]] inline std::optional<std::string_view> attribute_of(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found == nullptr ? std::nullopt : std::optional<std::string_view>(found->value);
}

/// The texts of all nodes below, in order.
[[nodiscard]] std::string text_of(const GumboElement& element);

/// What is inside the element, as HTML or as XML.
enum class Syntax : std::uint8_t { Html, Xml };
[[nodiscard]] std::string inner_markup(const GumboElement& element, Syntax syntax);

}  // namespace scenograph::markup
