#include "sparql/exec/access/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "sparql/exec/access/filters.hpp"
#include "sparql/exec/access/id_sets.hpp"
#include "sparql/exec/access/places_index.hpp"
#include "sparql/exec/access/words_index.hpp"
#include "store/inline_value.hpp"
#include "text/matcher.hpp"

namespace scenograph::sparql {

using algebra::Expression;
using store::TermId;

namespace {

/// A look-up in the index takes as long as looking at so many rows.
constexpr double least_rows = 100;

/// Objects of a predicate, or of all, within a range of ids: each once, ascending.
class InlinedObjects {
 public:
  InlinedObjects(Context& context, const store::GraphSet& graphs, const ObjectVariable& variable)
      : context_(context), graphs_(graphs), variable_(variable) {}

  /// Appends those that `keep` wants. @return false if there are so many that looking at each row is as good.
  template <typename Keep>
  [[nodiscard]] bool add(const store::IdSpan& span, const Keep& keep, std::vector<TermId>& out) {
    const bool of_one = !variable_.predicate.is_undefined();
    const auto scan = context_.view->scan(
        {{{}, variable_.predicate, {}, {}}, of_one ? store::Order::Posg : store::Order::Opsg, graphs_, false});
    scan->seek(TermId::from_bits(span.first));
    TermId last;
    store::QuadBatch batch;
    while (scan->next(batch)) {
      context_.budget->check();
      const auto objects = batch.column(store::Position::Object);
      for (const TermId id : objects) {
        if (id.bits() >= span.end) return true;
        if (id == last) continue;
        last = id;
        if (keep(id)) out.push_back(id);
      }
      seen_ += static_cast<double>(batch.size);
      if (seen_ > variable_.rows / 2 + static_cast<double>(store::QuadBatch::capacity)) return false;
      if (objects.front() == last && last.bits() + 1 < span.end) scan->seek(TermId::from_bits(last.bits() + 1));
    }
    return true;
  }

 private:
  Context& context_;
  const store::GraphSet& graphs_;
  const ObjectVariable& variable_;
  double seen_ = 0;
};

class Finder {
 public:
  Finder(Context& context, const store::GraphSet& graphs, std::span<const ObjectVariable> variables,
         const ConstantValue& constant)
      : context_(context), graphs_(graphs), variables_(variables), constant_(constant) {}

  void add(const Expression& filter) {
    start_ = Clock::now();
    if (const auto text = text_filter(filter, constant_)) {
      if (const auto* variable = variable_of(text->variable)) take(*variable, find(*text, *variable), "WordsIndex");
    } else if (const auto place = place_filter(filter, constant_)) {
      if (const auto* variable = variable_of(place->variable)) take(*variable, find(*place, *variable), "PlacesIndex");
    }
  }

  [[nodiscard]] std::vector<Candidates> take_all() { return std::move(found_); }

 private:
  using Ids = std::optional<std::vector<TermId>>;
  using Clock = std::chrono::steady_clock;

  /// The one with the fewest rows of this name, or null: there is none, or looking at its rows is quicker.
  [[nodiscard]] const ObjectVariable* variable_of(std::string_view name) const {
    const ObjectVariable* best = nullptr;
    for (const ObjectVariable& variable : variables_) {
      if (variable.name == name && (best == nullptr || variable.rows < best->rows)) best = &variable;
    }
    return best == nullptr || best->rows < least_rows ? nullptr : best;
  }

  [[nodiscard]] Ids find(const TextFilter& filter, const ObjectVariable& variable) const {
    const text::Query query = text::parse_query(filter.query);
    if (query.clauses.empty()) return std::vector<TermId>();
    if (!query.is_positive()) return std::nullopt;
    const auto index = context_.view->term_index(words_index, check_);
    if (!index) return std::nullopt;
    Ids ids = find_words(*index, query, filter.language, *context_.budget);
    text::Matcher matcher(query, filter.language);
    const auto matches = [&](TermId id) { return matcher.matches(context_.view->term(id).value, ""); };
    if (!ids ||
        !InlinedObjects(context_, graphs_, variable).add(store::ids_of(store::IdKind::ShortString), matches, *ids)) {
      return std::nullopt;
    }
    return ids;
  }

  [[nodiscard]] Ids find(const PlaceFilter& filter, const ObjectVariable& variable) const {
    const auto index = context_.view->term_index(places_index, check_);
    if (!index) return std::nullopt;
    if (!filter.is_latitude) return find_places(*index, filter.box);
    Ids ids = find_numbers(*index, filter.box.south, filter.box.north);
    InlinedObjects inlined(context_, graphs_, variable);
    for (const store::IdSpan& span : store::numbers_between(filter.box.south, filter.box.north)) {
      if (!ids || !inlined.add(
                      span, [](TermId) { return true; }, *ids))
        return std::nullopt;
    }
    return ids;
  }

  void take(const ObjectVariable& variable, Ids ids, std::string_view index) {
    if (!ids || static_cast<double>(ids->size()) > variable.rows) return;
    sort_ids(*ids);
    const auto same = std::find_if(found_.begin(), found_.end(),
                                   [&](const Candidates& found) { return found.variable == variable.name; });
    if (same != found_.end()) {
      same->ids = common_ids(same->ids, *ids);
      same->time += Clock::now() - start_;
    } else {
      found_.push_back(
          {variable.name, *std::move(ids), fmt::format("{} ?{}", index, variable.name), Clock::now() - start_});
    }
  }

  Context& context_;
  const store::GraphSet& graphs_;
  std::span<const ObjectVariable> variables_;
  const ConstantValue& constant_;
  std::vector<Candidates> found_;
  Clock::time_point start_;  ///< of the look-ups for the filter
  std::function<void()> check_ = [this] { context_.budget->check(); };
};

}  // namespace

std::vector<Candidates> find_candidates(Context& context, const store::GraphSet& graphs,
                                        std::span<const Expression* const> filters,
                                        std::span<const ObjectVariable> variables, const ConstantValue& constant) {
  if (filters.empty() || variables.empty()) return {};
  Finder finder(context, graphs, variables, constant);
  for (const Expression* filter : filters) finder.add(*filter);
  return finder.take_all();
}

}  // namespace scenograph::sparql
