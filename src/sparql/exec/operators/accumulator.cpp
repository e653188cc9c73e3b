#include "sparql/exec/operators/accumulator.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "sparql/exec/operators/distinct_set.hpp"
#include "store/inline_value.hpp"

namespace scenograph::sparql {

using store::IdKind;
using store::TermId;

namespace {

/// What all accumulators of values share: the argument, and a state for each group.
template <typename State>
class StateAccumulator : public Accumulator {
 public:
  StateAccumulator(Context& context, Aggregate aggregate)
      : context_(context), aggregate_(std::move(aggregate)), charge_(*context.budget) {}

  void resize(std::size_t groups) final {
    if (groups <= states_.size()) return;
    charge_.add((groups - states_.size()) * sizeof(State));
    states_.resize(groups);
  }

  void clear() override {
    std::vector<State>().swap(states_);
    charge_.set(0);
  }

  [[nodiscard]] std::size_t bytes() const override { return charge_.bytes(); }

 protected:
  [[nodiscard]] bool has_column() const { return aggregate_.column >= 0; }

  /// REQUIRES: `has_column`.
  [[nodiscard]] TermId id_at(const GroupedRows& rows, std::size_t i) const {
    return rows.batch->columns[static_cast<std::size_t>(aggregate_.column)][rows.rows[i]];
  }

  [[nodiscard]] const Value& value_at(const GroupedRows& rows, std::size_t i) {
    if (has_column()) return context_.terms.value(id_at(rows, i));
    context_.tick();
    return aggregate_.argument->evaluate(Row{*rows.batch, rows.rows[i]});
  }

  Context& context_;
  Aggregate aggregate_;
  std::vector<State> states_;
  base::Charge charge_;
};

class Count final : public StateAccumulator<std::uint64_t> {
 public:
  using StateAccumulator::StateAccumulator;

  void add(const GroupedRows& rows) override {
    for (std::size_t i = 0; i < rows.rows.size(); ++i) states_[rows.groups[i]] += counts(rows, i) ? 1 : 0;
  }

  TermId result(std::size_t group) override {
    return context_.terms.intern(Value::integer(static_cast<std::int64_t>(states_[group])));
  }

 private:
  bool counts(const GroupedRows& rows, std::size_t i) {
    if (has_column()) return !id_at(rows, i).is_undefined();
    return !aggregate_.argument || !value_at(rows, i).is_error();
  }
};

/// A sum: of integers and short decimals in millionths as long as they are all that comes, then of any values.
struct SumState {
  std::uint64_t count = 0;
  rdf::Int128 millionths = 0;
  bool has_decimals = false;
  std::unique_ptr<Value> value;
};

class Sum final : public StateAccumulator<SumState> {
 public:
  using StateAccumulator::StateAccumulator;

  void add(const GroupedRows& rows) override {
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
      SumState& state = states_[rows.groups[i]];
      if (!has_column() || state.value || !add_exact(state, id_at(rows, i))) add_value(state, value_at(rows, i));
      ++state.count;
    }
  }

  TermId result(std::size_t group) override {
    const SumState& state = states_[group];
    const Value sum = state.value ? *state.value : exact(state);
    if (aggregate_.kind == AggregateKind::Sum || state.count == 0) return context_.terms.intern(sum);
    return context_.terms.intern(divide(sum, Value::integer(static_cast<std::int64_t>(state.count))));
  }

 private:
  static bool add_exact(SumState& state, TermId id) {
    if (id.kind() != IdKind::Integer && id.kind() != IdKind::Decimal) return false;
    const auto number = std::get<rdf::Decimal>(store::inline_value(id));
    rdf::Int128 scaled = number.unscaled();
    for (unsigned digits = number.scale(); digits < 6; ++digits) scaled *= 10;
    state.millionths += scaled;
    state.has_decimals = state.has_decimals || id.kind() == IdKind::Decimal;
    return true;
  }

  static Value exact(const SumState& state) {
    return Value::number(state.has_decimals ? ValueKind::Decimal : ValueKind::Integer,
                         rdf::Decimal::scaled(state.millionths, 6));
  }

  static void add_value(SumState& state, const Value& value) {
    if (!state.value) state.value = std::make_unique<Value>(exact(state));
    if (!state.value->is_error()) *state.value = sparql::add(*state.value, value);
  }
};

struct Chosen {
  TermId term;
  bool is_error = false;
};

/// The least or greatest term by the order of ORDER BY, or the first one. Errors come first in that order: the least of
/// terms and an error is the error.
class Choice final : public StateAccumulator<Chosen> {
 public:
  using StateAccumulator::StateAccumulator;

  void add(const GroupedRows& rows) override {
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
      Chosen& state = states_[rows.groups[i]];
      TermId& chosen = state.term;
      if (aggregate_.kind == AggregateKind::Sample && !chosen.is_undefined()) continue;
      const TermId id = has_column() ? id_at(rows, i)
                                     : aggregate_.argument->evaluate_id(Row{*rows.batch, rows.rows[i]}, context_.terms);
      if (id.is_undefined()) state.is_error = aggregate_.kind == AggregateKind::Min;
      if (!id.is_undefined() && id != chosen && (chosen.is_undefined() || is_better(id, chosen))) chosen = id;
    }
  }

  TermId result(std::size_t group) override { return states_[group].is_error ? TermId{} : states_[group].term; }

 private:
  bool is_better(TermId id, TermId chosen) {
    const bool least = aggregate_.kind == AggregateKind::Min;
    if (id.kind() == chosen.kind()) {
      const auto key = store::value_key(id);
      const auto chosen_key = store::value_key(chosen);
      if (key && chosen_key && *key != *chosen_key) return (*key < *chosen_key) == least;
    }
    const Value value = context_.terms.value(id);
    const auto order = term_order(value, context_.terms.value(chosen));
    return least ? order < 0 : order > 0;
  }
};

