#include "ingest/validate_document.hpp"

#include <vector>

#include "ingest/clean.hpp"
#include "ingest/scratch_store.hpp"

namespace scenograph::ingest {

namespace {

constexpr std::size_t bytes_per_quad = 600;  ///< in memory once, and once in a transaction with its indexes
constexpr std::size_t checked_every = 256;

/// @param base  is replaced by that of a page.
QuadTable read(const RdfInput& input, std::string& base, base::Budget& budget, base::Charge& charge) {
  RdfInput told = input;
  told.on_base = [&base](std::string_view iri) { base = iri; };
  QuadTable quads;
  read_rdf(told, [&](const rdf::Quad& quad) {
    if (quads.size() % checked_every == 0) {
      budget.check();
      charge.add(checked_every * bytes_per_quad);
    }
    quads.add(quad);
  });
  return quads;
}

}  // namespace

DocumentReport validate_document(const RdfInput& input, bool cleaned, const shacl::Shapes& shapes,
                                 const shacl::Options& options, base::Budget& budget) {
  base::Charge charge(budget);
  std::string base = base_of(input);
  QuadTable quads = read(input, base, budget, charge);
  DocumentReport out;
  out.quads = quads.size();
  if (cleaned) clean(quads, input.path.string(), input.diagnostics, base);
  ScratchStore scratch;
  const auto transaction = scratch.store().begin();  // never committed: it is read as it is
  store::BlankScope scope(*transaction);
  for (std::size_t i = 0; i < quads.size(); ++i) {
    if (i % checked_every == 0) budget.check();
    transaction->insert(scope.intern(quads.quad(quads.rows()[i])));
  }
  out.report = shacl::validate(*transaction, shapes, options, budget);
  return out;
}

}  // namespace scenograph::ingest
