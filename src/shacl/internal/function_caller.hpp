#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/budget.hpp"
#include "rdf/term.hpp"
#include "shacl/internal/sparql_function.hpp"
#include "shacl/validate.hpp"
#include "sparql/custom_functions.hpp"
#include "store/view.hpp"

namespace scenograph::shacl {

/// Calls the functions of a shapes graph: for queries, which know them as theirs, and for node expressions. Values are
/// remembered as long as this lives, up to 16 MiB of them, charged to the budget. One thread.
///
/// Source: SHACL Advanced Features, section 5.3.
class FunctionCaller final : public sparql::CustomFunctions {
 public:
  /// Everything must outlive it, and not change: what it remembers is as the data was.
  FunctionCaller(const store::View& view, const Shapes& shapes, const Options& options, base::Budget& budget);

  [[nodiscard]] std::optional<std::size_t> most_arguments(std::string_view iri) const override;

  /// Of several solutions, where ORDER BY does not say which comes first, it takes the least value.
  ///
  /// @throws  Error(Code::TooLarge) where functions call each other more than 32 deep; what their queries throw.
  [[nodiscard]] std::optional<rdf::Term> call(std::string_view iri, std::span<const Argument> arguments) override;

  /// Likewise. REQUIRES: no more arguments than it takes.
  [[nodiscard]] std::optional<rdf::Term> call(const SparqlFunction& function, std::span<const Argument> arguments);

 private:
  using Value = std::optional<rdf::Term>;
  class Level;

  [[nodiscard]] Value run(const SparqlFunction& function, std::span<const Argument> arguments);
  [[nodiscard]] Value first(const SparqlFunction& function, sparql::algebra::Query query);
  [[nodiscard]] Value as_own(Value value, std::span<const Argument> arguments);
  void remember(std::string key, const Value& value);

  std::shared_ptr<const store::View> view_;
  const Shapes* shapes_;
  const Options* options_;
  std::shared_ptr<base::Budget> budget_;
  std::unordered_map<std::string, Value> known_;
  base::Charge charge_;
  std::size_t depth_ = 0;
  std::uintptr_t stack_ = 0;  ///< where the outermost call began
  std::uint64_t blanks_ = 0;
};

}  // namespace scenograph::shacl
