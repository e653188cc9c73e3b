#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "jsonld/internal/context.hpp"

namespace scenograph::jsonld {

/// The terms of a context by what they stand for: which term to write for an IRI and a kind of value.
/// Source: API, sections 6.2 and 6.3.
class InverseContext {
 public:
  explicit InverseContext(const Context& context);

  /// The first term for `iri` that fits; nullptr if none does. Preferences come first.
  ///
  /// @param kind  "@language", "@type" or "@any"
  [[nodiscard]] const std::string* select(const std::string& iri, const std::vector<std::string>& containers,
                                          std::string_view kind, const std::vector<std::string>& preferred) const;

  [[nodiscard]] bool has(const std::string& iri) const { return terms_.count(iri) != 0; }

 private:
  using Terms = std::map<std::string, std::string, std::less<>>;  // by language, type, …
  using Kinds = std::map<std::string, Terms, std::less<>>;        // "@language", "@type", "@any"
  using Containers = std::map<std::string, Kinds, std::less<>>;

  std::map<std::string, Containers, std::less<>> terms_;
};

}  // namespace scenograph::jsonld
