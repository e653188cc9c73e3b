#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rdf/term.hpp"
#include "store/graph_set.hpp"
#include "store/star_statistics.hpp"
#include "store/term_id.hpp"
#include "store/term_index.hpp"
#include "store/term_reader.hpp"

namespace scenograph::store {

/// The sort orders quads are kept in; the letters say which position is compared first.
enum class Order : std::uint8_t { Spog, Sopg, Psog, Posg, Ospg, Opsg, Gspo };

/// Position of a quad: an index into batches' columns.
enum class Position : std::uint8_t { Subject, Predicate, Object, Graph };

inline constexpr std::size_t order_count = 7;

/// Which member of a quad each order compares first, second and so on.
inline constexpr std::array<std::array<Position, 4>, order_count> places = {{
    {Position::Subject, Position::Predicate, Position::Object, Position::Graph},
    {Position::Subject, Position::Object, Position::Predicate, Position::Graph},
    {Position::Predicate, Position::Subject, Position::Object, Position::Graph},
    {Position::Predicate, Position::Object, Position::Subject, Position::Graph},
    {Position::Object, Position::Subject, Position::Predicate, Position::Graph},
    {Position::Object, Position::Predicate, Position::Subject, Position::Graph},
    {Position::Graph, Position::Subject, Position::Predicate, Position::Object},
}};

[[nodiscard]] constexpr const std::array<Position, 4>& places_of(Order order) {
  return places[static_cast<std::size_t>(order)];
}

/// Quads as four columns of equal length, in S, P, O, G order whatever order they were scanned in.
struct QuadBatch {
  static constexpr std::size_t capacity = 2048;

  std::size_t size = 0;
  std::array<std::vector<TermId>, 4> columns;  ///< each at least `size` long

  [[nodiscard]] std::span<const TermId> column(Position position) const {
    return {columns[static_cast<std::size_t>(position)].data(), size};
  }
};

/// What to scan: the quads that agree with the pattern's bound members and lie in `graphs`.
struct ScanRequest {
  QuadId pattern;                     ///< Undefined members match anything
  Order order = Order::Spog;          ///< rows come sorted by it; any order works, one that starts with the bound
                                      ///< members is a range of the index, another filters
  GraphSet graphs = GraphSet::all();  ///< only these
  bool distinct_triples = false;      ///< a triple held by several graphs comes once (graph column: any one of them);
                                      ///< not with Order::Gspo
  std::array<bool, 4> wanted{true, true, true, true};  ///< columns that are read; the others hold anything
};

/// A range of quads, read once from front to back. Valid as long as the view it came from. One thread.
class Scan {
 public:
  virtual ~Scan() = default;

  /// Fills `batch` with the next 1 to `most` rows, at most QuadBatch::capacity; few cost less, after a `seek`.
  /// @return false at the end; `batch` is then empty.
  [[nodiscard]] virtual bool next(QuadBatch& batch, std::size_t most = QuadBatch::capacity) = 0;

  /// Skips forward so that the next row is the first whose first unbound member in the order is more than `at_least`,
  /// or is that, and the second unbound one `then` or more. Never moves back. Cost: logarithmic in all rows.
  virtual void seek(TermId at_least, TermId then = {}) = 0;
};

/// Everything as of one moment. One thread at a time, except where a Snapshot says more.
class View {
 public:
  virtual ~View() = default;

  /// The term's id if this view can hold it: inlined, or in the dictionary; else nullopt (no quad can match).
  [[nodiscard]] virtual std::optional<TermId> find(const rdf::Term& term) const = 0;

  /// REQUIRES: an id from this view, neither Undefined nor Local. @throws Error(Code::Corrupt) for an unknown id.
  [[nodiscard]] virtual rdf::Term term(TermId id) const = 0;

  /// The terms of many ids in one go, cheaper than one by one; same length and order.
  [[nodiscard]] virtual std::vector<rdf::Term> terms(std::span<const TermId> ids) const = 0;

  /// For many ids whose terms need not be kept.
  [[nodiscard]] virtual std::unique_ptr<TermReader> term_reader() const;

  [[nodiscard]] virtual std::unique_ptr<Scan> scan(const ScanRequest& request) const = 0;

  /// How many quads agree with the pattern, over all graphs: exact. Cost: a few lookups, never a scan of the range,
  /// for every combination of bound members without the graph, and for the graph alone.
  [[nodiscard]] virtual std::uint64_t count(const QuadId& pattern) const = 0;

  /// How many of them have their next member in the order, the first one that is not bound, from `first` to before
  /// `end`. REQUIRES: the order begins with what is bound. Cost: a few lookups.
  [[nodiscard]] virtual std::uint64_t count_between(const QuadId& pattern, Order order, TermId first,
                                                    TermId end) const = 0;

  /// Distinct subjects and objects of a predicate, or of all together (Undefined): exact in a snapshot, an estimate
  /// within a factor of two in a transaction; a few lookups.
  struct PredicateStatistics {
    std::uint64_t quads = 0;
    std::uint64_t distinct_subjects = 0;
    std::uint64_t distinct_objects = 0;
  };
  [[nodiscard]] virtual PredicateStatistics statistics(TermId predicate) const = 0;
  [[nodiscard]] virtual bool has_exact_statistics() const { return true; }

  /// What is known of subjects that match several triple patterns at once, for planning; empty where nothing is.
  /// Cost: one step for each characteristic set that has one of the members.
  ///
  /// @param members  at most 64, each of another pattern; more are passed over.
  [[nodiscard]] virtual StarStatistics star(std::span<const StarMember> /*members*/) const { return {}; }

  /// The index of this name as of the view; null if the store keeps none, or has not made it yet: what it would have
  /// found must then be found by looking at each row. Making it, if that is done on first use, takes some 2 µs a
  /// literal.
  ///
  /// @param check  called about every millisecond meanwhile; may throw Error(Code::Timeout, Code::Cancelled) to stop.
  [[nodiscard]] virtual std::shared_ptr<const TermIndex> term_index(std::string_view /*name*/,
                                                                    const std::function<void()>& /*check*/) const {
    return nullptr;
  }

  /// Every predicate in use, and every graph that holds a quad (the default graph included), ascending.
  [[nodiscard]] virtual std::vector<TermId> predicates() const = 0;
  [[nodiscard]] virtual std::vector<TermId> graphs() const = 0;

  /// Number of the last commit this view sees; 0 for an empty store.
  [[nodiscard]] virtual std::uint64_t commit_number() const = 0;
};

}  // namespace scenograph::store
