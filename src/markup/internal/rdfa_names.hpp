#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace scenograph::markup {

/// The prefixes and the vocabulary that hold at an element: its own, and those of the elements around it.
class RdfaNames {
 public:
  /// @param outer  those around, which must outlive this; null for the initial context
  explicit RdfaNames(const RdfaNames* outer) : outer_(outer) {}

  /// Reads a `prefix` attribute: names with colons and IRIs in turn.
  void add_prefixes(std::string_view attribute);
  void add_prefix(std::string_view name, std::string_view iri);

  /// Sets the default vocabulary; empty for none.
  void set_vocabulary(std::string_view iri) { vocabulary_ = iri; }

  /// The IRI of a prefixed name; absent if it is none whose prefix is known.
  [[nodiscard]] std::optional<std::string> expand(std::string_view curie) const;

  /// The IRI of a word without a colon; absent if it means nothing here.
  [[nodiscard]] std::optional<std::string> expand_term(std::string_view term) const;

 private:
  [[nodiscard]] std::optional<std::string_view> find(const std::string& prefix) const;
  [[nodiscard]] std::string_view vocabulary_in_force() const;

  const RdfaNames* outer_;
  std::optional<std::string> vocabulary_;                  ///< empty: none, whatever is around
  std::unordered_map<std::string, std::string> prefixes_;  ///< by names in lower case
};

}  // namespace scenograph::markup
