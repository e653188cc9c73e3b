#include "ingest/complete.hpp"

#include <fmt/format.h>

#include <vector>

#include "base/error.hpp"
#include "ingest/scratch_store.hpp"
#include "shacl/rules.hpp"

namespace scenograph::ingest {

namespace {

constexpr std::size_t checked_every = 1024;

void check_named(const rdf::Triple& triple) {
  if (!triple.subject.is_blank() && !triple.object.is_blank()) return;
  throw base::Error(base::Code::BadData,
                    fmt::format("a rule makes a blank node, by {}; give it a name with IRI(…) in place of BNODE()",
                                rdf::to_ntriples(triple.predicate)));
}

}  // namespace

std::uint64_t complete(QuadTable& quads, const shacl::Shapes& shapes, base::Budget& budget) {
  ScratchStore scratch;
  const auto transaction = scratch.store().begin();  // never committed
  const store::TermId graph = transaction->intern({});
  const auto insert = [&](const rdf::Term& subject, const rdf::Term& predicate, const rdf::Term& object) {
    return transaction->insert(
        {transaction->intern(subject), transaction->intern(predicate), transaction->intern(object), graph});
  };
  std::vector<store::TermId> ids(quads.term_count());
  const auto id_of = [&](QuadTable::TermNumber number) {
    if (ids[number].is_undefined()) ids[number] = transaction->intern(quads.term(number));
    return ids[number];
  };
  for (std::size_t i = 0; i < quads.size(); ++i) {
    if (i % checked_every == 0) budget.check();
    const QuadTable::Row& row = quads.rows()[i];
    transaction->insert({id_of(row.subject), id_of(row.predicate), id_of(row.object), graph});
  }
  return shacl::infer(*transaction, shapes, {}, budget, [&](const rdf::Triple& triple) {
    check_named(triple);
    if (!insert(triple.subject, triple.predicate, triple.object)) return false;
    quads.add({triple.subject, triple.predicate, triple.object, {}});
    return true;
  });
}

}  // namespace scenograph::ingest
