#include "store/internal/load/batch.hpp"

#include <algorithm>

#include "base/checked_sort.hpp"
#include "store/internal/load/sort_terms.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::size_t prefetched = 8;

struct InlinedId {
  std::uint64_t id;
  std::uint32_t number;
};

class MemoryBatch : public Batch {
 public:
  MemoryBatch(TermTable table, PageArray<LocalQuad> quads, const std::function<void()>& check)
      : table_(std::move(table)), quads_(std::move(quads)), columns_(table_.size()), numbers_(table_.size()) {
    table_.close();
    for (const LocalQuad& quad : quads_) {
      for (std::size_t column = 0; column < 4; ++column) {
        columns_[quad[column]] = static_cast<std::uint8_t>(columns_[quad[column]] | 1U << column);
      }
    }
    table_.for_each([&](TermTable::Place place) {
      const TermTable::Record& record = table_.record(place);
      if (record.length == TermTable::inlined) inlined_.push_back({table_.id(place).bits(), record.number});
    });
    base::checked_sort(inlined_.begin(), inlined_.end(), check,
                       [](const InlinedId& a, const InlinedId& b) { return a.id < b.id; });
    places_ = sort_terms(table_, check);
  }

  [[nodiscard]] std::uint64_t quads() const override { return quads_.size(); }
  [[nodiscard]] std::uint64_t terms() const override { return places_.size(); }
  [[nodiscard]] std::uint64_t inlined() const override { return inlined_.size(); }

  bool next_term(std::string_view& term) override {
    if (next_term_ == places_.size()) return false;
    if (next_term_ + prefetched < places_.size()) {
      const auto* ahead = reinterpret_cast<const char*>(&table_.record(places_[next_term_ + prefetched]));
      __builtin_prefetch(ahead);
      __builtin_prefetch(ahead + 64);
    }
    term = table_.term(places_[next_term_++]);
    return true;
  }

  bool next_inlined(TermId& id) override {
    if (next_inlined_ == inlined_.size()) return false;
    id = TermId::from_bits(inlined_[next_inlined_++].id);
    return true;
  }

  std::uint8_t assign(std::uint32_t number) override {
    const std::size_t at = assigned_++;
    const std::uint32_t local =
        at < places_.size() ? table_.record(places_[at]).number : inlined_[at - places_.size()].number;
    numbers_[local] = number;
    return columns_[local];
  }

  PageArray<std::uint32_t> take_numbers() override {
    table_ = TermTable();
    places_.clear();
    inlined_.clear();
    columns_.clear();
    return std::move(numbers_);
  }

  void take_quads(const std::function<void(std::span<const LocalQuad>)>& visit) override {
    constexpr std::size_t piece = 4096;
    for (std::size_t at = 0; at < quads_.size(); at += piece) {
      visit(quads_.span().subspan(at, std::min(piece, quads_.size() - at)));
    }
    quads_.clear();
  }

 private:
  TermTable table_;
  PageArray<LocalQuad> quads_;
  PageArray<std::uint8_t> columns_;
  PageArray<std::uint32_t> numbers_;
  PageArray<TermTable::Place> places_;
  PageArray<InlinedId> inlined_;
  std::size_t next_term_ = 0;
  std::size_t next_inlined_ = 0;
  std::size_t assigned_ = 0;
};

}  // namespace

std::unique_ptr<Batch> make_batch(TermTable table, PageArray<LocalQuad> quads, const std::function<void()>& check) {
  return std::make_unique<MemoryBatch>(std::move(table), std::move(quads), check);
}

}  // namespace scenograph::store::internal
