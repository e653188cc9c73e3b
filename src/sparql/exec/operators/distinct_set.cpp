#include "sparql/exec/operators/distinct_set.hpp"

#include <utility>

namespace scenograph::sparql {

using store::TermId;

DistinctSet::DistinctSet(Context& context, std::size_t keys, std::size_t width)
    : context_(context), keys_(keys), width_(width), known_(context, keys), row_(width) {}

void DistinctSet::expect(std::size_t rows) {
  is_full_ = is_full_ ||
             (level_ < SpilledRows::most_levels && keys_ > 0 && context_.budget->should_spill(known_.bytes_with(rows)));
}

bool DistinctSet::add(std::span<const TermId> row) {
  const auto key = row.first(keys_);
  if (!is_full_ || known_.size() == 0) return known_.add(key).second;
  if (!known_.find(key)) put_off(row);
  return false;
}

void DistinctSet::put_off(std::span<const TermId> row) {
  if (!spilled_) spilled_ = std::make_unique<SpilledRows>(context_, width_, SpilledRows::usual_parts);
  PartOfRow part(level_);
  for (const TermId id : row.first(keys_)) part.add(id);
  spilled_->add(part.part(), row);
}

/// What was put off becomes parts to look at.
void DistinctSet::close_part() {
  known_.clear();
  is_full_ = false;
  part_.reset();
  if (!spilled_) return;
  spilled_->finish();
  for (std::size_t i = 0; i < spilled_->parts(); ++i) {
    if (spilled_->rows(i) > 0) parts_.push_back({spilled_->read(i), level_ + 1});
  }
  spilled_.reset();
}

bool DistinctSet::next_part() {
  close_part();
  if (parts_.empty()) return false;
  part_ = std::move(parts_.back().rows);
  level_ = parts_.back().level;
  parts_.pop_back();
  return true;
}

bool DistinctSet::next(Batch& batch) {
  batch.reset(width_);
  while (batch.size == 0) {
    if (!part_->next(rows_)) return false;
    expect(rows_.size);
    for (std::size_t at = 0; at < rows_.size; ++at) {
      for (std::size_t i = 0; i < width_; ++i) row_[i] = rows_.columns[i][at];
      if (add(row_)) batch.append(rows_, at);
    }
  }
  return true;
}

void DistinctSet::clear() {
  close_part();
  parts_.clear();
  level_ = 0;
}

}  // namespace scenograph::sparql
