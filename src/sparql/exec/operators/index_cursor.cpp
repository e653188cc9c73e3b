#include "sparql/exec/operators/index_cursor.hpp"

#include <algorithm>

namespace scenograph::sparql {

using store::TermId;

IndexCursor::IndexCursor(Context& context, const ScanPattern& pattern, store::Order order, std::array<int, 2> keys,
                         std::array<bool, 4> wanted)
    : context_(context), request_{pattern.bound, order, pattern.graphs, pattern.distinct_triples, wanted}, keys_(keys) {
  for (const int key : keys) {
    if (key >= 0) request_.wanted[static_cast<std::size_t>(key)] = true;
  }
}

bool IndexCursor::is_below(std::size_t row, const IndexKey& key) const {
  const TermId first = quads_.columns[static_cast<std::size_t>(keys_[0])][row];
  if (first != key[0] || keys_[1] < 0) return first < key[0];
  return quads_.columns[static_cast<std::size_t>(keys_[1])][row] < key[1];
}

bool IndexCursor::is_at(const IndexKey& key) const {
  return quads_.columns[static_cast<std::size_t>(keys_[0])][at_] == key[0] &&
         (keys_[1] < 0 || quads_.columns[static_cast<std::size_t>(keys_[1])][at_] == key[1]);
}

void IndexCursor::open() {
  scan_ = context_.view->scan(request_);
  at_ = 0;
  quads_.size = 0;
}

bool IndexCursor::read() {
  context_.budget->check();
  at_ = 0;
  return scan_->next(quads_, most_);
}

/// Moves forward to the first quad that is the key or more, in what was read if it is there.
void IndexCursor::skip_to(const IndexKey& key) {
  std::size_t step = 1;
  while (at_ + step < quads_.size && is_below(at_ + step, key)) {
    at_ += step;
    step *= 2;
  }
  std::size_t end = std::min(at_ + step, quads_.size);
  while (at_ < end) {
    const std::size_t middle = at_ + (end - at_) / 2;
    if (is_below(middle, key)) {
      at_ = middle + 1;
    } else {
      end = middle;
    }
  }
}

bool IndexCursor::find(const IndexKey& key) {
  constexpr std::size_t dense = 8;  // rows passed over for each key found, at most
  if (!scan_ || key <= last_) open();
  last_ = key;
  if (at_ < quads_.size && !is_below(quads_.size - 1, key)) {
    skip_to(key);
  } else {
    if (quads_.size > 0) {
      const bool was_dense = used_ * dense >= quads_.size;
      most_ = was_dense ? std::min(2 * most_, store::QuadBatch::capacity) : std::max(most_ / 2, least_read);
    }
    used_ = 0;
    scan_->seek(key[0], key[1]);
    if (!read()) return false;
  }
  ++used_;
  return is_at(key);
}

bool IndexCursor::next(const IndexKey& key) {
  if (++at_ >= quads_.size) {
    most_ = std::min(2 * most_, store::QuadBatch::capacity);
    used_ = most_;
    if (!read()) return false;
  }
  return is_at(key);
}

}  // namespace scenograph::sparql
