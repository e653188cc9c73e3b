#include "sparql/exec/run_algebra.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <unordered_set>
#include <utility>

#include "base/error.hpp"
#include "sparql/exec/builder/builder.hpp"
#include "sparql/exec/operators/row_set.hpp"

namespace scenograph::sparql {

using store::TermId;

namespace {

class Result final : public QueryResult {
 public:
  Result(std::shared_ptr<const store::View> view, algebra::Query query, const QueryOptions& options,
         std::shared_ptr<base::Budget> budget, std::optional<base::Charge> charge)
      : query_(std::move(query)),
        context_(std::move(view), std::move(budget)),
        charge_(std::move(charge)),
        builder_(context_, dataset_of(*context_.view, query_, options)) {
    context_.base = query_.base.empty() ? options.base : query_.base;
    if (options.services) context_.services = options.services->for_query();
    if (!context_.services) context_.services = options.services;
    plan_ = builder_.plan(query_);
    if (query_.form == QueryForm::Select) variables_ = plan_.columns;
    find_described_columns();
    most_results_ = options.max_results;
    remedy_ = options.max_results_remedy;
    resource_graphs_ = dataset_of(*context_.view, query_, options).default_graph;
  }

  QueryForm form() const override { return query_.form; }
  const std::vector<std::string>& variables() const override { return variables_; }

  bool next(SolutionBatch& batch) override {
    batch.columns.resize(variables_.size());
    batch.size = 0;
    context_.budget->check();
    if (at_ == rows_.size) {
      at_ = 0;
      if (!plan_.op->next(rows_)) {
        for (auto& column : batch.columns) column.clear();
        return false;
      }
    }
    batch.size = std::min(rows_.size - at_, slice_);
    count_results(batch.size);
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
      bytes += decode(std::span(rows_.columns[i]).subspan(at_, batch.size), batch.columns[i]);
    }
    at_ += batch.size;
    adapt_slice(bytes);
    return true;
  }

  bool boolean() override {
    if (!answer_) answer_ = plan_.op->next(rows_);
    return *answer_;
  }

  bool next(std::vector<rdf::Triple>& triples) override {
    triples.clear();
    triples_charge_.set(0);
    while (triples.size() < most_triples && next_row(!triples.empty())) {
      if (query_.form == QueryForm::Construct) {
        construct(at_++, triples);
      } else {
        describe_row(at_++, triples);
      }
    }
    if (triples.empty()) describe_constants(triples);
    count_results(triples.size());
    return !triples.empty();
  }

  std::string explain(ExplainFormat format) const override {
    return format == ExplainFormat::Json ? to_json(*plan_.node) : to_text(*plan_.node);
  }

 private:
  static constexpr std::size_t most_triples = 4096;  ///< at once, but for those of one row or resource

  /// Whether there is a row at `at_`. @param hurries  not to wait for more rows.
  bool next_row(bool hurries) {
    context_.budget->check();
    if (at_ < rows_.size) return true;
    if (hurries || rows_done_) return false;
    at_ = 0;
    rows_done_ = !plan_.op->next(rows_);
    return !rows_done_;
  }

  void find_described_columns() {
    for (const auto& node : query_.describe) {
      const auto* variable = std::get_if<algebra::Variable>(&node);
      if (variable == nullptr) continue;
      const int column = plan_.column_of(variable->name);
      if (column >= 0) described_columns_.insert(static_cast<std::size_t>(column));
    }
  }

  void count_results(std::size_t more) {
    results_ += more;
    if (most_results_ == 0 || results_ <= most_results_) return;
    throw base::Error(base::Code::TooLarge,
                      fmt::format("has more than {} results, the number allowed ({})", most_results_, remedy_));
  }

  /// Fewer rows at once where they are wide or their terms long: terms take memory until they are written.
  void adapt_slice(std::size_t bytes) {
    constexpr std::size_t enough = std::size_t{4} << 20U;
    if (bytes > 2 * enough && slice_ > 1) {
      slice_ = std::max<std::size_t>(slice_ / 4, 1);
    } else if (bytes < enough / 2) {
      slice_ = std::min(slice_ * 4, Batch::capacity);
    }
  }

  /// @return  about how many bytes the terms take.
  std::size_t decode(std::span<const TermId> ids, std::vector<std::optional<rdf::Term>>& out) {
    const std::size_t size = ids.size();
    out.assign(size, std::nullopt);
    stored_.clear();
    std::size_t bytes = size * sizeof(std::optional<rdf::Term>);
    for (std::size_t i = 0; i < size; ++i) {
      if (ids[i].is_undefined()) continue;
      if (ids[i].kind() == store::IdKind::Local) {
        out[i] = context_.terms.term(ids[i]);
        bytes += out[i]->value.size();
      } else {
        stored_.push_back(ids[i]);
      }
    }
    auto terms = context_.view->terms(stored_);
    std::size_t at = 0;
    for (std::size_t i = 0; i < size; ++i) {
      if (ids[i].is_undefined() || ids[i].kind() == store::IdKind::Local) continue;
      bytes += terms[at].value.size();
      out[i] = std::move(terms[at++]);
    }
    return bytes;
  }

