#include "store/internal/load/view_rows.hpp"

#include <algorithm>

namespace scenograph::store::internal {

std::uint64_t ViewRows::value(std::size_t at, std::size_t member) const {
  return batch_.columns[static_cast<std::size_t>(places_of(order_)[member])][at].bits();
}

int ViewRows::compare(std::size_t at, const Row& row, std::size_t members) const {
  for (std::size_t member = 0; member < members; ++member) {
    const std::uint64_t here = value(at, member);
    if (here != row[member]) return here < row[member] ? -1 : 1;
  }
  return 0;
}

void ViewRows::open(const Row& row) {
  ScanRequest request;
  request.order = order_;
  const std::array<TermId*, 4> pattern = {&request.pattern.subject, &request.pattern.predicate, &request.pattern.object,
                                          &request.pattern.graph};
  for (std::size_t member = 0; member < bound_; ++member) {
    *pattern[static_cast<std::size_t>(places_of(order_)[member])] = TermId::from_bits(row[member]);
  }
  scan_ = view_->scan(request);
  opened_ = row;
  batch_.size = 0;
  at_ = 0;
  at_end_ = false;
}

bool ViewRows::has(const Row& row, std::size_t members) {
  if (!scan_ || !std::equal(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(bound_), opened_.begin())) open(row);
  while (!at_end_ && (at_ == batch_.size || compare(batch_.size - 1, row, members) < 0)) {
    const bool far = bound_ < members && (batch_.size == 0 || value(batch_.size - 1, bound_) < row[bound_]);
    if (far) scan_->seek(TermId::from_bits(row[bound_]));
    at_end_ = !scan_->next(batch_);
    at_ = 0;
  }
  if (at_end_) return false;
  std::size_t end = batch_.size;
  while (at_ < end) {
    const std::size_t middle = at_ + (end - at_) / 2;
    if (compare(middle, row, members) < 0) {
      at_ = middle + 1;
    } else {
      end = middle;
    }
  }
  return at_ < batch_.size && compare(at_, row, members) == 0;
}

}  // namespace scenograph::store::internal
