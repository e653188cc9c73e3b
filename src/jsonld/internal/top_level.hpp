#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace scenograph::jsonld {

/// Cuts a document of JSON that arrives piece by piece into what can be read on its own: the elements of an array at
/// the top, or of the @graph that stands alone beside a @context. Brackets and quotes are all it looks at; the parts
/// may be no JSON. Linear, in the memory of a part.
class TopLevel {
 public:
  enum class Shape : std::uint8_t { Array, Graph, Other };

  /// A part of the document; `line` and `column` say where it begins.
  using OnElement = std::function<void(std::string_view text, std::uint64_t line, std::uint64_t column)>;

  /// @param on_element  called for each element; empty: elements are passed over
  explicit TopLevel(OnElement on_element = {}) : on_element_(std::move(on_element)) {}

  void feed(std::string_view piece);

  /// After the last piece. Other also where the document is cut short or has more after its end.
  [[nodiscard]] Shape shape() const;

  /// What stands under @context; empty: there is none.
  [[nodiscard]] const std::string& context() const { return context_; }

 private:
  [[nodiscard]] std::size_t pass_inside(std::string_view text);
  void advance(std::string_view text);
  void on_character(char c);
  void on_plain(char c);
  void on_open(char c);
  void on_close(char c);
  void on_comma();
  void on_quote();
  void end_string();
  void end_part();
  void take(std::string_view text);

  OnElement on_element_;
  std::string context_;
  std::string part_;  // what is being cut out: a key, the context or an element
  std::string key_;   // of the entry at the top
  std::uint64_t line_ = 1;
  std::uint64_t column_ = 0;
  std::uint64_t part_line_ = 0;
  std::uint64_t part_column_ = 0;
  unsigned depth_ = 0;
  unsigned elements_ = 0;  // depth within the array of elements; 0: not in one
  bool is_array_ = false;
  bool in_string_ = false;
  bool escaped_ = false;
  bool is_key_ = false;       // the string under way is one, at the top
  bool wants_key_ = false;    // a key of the object at the top comes next
  bool wants_value_ = false;  // a value of the object at the top comes next
  bool has_content_ = false;  // since the last comma between elements
  bool has_comma_ = false;    // between elements
  bool has_graph_ = false;
  bool has_context_ = false;
  bool ended_ = false;
  bool other_ = false;
};

}  // namespace scenograph::jsonld