  /// The node's term for one row: blank nodes of the template are new for each row.
  TermId resolve(const algebra::Node& node, std::size_t row) {
    if (const auto* term = std::get_if<rdf::Term>(&node)) return context_.terms.intern(*term);
    const std::string& name = std::get<algebra::Variable>(node).name;
    if (name.starts_with("_:")) return context_.terms.row_blank(name);
    const int column = plan_.column_of(name);
    return column < 0 ? TermId{} : rows_.columns[static_cast<std::size_t>(column)][row];
  }

  void add(const rdf::Term& subject, const rdf::Term& predicate, const rdf::Term& object,
           std::vector<rdf::Triple>& triples) {
    if (subject.is_literal() || !predicate.is_iri()) return;
    triples_charge_.add(sizeof(rdf::Triple) + subject.value.size() + predicate.value.size() + object.value.size());
    triples.push_back({subject, predicate, object});
  }

  bool is_new(TermId subject, TermId predicate, TermId object) {
    const std::array<TermId, 3> key = {subject, predicate, object};
    return seen_.add(key).second;
  }

  void construct(std::size_t row, std::vector<rdf::Triple>& triples) {
    context_.terms.next_solution();
    for (const auto& pattern : query_.construct) {
      context_.tick();
      const auto* predicate_node = std::get_if<algebra::Node>(&pattern.predicate);
      if (predicate_node == nullptr) continue;
      const TermId subject = resolve(pattern.subject, row);
      const TermId predicate = resolve(*predicate_node, row);
      const TermId object = resolve(pattern.object, row);
      if (subject.is_undefined() || predicate.is_undefined() || object.is_undefined()) continue;
      if (!is_new(subject, predicate, object)) continue;
      add(context_.terms.term(subject), context_.terms.term(predicate), context_.terms.term(object), triples);
    }
  }

  void describe_row(std::size_t row, std::vector<rdf::Triple>& triples) {
    for (const std::size_t column : described_columns_) describe(rows_.columns[column][row], triples);
  }

  void describe_constants(std::vector<rdf::Triple>& triples) {
    while (constants_ < query_.describe.size() && triples.size() < most_triples) {
      context_.tick();
      const auto* term = std::get_if<rdf::Term>(&query_.describe[constants_++]);
      if (term != nullptr) describe(context_.terms.intern(*term), triples);
    }
  }

  /// The resource's triples, and those of the blank nodes they lead to (a concise bounded description).
  void describe(TermId resource, std::vector<rdf::Triple>& triples) {
    std::vector<TermId> queue;
    const auto enqueue = [&](TermId id) {
      const bool is_resource = id.kind() == store::IdKind::Iri || id.kind() == store::IdKind::BlankNode;
      if (is_resource && described_.insert(id).second) queue.push_back(id);
    };
    enqueue(resource);
    store::QuadBatch quads;
    for (std::size_t at = 0; at < queue.size(); ++at) {
      context_.budget->check();
      const auto scan = context_.view->scan({{queue[at], {}, {}, {}}, store::Order::Spog, resource_graphs_, true});
      while (scan->next(quads)) {
        for (std::size_t row = 0; row < quads.size; ++row) {
          const TermId object = quads.columns[2][row];
          add(context_.terms.term(queue[at]), context_.terms.term(quads.columns[1][row]), context_.terms.term(object),
              triples);
          if (object.kind() == store::IdKind::BlankNode) enqueue(object);
        }
      }
    }
  }

  algebra::Query query_;
  Context context_;
  std::optional<base::Charge> charge_;  ///< for the query
  Builder builder_;
  Plan plan_;
  std::vector<std::string> variables_;
  store::GraphSet resource_graphs_ = store::GraphSet::all();
  Batch rows_;
  std::size_t at_ = 0;      ///< rows of `rows_` that were handed out
  bool rows_done_ = false;  ///< there are no more
  std::size_t slice_ = 32;  ///< rows to hand out at once
  std::uint64_t results_ = 0;
  std::uint64_t most_results_ = 0;
  std::string_view remedy_;
  std::vector<TermId> stored_;
  std::optional<bool> answer_;
  RowSet seen_{context_, 3};
  std::unordered_set<TermId> described_;
  std::set<std::size_t> described_columns_;
  std::size_t constants_ = 0;  ///< nodes of DESCRIBE that were looked at for constants
  base::Charge triples_charge_{*context_.budget};
};

}  // namespace

std::unique_ptr<QueryResult> run_algebra(std::shared_ptr<const store::View> view, algebra::Query query,
                                         const QueryOptions& options, std::shared_ptr<base::Budget> budget,
                                         std::optional<base::Charge> charge) {
  if (!budget) budget = std::make_shared<base::Budget>();
  // The budget is held here too: it must outlive the charge where planning fails.
  return std::make_unique<Result>(std::move(view), std::move(query), options, budget, std::move(charge));
}

}  // namespace scenograph::sparql
