#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "rdf/term.hpp"

namespace scenograph::sparql {

/// Functions that a caller adds to those of the engine for the queries it hands them with
/// (`QueryOptions::functions`); they come before functions of the engine of the same IRI. One thread, that of the
/// query: a call may well run queries itself.
///
/// Source: SPARQL 1.1 Query, section 17.6, extensible value testing.
class CustomFunctions {
 public:
  /// nullopt is an unbound variable or an error.
  using Argument = std::optional<rdf::Term>;

  CustomFunctions() = default;
  CustomFunctions(const CustomFunctions&) = delete;
  CustomFunctions& operator=(const CustomFunctions&) = delete;
  virtual ~CustomFunctions() = default;

  /// How many arguments a function takes at most; nullopt if there is none of that IRI. Asked once for each place in a
  /// query that calls it, before the query runs.
  [[nodiscard]] virtual std::optional<std::size_t> most_arguments(std::string_view iri) const = 0;

  /// The value for some arguments, nullopt for an error. Called for each row; whoever can remember values, should.
  /// REQUIRES: a function that is there, and no more arguments than it takes.
  ///
  /// @throws  what ends the query, the budget's limits among them.
  [[nodiscard]] virtual std::optional<rdf::Term> call(std::string_view iri, std::span<const Argument> arguments) = 0;
};

}  // namespace scenograph::sparql