class Concat final : public StateAccumulator<std::optional<std::string>> {
 public:
  using StateAccumulator::StateAccumulator;

  void add(const GroupedRows& rows) override {
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
      const auto text = lexical_form(value_at(rows, i));
      if (!text) continue;
      auto& joined = states_[rows.groups[i]];
      const std::size_t before = joined ? joined->capacity() : 0;
      joined = joined ? std::move(*joined) + aggregate_.separator + *text : *text;
      if (joined->capacity() > before) charge_.add(joined->capacity() - before);
    }
  }

  TermId result(std::size_t group) override {
    return context_.terms.intern(Value::string(states_[group].value_or("")));
  }
};

/// Passes each distinct term of a group on once.
class DistinctTerms final : public Accumulator {
 public:
  DistinctTerms(Context& context, EvaluatorPtr argument, std::unique_ptr<Accumulator> inner)
      : context_(context), argument_(std::move(argument)), inner_(std::move(inner)), seen_(context, 2, 2) {}

  void resize(std::size_t groups) override { inner_->resize(groups); }

  void add(const GroupedRows& rows) override {
    seen_.expect(rows.rows.size());
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
      const TermId id = argument_->evaluate_id(Row{*rows.batch, rows.rows[i]}, context_.terms);
      const std::array<TermId, 2> entry = {TermId::from_bits(rows.groups[i]), id};
      if (seen_.add(entry)) append(rows.groups[i], id);
    }
    pass_on();
  }

  void finish() override {
    Batch entries;
    while (seen_.next_part()) {
      while (seen_.next(entries)) {
        for (std::size_t i = 0; i < entries.size; ++i) append(group_of(entries, i), entries.columns[1][i]);
        pass_on();
      }
    }
    inner_->finish();
  }

  TermId result(std::size_t group) override { return inner_->result(group); }

  void clear() override {
    seen_.clear();
    inner_->clear();
  }

  [[nodiscard]] std::size_t bytes() const override { return seen_.bytes() + inner_->bytes(); }

 private:
  static std::uint32_t group_of(const Batch& entries, std::size_t i) {
    return static_cast<std::uint32_t>(entries.columns[0][i].bits());
  }

  void append(std::uint32_t group, TermId term) {
    numbers_.push_back(static_cast<std::uint32_t>(terms_.size++));
    terms_.columns[0].push_back(term);
    groups_.push_back(group);
  }

  void pass_on() {
    inner_->add({&terms_, numbers_, groups_});
    terms_.reset(1);
    groups_.clear();
    numbers_.clear();
  }

  Context& context_;
  EvaluatorPtr argument_;
  std::unique_ptr<Accumulator> inner_;
  DistinctSet seen_;
  Batch terms_{0, std::vector<std::vector<TermId>>(1)};
  std::vector<std::uint32_t> numbers_;
  std::vector<std::uint32_t> groups_;
};

/// COUNT(DISTINCT *).
class DistinctRows final : public StateAccumulator<std::uint64_t> {
 public:
  using StateAccumulator::StateAccumulator;

  void add(const GroupedRows& rows) override {
    const auto& columns = rows.batch->columns;
    entry_.resize(columns.size() + 1);
    if (!seen_) seen_.emplace(context_, entry_.size(), entry_.size());
    seen_->expect(rows.rows.size());
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
      entry_[0] = TermId::from_bits(rows.groups[i]);
      for (std::size_t column = 0; column < columns.size(); ++column)
        entry_[column + 1] = columns[column][rows.rows[i]];
      if (seen_->add(entry_)) ++states_[rows.groups[i]];
    }
  }

  void finish() override {
    Batch entries;
    while (seen_ && seen_->next_part()) {
      while (seen_->next(entries)) {
        for (std::size_t i = 0; i < entries.size; ++i) ++states_[entries.columns[0][i].bits()];
      }
    }
  }

  TermId result(std::size_t group) override {
    return context_.terms.intern(Value::integer(static_cast<std::int64_t>(states_[group])));
  }

  void clear() override {
    StateAccumulator::clear();
    seen_.reset();
  }

  [[nodiscard]] std::size_t bytes() const override { return StateAccumulator::bytes() + (seen_ ? seen_->bytes() : 0); }

 private:
  std::optional<DistinctSet> seen_;
  std::vector<TermId> entry_;
};

std::unique_ptr<Accumulator> make_plain(Context& context, Aggregate aggregate) {
  switch (aggregate.kind) {
    case AggregateKind::Count:
      return std::make_unique<Count>(context, std::move(aggregate));
    case AggregateKind::Sum:
    case AggregateKind::Avg:
      return std::make_unique<Sum>(context, std::move(aggregate));
    case AggregateKind::GroupConcat:
      return std::make_unique<Concat>(context, std::move(aggregate));
    default:
      return std::make_unique<Choice>(context, std::move(aggregate));
  }
}

}  // namespace

std::unique_ptr<Accumulator> make_accumulator(Context& context, Aggregate aggregate) {
  if (!aggregate.distinct) return make_plain(context, std::move(aggregate));
  if (!aggregate.argument) return std::make_unique<DistinctRows>(context, std::move(aggregate));
  EvaluatorPtr argument = std::exchange(aggregate.argument, make_variable(0, context));
  aggregate.column = 0;
  return std::make_unique<DistinctTerms>(context, std::move(argument), make_plain(context, std::move(aggregate)));
}

}  // namespace scenograph::sparql
