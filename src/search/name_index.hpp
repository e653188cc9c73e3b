#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "store/view.hpp"

namespace scenograph::search {

struct IndexOptions {
  std::string left_out;               ///< entities whose IRI starts with this are not indexed; empty: none
  std::size_t max_names = 2'000'000;  ///< further ones are left out, with a warning in the log
  std::stop_token stop = {};          ///< ends building early
};

struct LookupOptions {
  std::vector<std::string> types;    ///< IRIs: only entities of one of them or of a subclass; empty: any entity
  std::vector<std::string> without;  ///< IRIs: no entities of one of them or of a subclass
  std::size_t limit = 10;
  double min_score = 30;
};

/// An entity whose name resembles what was looked for.
struct Candidate {
  std::string iri;
  std::string name;                ///< of its names, the one that fits best
  std::vector<std::string> types;  ///< as stated, without superclasses; sorted
  double score = 0;                ///< 0 to 100; 100 only if a name is the same once folded
};

/// The names of all entities in some graphs of a snapshot, made for finding them by misspelt, partial or reordered
/// names. Names are values of schema:name, schema:alternateName, rdfs:label, skos:prefLabel and skos:altLabel of nodes
/// with an IRI; classes, properties, shapes and ontologies are left out. Never changes; any number of threads may read.
///
/// Subclasses are those that the graphs state with rdfs:subClassOf, and those of schema.org in this field.
class NameIndex {
 public:
  /// Cost: one pass over names and types; about 150 bytes of memory a name.
  ///
  /// @throws  Error(Code::Cancelled) once `options.stop` is requested.
  [[nodiscard]] static std::shared_ptr<const NameIndex> build(const store::View& view, const store::GraphSet& readable,
                                                              const IndexOptions& options = {});
  virtual ~NameIndex() = default;

  /// Best first; equal scores by IRI, so the same snapshot always answers the same. Blends the likeness of trigrams
  /// (Dice), of words (rare ones weigh more, order does not matter) and of spelling (Damerau–Levenshtein).
  [[nodiscard]] virtual std::vector<Candidate> lookup(std::string_view name, const LookupOptions& options) const = 0;

  /// Entities with a name, or a word in a name, that starts with the folded prefix: first those whose name starts with
  /// it, then shorter names first. Falls back to `lookup` if there are none.
  [[nodiscard]] virtual std::vector<Candidate> suggest(std::string_view prefix, const LookupOptions& options) const = 0;

  [[nodiscard]] virtual std::size_t names() const = 0;
  [[nodiscard]] virtual std::size_t entities() const = 0;
};

}  // namespace scenograph::search
