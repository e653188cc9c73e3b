#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <unordered_map>
#include <vector>

#include "store/internal/keys.hpp"
#include "store/internal/rows/merge.hpp"
#include "store/internal/sets/subject_sets.hpp"
#include "store/internal/tables.hpp"

namespace scenograph::store::internal {

/// A change of a transaction, in ids.
struct Edit {
  QuadId quad;
  bool added = false;
};

struct QuadIdHash {
  std::size_t operator()(const QuadId& quad) const noexcept {
    std::uint64_t hash = quad.subject.bits();
    for (const TermId id : {quad.predicate, quad.object, quad.graph}) {
      hash = (hash ^ (hash >> 29U)) * 0xBF58476D1CE4E5B9ULL + id.bits();
    }
    hash = (hash ^ (hash >> 32U)) * 0x94D049BB133111EBULL;
    return static_cast<std::size_t>(hash ^ (hash >> 29U));
  }
};

/// Changes held in memory: what came and what went, against the layers below.
class EditLayer {
 public:
  virtual ~EditLayer() = default;

  /// 1 if the quad was added, -1 if it was removed, 0 if these edits do not touch it.
  [[nodiscard]] virtual int sign(const QuadId& quad) const = 0;

  /// What was added or removed, sorted by the order. The first call for an order sorts.
  [[nodiscard]] virtual std::span<const Row> rows(Order order, Sign sign) const = 0;

  /// How they change a number of `Tables::counts`.
  [[nodiscard]] virtual std::int64_t count_change(Counter counter, TermId id) const = 0;

  /// The characteristic sets of what was added, or null if they are not known. The first call counts them.
  /// @param type  the id of rdf:type, 0 if no quad has it.
  [[nodiscard]] virtual const SubjectSetIndex* subject_sets(std::uint64_t type) const = 0;
};

/// Changes that still grow. A change and its opposite leave nothing. One thread.
class EditSet final : public EditLayer {
 public:
  /// REQUIRES: the quad is not there (added) or is there (removed), in the layers below with these edits on top.
  void apply(const QuadId& quad, bool added);

  [[nodiscard]] int sign(const QuadId& quad) const override;

  [[nodiscard]] std::size_t size() const { return net_.size(); }

  /// Valid until the next `apply`. Calls after the first for an order merge what came since.
  [[nodiscard]] std::span<const Row> rows(Order order, Sign sign) const override;

  /// Exact for quads; 0 for distinct subjects and objects, which a commit counts (`count_changes`).
  [[nodiscard]] std::int64_t count_change(Counter counter, TermId id) const override;

  /// Not known: they would have to be counted again after each change.
  [[nodiscard]] const SubjectSetIndex* subject_sets(std::uint64_t /*type*/) const override { return nullptr; }

  /// What remains, in any order.
  [[nodiscard]] std::vector<Edit> edits() const;

  /// Gives back the memory of sorted orders.
  void forget_orders();

  void clear();

 private:
  struct Sorted {
    std::size_t applied = 0;  ///< entries of the log that are in
    std::vector<Row> added;
    std::vector<Row> removed;
  };
  void bring_up_to_date(Sorted& sorted, Order order) const;

  std::unordered_map<QuadId, bool, QuadIdHash> net_;
  std::vector<Edit> log_;  ///< in time's order
  mutable std::array<Sorted, order_count> orders_;
};

}  // namespace scenograph::store::internal
