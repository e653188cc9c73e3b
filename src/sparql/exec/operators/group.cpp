#include "sparql/exec/operators/group.hpp"

#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include "sparql/exec/operators/row_set.hpp"
#include "sparql/exec/operators/spilled_rows.hpp"

namespace scenograph::sparql {

using store::TermId;

namespace {

/// When memory is full, no more groups begin: rows of others go to disk, split by their keys' hash, and become groups
/// part by part, once those before were handed out. So all rows of a group are met in one reading, whatever the
/// aggregates.
class Group final : public Operator {
 public:
  Group(Context& context, OperatorPtr input, std::vector<std::size_t> keys, std::vector<Aggregate> aggregates,
        bool whole)
      : context_(context),
        input_(std::move(input)),
        keys_(std::move(keys)),
        groups_(context, keys_.size()),
        key_(keys_.size()) {
    for (Aggregate& aggregate : aggregates) accumulators_.push_back(make_accumulator(context, std::move(aggregate)));
    if (whole) static_cast<void>(groups_.add({}));
  }

  bool next(Batch& batch) override {
    if (input_) read();
    while (at_ == groups_.size() && next_part()) read();
    batch.reset(keys_.size() + accumulators_.size());
    context_.budget->check();
    for (; at_ < groups_.size() && !batch.is_full(); ++at_) {
      const auto key = groups_.row(at_);
      for (std::size_t i = 0; i < key.size(); ++i) batch.columns[i].push_back(key[i]);
      for (std::size_t i = 0; i < accumulators_.size(); ++i) {
        batch.columns[keys_.size() + i].push_back(accumulators_[i]->result(at_));
      }
      ++batch.size;
    }
    return batch.size > 0;
  }

 private:
  struct PutOff {
    OperatorPtr rows;
    unsigned level = 0;  ///< how often they have been split
  };

  void read() {
    Batch batch;
    make_room();
    while (input_->next(batch)) {
      context_.budget->check();
      number(batch);
      make_room();
      for (const auto& accumulator : accumulators_) accumulator->add({&batch, rows_, numbers_});
    }
    input_.reset();
    for (const auto& accumulator : accumulators_) accumulator->finish();
    if (!spilled_) return;
    spilled_->finish();
    for (std::size_t i = 0; i < spilled_->parts(); ++i) {
      if (spilled_->rows(i) > 0) parts_.push_back({spilled_->read(i), level_ + 1});
    }
    spilled_.reset();
  }

  bool next_part() {
    if (parts_.empty()) return false;
    groups_.clear();
    for (const auto& accumulator : accumulators_) accumulator->clear();
    at_ = 0;
    is_full_ = false;
    input_ = std::move(parts_.back().rows);
    level_ = parts_.back().level;
    parts_.pop_back();
    return true;
  }

  void make_room() {
    for (const auto& accumulator : accumulators_) accumulator->resize(groups_.size());
  }

  /// Looks whether there is memory for so many more groups.
  void expect(std::size_t rows) {
    if (is_full_ || level_ == SpilledRows::most_levels) return;
    std::size_t bytes = groups_.bytes_with(rows);
    for (const auto& accumulator : accumulators_) bytes += accumulator->bytes();
    is_full_ = context_.budget->should_spill(bytes);
  }

  /// The rows that are not put off, and the group of each; neighbours are often of one.
  void number(const Batch& batch) {
    rows_.resize(batch.size);
    std::iota(rows_.begin(), rows_.end(), 0U);
    numbers_.assign(batch.size, 0);
    if (keys_.empty()) static_cast<void>(groups_.add({}));
    if (keys_.empty()) return;
    expect(batch.size);
    if (is_full_) return number_known(batch);
    for (std::size_t row = 0; row < batch.size; ++row) {
      const bool same = set_key(batch, row) && row > 0;
      numbers_[row] = same ? numbers_[row - 1] : groups_.add(key_).first;
    }
  }

  /// As `number`, without new groups but the very first.
  void number_known(const Batch& batch) {
    rows_.clear();
    numbers_.clear();
    for (std::size_t row = 0; row < batch.size; ++row) {
      static_cast<void>(set_key(batch, row));
      const auto known = groups_.size() == 0 ? std::optional(groups_.add(key_).first) : groups_.find(key_);
      if (known) {
        rows_.push_back(static_cast<std::uint32_t>(row));
        numbers_.push_back(*known);
      } else {
        put_off(batch, row);
      }
    }
  }

  /// @return  whether the key was the same before.
  bool set_key(const Batch& batch, std::size_t row) {
    bool same = true;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const TermId id = batch.columns[keys_[i]][row];
      same = same && key_[i] == id;
      key_[i] = id;
    }
    return same;
  }

  void put_off(const Batch& batch, std::size_t row) {
    const std::size_t width = batch.columns.size();
    if (!spilled_) spilled_ = std::make_unique<SpilledRows>(context_, width, SpilledRows::usual_parts);
    PartOfRow part(level_);
    for (const TermId id : key_) part.add(id);
    spilled_row_.resize(width);
    for (std::size_t i = 0; i < width; ++i) spilled_row_[i] = batch.columns[i][row];
    spilled_->add(part.part(), spilled_row_);
  }

  Context& context_;
  OperatorPtr input_;  ///< that is yet to be read
  std::vector<std::size_t> keys_;
  RowSet groups_;
  std::vector<std::unique_ptr<Accumulator>> accumulators_;
  std::uint32_t at_ = 0;  ///< the group to hand out next

  std::vector<TermId> key_;
  std::vector<std::uint32_t> rows_;     ///< of the batch
  std::vector<std::uint32_t> numbers_;  ///< of their groups

  bool is_full_ = false;  ///< no more groups begin
  unsigned level_ = 0;
  std::unique_ptr<SpilledRows> spilled_;
  std::vector<TermId> spilled_row_;
  std::vector<PutOff> parts_;
};

}  // namespace

OperatorPtr make_group(Context& context, OperatorPtr input, std::vector<std::size_t> keys,
                       std::vector<Aggregate> aggregates, bool whole) {
  return std::make_unique<Group>(context, std::move(input), std::move(keys), std::move(aggregates), whole);
}

}  // namespace scenograph::sparql
