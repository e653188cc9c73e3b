#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sparql/algebra/update.hpp"
#include "sparql/update/solutions.hpp"
#include "store/store.hpp"

namespace scenograph::sparql::update {

/// A template's quads with variables as columns and constants as ids, ready to be filled in row by row.
class Template {
 public:
  /// Gives a constant's id; Undefined leaves out the quads that it is in.
  using Resolve = std::function<store::TermId(const rdf::Term&)>;

  /// @param graph  of quads without one.
  Template(const std::vector<algebra::QuadPattern>& quads, const std::optional<rdf::Term>& graph,
           const Solutions& solutions, const Resolve& resolve);

  /// Adds the row's quads that the store may hold already. REQUIRES: no blank nodes.
  void find(const Solutions& solutions, std::size_t row, std::vector<store::QuadId>& out) const;

  /// Adds the row's quads; blank nodes of the template are new ones for each row.
  void make(Solutions& solutions, std::size_t row, store::Transaction& transaction,
            std::vector<store::QuadId>& out) const;

 private:
  /// What stands in one position of a quad: a column, a blank node by its name, or else a constant.
  struct Slot {
    int column = -1;
    std::string blank;
    store::TermId constant;
  };

  static Slot slot_of(const algebra::Node& node, const Solutions& solutions, const Resolve& resolve);

  std::vector<std::array<Slot, 4>> quads_;
};

}  // namespace scenograph::sparql::update
