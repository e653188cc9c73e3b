#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "store/internal/keys.hpp"
#include "store/view.hpp"

namespace scenograph::store::tests {

/// A view of a plain list of quads: only `scan` and `count`.
class ListView : public View {
 public:
  void insert(const QuadId& quad) { quads_.push_back(quad); }

  [[nodiscard]] std::unique_ptr<Scan> scan(const ScanRequest& request) const override {
    std::vector<QuadId> rows;
    std::copy_if(quads_.begin(), quads_.end(), std::back_inserter(rows),
                 [&](const QuadId& quad) { return agrees(quad, request.pattern); });
    std::sort(rows.begin(), rows.end(), [&](const QuadId& a, const QuadId& b) {
      return internal::row_of(a, request.order) < internal::row_of(b, request.order);
    });
    return std::make_unique<ListScan>(std::move(rows), request);
  }
  [[nodiscard]] std::uint64_t count_between(const QuadId&, Order, TermId, TermId) const override { return 0; }
  [[nodiscard]] std::uint64_t count(const QuadId& pattern) const override {
    return static_cast<std::uint64_t>(
        std::count_if(quads_.begin(), quads_.end(), [&](const QuadId& quad) { return agrees(quad, pattern); }));
  }

  [[nodiscard]] std::optional<TermId> find(const rdf::Term& /*term*/) const override { return std::nullopt; }
  [[nodiscard]] rdf::Term term(TermId /*id*/) const override { return {}; }
  [[nodiscard]] std::vector<rdf::Term> terms(std::span<const TermId> /*ids*/) const override { return {}; }
  [[nodiscard]] PredicateStatistics statistics(TermId /*predicate*/) const override { return {}; }
  [[nodiscard]] std::vector<TermId> predicates() const override { return {}; }
  [[nodiscard]] std::vector<TermId> graphs() const override { return {}; }
  [[nodiscard]] std::uint64_t commit_number() const override { return 0; }

 private:
  static bool agrees(const QuadId& quad, const QuadId& pattern) {
    for (const Position at : places_of(Order::Spog)) {
      const TermId wanted = internal::member(pattern, at);
      if (!wanted.is_undefined() && wanted != internal::member(quad, at)) return false;
    }
    return true;
  }

  /// Gives a few rows at a time, so that seeking matters.
  class ListScan : public Scan {
   public:
    ListScan(std::vector<QuadId> rows, const ScanRequest& request) : rows_(std::move(rows)), order_(request.order) {
      while (first_free_ < 3 && !internal::member(request.pattern, place()).is_undefined()) ++first_free_;
    }
    bool next(QuadBatch& batch, std::size_t /*most*/) override {
      for (auto& column : batch.columns) column.resize(QuadBatch::capacity);
      for (batch.size = 0; batch.size < 5 && at_ < rows_.size(); ++batch.size, ++at_) {
        for (std::size_t i = 0; i < 4; ++i) {
          batch.columns[i][batch.size] = internal::member(rows_[at_], static_cast<Position>(i));
        }
      }
      return batch.size > 0;
    }
    void seek(TermId at_least, TermId /*then*/) override {
      while (at_ < rows_.size() && internal::member(rows_[at_], place()) < at_least) ++at_;
    }

   private:
    [[nodiscard]] Position place() const { return places_of(order_)[first_free_]; }

    std::vector<QuadId> rows_;
    Order order_;
    std::size_t first_free_ = 0;
    std::size_t at_ = 0;
  };

  std::vector<QuadId> quads_;
};

}  // namespace scenograph::store::tests
