#include "sparql/exec/operators/group.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "sparql/exec/operators/row_set.hpp"

namespace scenograph::sparql {

using store::TermId;

namespace {

class Group final : public Operator {
 public:
  Group(Context& context, OperatorPtr input, std::vector<std::size_t> keys, std::vector<Aggregate> aggregates,
        bool whole)
      : context_(context), input_(std::move(input)), keys_(std::move(keys)), groups_(context, keys_.size()) {
    for (Aggregate& aggregate : aggregates) accumulators_.push_back(make_accumulator(context, std::move(aggregate)));
    if (whole) static_cast<void>(groups_.add({}));
  }

  bool next(Batch& batch) override {
    if (input_) read();
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
  void read() {
    Batch batch;
    std::vector<std::uint32_t> rows(Batch::capacity);
    std::vector<std::uint32_t> groups;
    make_room();
    while (input_->next(batch)) {
      context_.budget->check();
      if (rows.size() < batch.size) rows.resize(batch.size);
      std::iota(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(batch.size), 0U);
      number(batch, groups);
      make_room();
      for (const auto& accumulator : accumulators_) accumulator->add({&batch, {rows.data(), batch.size}, groups});
    }
    input_.reset();
  }

  void make_room() {
    for (const auto& accumulator : accumulators_) accumulator->resize(groups_.size());
  }

  /// The group of each row; neighbours are often of one.
  void number(const Batch& batch, std::vector<std::uint32_t>& groups) {
    groups.assign(batch.size, 0);
    if (keys_.empty()) static_cast<void>(groups_.add({}));
    if (keys_.empty()) return;
    std::vector<TermId> key(keys_.size());
    for (std::size_t row = 0; row < batch.size; ++row) {
      bool same = row > 0;
      for (std::size_t i = 0; i < keys_.size(); ++i) {
        const TermId id = batch.columns[keys_[i]][row];
        same = same && key[i] == id;
        key[i] = id;
      }
      groups[row] = same ? groups[row - 1] : groups_.add(key).first;
    }
  }

  Context& context_;
  OperatorPtr input_;
  std::vector<std::size_t> keys_;
  RowSet groups_;
  std::vector<std::unique_ptr<Accumulator>> accumulators_;
  std::uint32_t at_ = 0;
};

}  // namespace

OperatorPtr make_group(Context& context, OperatorPtr input, std::vector<std::size_t> keys,
                       std::vector<Aggregate> aggregates, bool whole) {
  return std::make_unique<Group>(context, std::move(input), std::move(keys), std::move(aggregates), whole);
}

}  // namespace scenograph::sparql
