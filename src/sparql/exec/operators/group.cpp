#include "sparql/exec/operators/group.hpp"

#include <array>
#include <optional>
#include <utility>

#include "sparql/exec/operators/row_set.hpp"

namespace scenograph::sparql {

using store::TermId;

namespace {

/// What an aggregate knows of one group so far.
struct State {
  std::uint64_t count = 0;
  bool failed = false;
  Value value;
  std::string text;
};

void accumulate(const Aggregate& aggregate, State& state, const Value& value) {
  switch (aggregate.kind) {
    case AggregateKind::Count:
      state.count += value.is_error() ? 0 : 1;
      return;
    case AggregateKind::Sum:
    case AggregateKind::Avg:
      if (state.failed) return;
      state.value = state.count == 0 && value.is_numeric() ? add(Value::integer(0), value) : add(state.value, value);
      state.failed = state.value.is_error();
      ++state.count;
      return;
    case AggregateKind::Min:
    case AggregateKind::Max:
      if (value.is_error()) return;
      if (state.value.is_error() || (aggregate.kind == AggregateKind::Min ? sort_order(value, state.value) < 0
                                                                          : sort_order(value, state.value) > 0)) {
        state.value = value;
      }
      return;
    case AggregateKind::Sample:
      if (state.value.is_error()) state.value = value;
      return;
    case AggregateKind::GroupConcat: {
      const auto text = lexical_form(value);
      if (!text) return;
      if (state.count++ > 0) state.text += aggregate.separator;
      state.text += *text;
      return;
    }
  }
}

Value result(const Aggregate& aggregate, const State& state) {
  switch (aggregate.kind) {
    case AggregateKind::Count:
      return Value::integer(static_cast<std::int64_t>(state.count));
    case AggregateKind::Sum:
      if (state.failed) return {};
      return state.count == 0 ? Value::integer(0) : state.value;
    case AggregateKind::Avg:
      if (state.failed) return {};
      if (state.count == 0) return Value::integer(0);
      return divide(state.value, Value::integer(static_cast<std::int64_t>(state.count)));
    case AggregateKind::GroupConcat:
      return Value::string(state.text);
    default:
      return state.value;
  }
}

class Group final : public Operator {
 public:
  Group(Context& context, OperatorPtr input, std::size_t width, std::vector<std::size_t> keys,
        std::vector<Aggregate> aggregates, bool whole)
      : context_(context),
        input_(std::move(input)),
        keys_(std::move(keys)),
        aggregates_(std::move(aggregates)),
        whole_(whole),
        groups_(context, keys_.size()),
        charge_(*context.budget) {
    for (const Aggregate& aggregate : aggregates_) {
      seen_.emplace_back(context, 1 + (aggregate.argument ? 1 : width));
    }
  }

  bool next(Batch& batch) override {
    if (input_) read();
    batch.reset(keys_.size() + aggregates_.size());
    context_.budget->check();
    for (; at_ < groups_.size() && !batch.is_full(); ++at_) {
      const auto key = groups_.row(at_);
      for (std::size_t i = 0; i < key.size(); ++i) batch.columns[i].push_back(key[i]);
      for (std::size_t i = 0; i < aggregates_.size(); ++i) {
        const State& state = states_[at_ * aggregates_.size() + i];
        batch.columns[keys_.size() + i].push_back(context_.terms.intern(result(aggregates_[i], state)));
      }
      ++batch.size;
    }
    return batch.size > 0;
  }

 private:
  std::uint32_t group_of(std::span<const TermId> key) {
    const auto [number, added] = groups_.add(key);
    if (added) {
      charge_.add(aggregates_.size() * sizeof(State));
      states_.resize(states_.size() + aggregates_.size());
    }
    return number;
  }

  void read() {
    if (whole_) (void)group_of({});
    Batch batch;
    std::vector<TermId> key(keys_.size());
    while (input_->next(batch)) {
      context_.budget->check();
      for (std::size_t row = 0; row < batch.size; ++row) {
        context_.tick();
        for (std::size_t i = 0; i < keys_.size(); ++i) key[i] = batch.columns[keys_[i]][row];
        const std::uint32_t group = whole_ ? 0 : group_of(key);
        for (std::size_t i = 0; i < aggregates_.size(); ++i) add_row(i, group, Row{batch, row});
      }
    }
    input_.reset();
  }

  void add_row(std::size_t number, std::uint32_t group, const Row& row) {
    Aggregate& aggregate = aggregates_[number];
    State& state = states_[group * aggregates_.size() + number];
    if (!aggregate.argument) {
      if (!aggregate.distinct || is_new_row(number, group, row)) ++state.count;
      return;
    }
    if (aggregate.distinct) {
      const TermId id = aggregate.argument->evaluate_id(row, context_.terms);
      const std::array<TermId, 2> entry = {TermId::from_bits(group), id};
      if (!seen_[number].add(entry).second) return;
      accumulate(aggregate, state, context_.terms.value(id));
      return;
    }
    const std::size_t before = state.text.capacity();
    accumulate(aggregate, state, aggregate.argument->evaluate(row));
    if (state.text.capacity() > before) charge_.add(state.text.capacity() - before);
  }

  bool is_new_row(std::size_t number, std::uint32_t group, const Row& row) {
    std::vector<TermId> entry = {TermId::from_bits(group)};
    for (const auto& column : row.batch.columns) entry.push_back(column[row.index]);
    return seen_[number].add(entry).second;
  }

  Context& context_;
  OperatorPtr input_;
  std::vector<std::size_t> keys_;
  std::vector<Aggregate> aggregates_;
  bool whole_;
  RowSet groups_;
  std::vector<State> states_;
  std::vector<RowSet> seen_;
  base::Charge charge_;
  std::uint32_t at_ = 0;
};

}  // namespace

OperatorPtr make_group(Context& context, OperatorPtr input, std::size_t width, std::vector<std::size_t> keys,
                       std::vector<Aggregate> aggregates, bool whole) {
  return std::make_unique<Group>(context, std::move(input), width, std::move(keys), std::move(aggregates), whole);
}

}  // namespace scenograph::sparql
