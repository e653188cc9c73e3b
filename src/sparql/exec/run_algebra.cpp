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
#include "sparql/exec/solution_decoder.hpp"
#include "sparql/exec/triple_template.hpp"

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
        builder_(context_, dataset_of(*context_.view, query_, options), options.cyclic_joins) {
    context_.base = query_.base.empty() ? options.base : query_.base;
    if (options.services) context_.services = options.services->for_query();
    if (!context_.services) context_.services = options.services;
    context_.functions = options.functions;
    plan_ = builder_.plan(query_);
    if (query_.form == QueryForm::Select) variables_ = plan_.columns;
    if (query_.form == QueryForm::Construct) template_.emplace(query_.construct, plan_.columns, context_);
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
        return false;
      }
    }
    decoder_.decode(rows_, at_, std::min(rows_.size - at_, slice_), batch);
    at_ += batch.size;
    slice_ = std::min(slice_ * 4, Batch::capacity);
    count_results(batch.size);
    return true;
  }

  bool boolean() override {
    if (!answer_) answer_ = plan_.op->next(rows_);
    return *answer_;
  }

  bool next(std::vector<rdf::Triple>& triples) override {
    triples.clear();
    ids_.clear();
    triples_charge_.set(0);
    while (ids_.size() < most_triples && next_row(!ids_.empty())) {
      if (template_) {
        construct(at_++);
      } else {
        describe_row(at_++);
      }
    }
    if (ids_.empty()) describe_constants();
    append_triples(context_, ids_, triples, triples_charge_);
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

  void construct(std::size_t row) {
    const std::size_t before = ids_.size();
    template_->expand(rows_, row, ids_);
    const auto repeated = [&](const IdTriple& triple) { return !seen_.add(triple).second; };
    const auto added = ids_.begin() + static_cast<std::ptrdiff_t>(before);
    ids_.erase(std::remove_if(added, ids_.end(), repeated), ids_.end());
  }

  void describe_row(std::size_t row) {
    for (const std::size_t column : described_columns_) describe(rows_.columns[column][row]);
  }

  void describe_constants() {
    while (constants_ < query_.describe.size() && ids_.size() < most_triples) {
      context_.tick();
      const auto* term = std::get_if<rdf::Term>(&query_.describe[constants_++]);
      if (term != nullptr) describe(context_.terms.intern(*term));
    }
  }

  /// The resource's triples, and those of the blank nodes they lead to (a concise bounded description).
  void describe(TermId resource) {
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
          ids_.push_back({queue[at], quads.columns[1][row], object});
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
  std::size_t slice_ = 32;  ///< rows to hand out at once, more and more: the first ones come soon
  SolutionDecoder decoder_{context_.terms};
  std::uint64_t results_ = 0;
  std::uint64_t most_results_ = 0;
  std::string_view remedy_;
  std::optional<bool> answer_;
  std::optional<TripleTemplate> template_;  ///< of a CONSTRUCT
  std::vector<IdTriple> ids_;               ///< of the triples to hand out next
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
