#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

#include "store/internal/keys.hpp"
#include "store/internal/rows/merge.hpp"
#include "store/internal/segment/write_segment.hpp"
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
///
/// They are kept as sorted rows, and the latest ones in a table beside, until somebody reads rows: many at once
/// (`apply_all`) go straight into the rows. Memory: 32 bytes an edit for Spog and for each other order in use, 70 for
/// those in the table.
class EditSet final : public EditLayer {
 public:
  /// REQUIRES: the quad is not there (added) or is there (removed), in the layers below with these edits on top.
  void apply(const QuadId& quad, bool added);

  /// As `apply` of each. REQUIRES: rows of Spog, ascending, each once. Cost: linear in these and in all edits.
  void apply_all(std::vector<Row> rows, bool added);

  [[nodiscard]] int sign(const QuadId& quad) const override;

  [[nodiscard]] std::size_t size() const { return added_ + removed_; }

  /// How many of them are additions.
  [[nodiscard]] std::size_t added() const { return added_; }

  /// Valid until the next `apply`, `apply_all` or `hold_only`. Calls after the first for an order merge what came
  /// since.
  [[nodiscard]] std::span<const Row> rows(Order order, Sign sign) const override;

  /// Exact for quads; 0 for distinct subjects and objects, which a commit counts (`count_changes`).
  [[nodiscard]] std::int64_t count_change(Counter counter, TermId id) const override;

  /// Not known: they would have to be counted again after each change.
  [[nodiscard]] const SubjectSetIndex* subject_sets(std::uint64_t /*type*/) const override { return nullptr; }

  /// What remains, in any order.
  [[nodiscard]] std::vector<Edit> edits() const;

  /// Sorts by this order, and gives back the memory of the others but Spog: 32 bytes an edit each.
  void hold_only(Order order);

  void clear();

 private:
  struct Sorted {
    bool built = false;
    std::size_t applied = 0;  ///< entries of the log that are in
    std::vector<Row> added;
    std::vector<Row> removed;
  };
  [[nodiscard]] Sorted& spog() const { return orders_[static_cast<std::size_t>(Order::Spog)]; }
  void settle() const;
  [[nodiscard]] Sorted build(Order order) const;
  [[nodiscard]] Order best_source(Order order) const;
  void bring_up_to_date(Sorted& sorted, Order order) const;
  void drop_others(Order order);

  std::size_t added_ = 0;
  std::size_t removed_ = 0;
  mutable std::unordered_map<QuadId, bool, QuadIdHash> latest_;  ///< not in the rows of Spog yet
  mutable bool logging_ = false;                                 ///< some other order is built
  std::vector<Edit> log_;                                        ///< in time's order, since the first of those was
  mutable std::array<Sorted, order_count> orders_;
};

/// The rows of edits for `write_segment`, of which Spog and one other order are in memory: 64 bytes an edit, and 112
/// while one is made from another.
///
/// @param on_order  called when the edits are in an order; may be null.
[[nodiscard]] RowsOf one_order_at_a_time(EditSet& edits, std::function<void(Order)> on_order = {});

}  // namespace scenograph::store::internal
