#pragma once

#include <cstddef>
#include <vector>

#include "publish/site.hpp"
#include "store/store.hpp"

namespace scenograph::publish {

/// How much of the graph around an entity is taken.
struct DescriptionLimits {
  std::size_t facts = 2000;    ///< outgoing, nested ones included
  std::size_t incoming = 500;  ///< pointing at it
  std::size_t linked = 100;    ///< other entities that are told by type, name and address
  std::size_t depth = 4;       ///< of nesting
};

/// What the readable graphs say of an entity: its own facts; those of its blank nodes and parts (`<base>id/part/…`),
/// nested; and of each entity it points at the type, name and address, so that it can be understood alone. Sorted by
/// predicate, without duplicates, within the limits.
///
/// Source: the idea is that of W3C's Concise Bounded Description.
[[nodiscard]] std::vector<rdf::Quad> describe(const store::View& view, const store::GraphSet& readable,
                                              const Site& site, const rdf::Term& entity,
                                              const DescriptionLimits& limits = {});

/// Facts that point at the entity, such as the performances of a venue; at most `limits.incoming`.
[[nodiscard]] std::vector<rdf::Quad> describe_incoming(const store::View& view, const store::GraphSet& readable,
                                                       const rdf::Term& entity, const DescriptionLimits& limits = {});

}  // namespace scenograph::publish
