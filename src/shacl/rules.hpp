#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "base/budget.hpp"
#include "rdf/term.hpp"
#include "shacl/shapes.hpp"
#include "shacl/validate.hpp"
#include "store/view.hpp"

namespace scenograph::shacl {

/// Adds a triple to the data that rules read. @return whether it was not there before.
using AddTriple = std::function<bool(const rdf::Triple& triple)>;

struct InferOptions {
  store::GraphSet graphs = store::GraphSet::all();  ///< rules read the union of these
  std::size_t max_rounds = 100;                     ///< of the rules of one order
  std::uint64_t max_triples = 10'000'000;           ///< new ones
};

/// Applies the rules of shapes: those of one sh:order again and again until nothing new comes of them, then those of
/// the next. What one rule makes, the next one sees. Triples that RDF does not have, such as those with a literal as
/// subject, are not made.
///
/// @param view  must have what `add` added, at once: a transaction.
/// @return      how many triples are new.
/// Cost: a column of 65,536 focus nodes at a time, as in `validate`; what one rule makes of one such column is held in
/// memory, charged to the budget.
/// @throws  Error(Code::TooLarge) past `max_rounds` or `max_triples`, naming the rule; as `validate`.
///
/// Source: SHACL Advanced Features (W3C Note 2017-06-08), sections 6 and 8.
std::uint64_t infer(const store::View& view, const Shapes& shapes, const InferOptions& options, base::Budget& budget,
                    const AddTriple& add);

}  // namespace scenograph::shacl
