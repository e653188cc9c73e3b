#include "store/internal/load/lane.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::size_t looked_at_every = 256;
constexpr std::size_t checked_every = std::size_t{1} << 14U;

/// Bytes that closing a batch takes for each of its terms: numbers, columns, and entries to sort.
constexpr std::size_t bytes_per_term = 4 + 1 + 16 + 4;

/// So many batches of one size, then larger ones: each keeps a file open and buffers while they are merged.
constexpr std::size_t most_batches = 64;

constexpr TermTable::Place nowhere = 0xFFFFFFFF;

}  // namespace

Lane::Lane(std::size_t memory, std::filesystem::path scratch, Work& work)
    : memory_(memory), scratch_(std::move(scratch)), work_(&work) {
  last_.fill(nowhere);
}

void Lane::add(const rdf::QuadView& quad, std::uint32_t document) {
  LocalQuad numbers;
  numbers[0] = terms_.add(quad.subject, document, last_[0]);
  numbers[1] = terms_.add(quad.predicate, document, last_[1]);
  numbers[2] = terms_.add(quad.object, document, last_[2]);
  numbers[3] = terms_.add(quad.graph, document, last_[3]);
  quads_.push_back(numbers);
  if (quads_.size() % looked_at_every != 0) return;
  if (is_full()) spill();
  if (quads_.size() % checked_every == 0) work_->check();
}

bool Lane::is_full() const {
  return terms_.is_full() || terms_.bytes() + quads_.bytes() + terms_.size() * bytes_per_term > memory_;
}

void Lane::close() {
  if (quads_.empty()) return;
  batches_.push_back(
      make_batch(std::exchange(terms_, TermTable()), std::exchange(quads_, {}), [this] { work_->check(); }));
}

void Lane::spill() {
  close();
  last_.fill(nowhere);
  batches_.back() = spill_batch(std::move(batches_.back()), scratch_, [this] { work_->check(); });
  if (batches_.size() % most_batches == 0) memory_ *= 2;
}

}  // namespace scenograph::store::internal
