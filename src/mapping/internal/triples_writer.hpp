#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mapping/internal/join_table.hpp"
#include "mapping/internal/model.hpp"
#include "mapping/internal/term_maker.hpp"
#include "rdf/term.hpp"

namespace scenograph::mapping::internal {

/// Makes the quads of one triples map, record by record.
class TriplesWriter {
 public:
  /// @param tables  those of the map's joins without `subject_here`, in document order. All must outlive the writer.
  TriplesWriter(const TriplesMap& map, TermMaker maker, std::vector<const JoinTable*> tables, const rdf::QuadSink& sink)
      : map_(map), maker_(std::move(maker)), tables_(std::move(tables)), sink_(sink) {}

  /// Hands the current record's quads to the sink; @return how many.
  std::uint64_t write();

 private:
  void add_graphs(const std::vector<TermMap>& maps);
  void find_objects(const PredicateObjectMap& properties, std::size_t& table);

  const TriplesMap& map_;
  TermMaker maker_;
  std::vector<const JoinTable*> tables_;
  const rdf::QuadSink& sink_;
  std::vector<rdf::Term> subjects_;
  std::vector<rdf::Term> predicates_;
  std::vector<rdf::Term> objects_;
  std::vector<rdf::Term> graphs_;
  rdf::Quad quad_;
};

}  // namespace scenograph::mapping::internal
