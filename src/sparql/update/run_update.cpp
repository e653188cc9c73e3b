#include "sparql/update/run_update.hpp"

#include <fmt/format.h>

#include <deque>
#include <set>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "sparql/exec/run_algebra.hpp"
#include "sparql/parse/parser.hpp"
#include "sparql/update/solutions.hpp"
#include "sparql/update/template.hpp"

namespace scenograph::sparql {

namespace {

using algebra::GraphTarget;
using algebra::UpdateKind;
using algebra::UpdateOperation;
using base::Code;
using base::Error;
using store::QuadId;
using store::TermId;

void add_variables(const std::vector<algebra::QuadPattern>& quads, std::set<std::string>& names) {
  const auto add = [&names](const algebra::Node& node) {
    const auto* variable = std::get_if<algebra::Variable>(&node);
    if (variable != nullptr && !variable->name.starts_with("_:")) names.insert(variable->name);
  };
  for (const auto& quad : quads) {
    add(quad.triple.subject);
    add(std::get<algebra::Node>(quad.triple.predicate));
    add(quad.triple.object);
    if (quad.graph) add(*quad.graph);
  }
}

/// The quads of the documents that LOAD names, in the order of the operations. @throws unless SILENT what loading
/// throws.
class Documents {
 public:
  Documents(const algebra::Update& update, const UpdateOptions& options, const std::shared_ptr<base::Budget>& budget)
      : charge_(*budget) {
    for (const UpdateOperation& operation : update.operations) {
      if (operation.kind == UpdateKind::Load) documents_.push_back(read(operation, options, budget));
    }
  }

  [[nodiscard]] std::vector<rdf::Quad> take() {
    std::vector<rdf::Quad> out = std::move(documents_.front());
    documents_.pop_front();
    return out;
  }

 private:
  std::vector<rdf::Quad> read(const UpdateOperation& operation, const UpdateOptions& options,
                              const std::shared_ptr<base::Budget>& budget) {
    std::vector<rdf::Quad> out;
    try {
      if (!options.load) {
        throw Error(Code::Denied, fmt::format("LOAD <{}> is not allowed: send the data itself, or allow its host by "
                                              "--allow-load",
                                              operation.document));
      }
      options.load(operation.document, budget, [&](const rdf::Quad& quad) {
        charge_.add(sizeof(rdf::Quad) + quad.subject.value.size() + quad.predicate.value.size() +
                    quad.object.value.size() + quad.object.datatype.size() + quad.graph.value.size());
        out.push_back(quad);
      });
    } catch (const Error& error) {
      budget->check();
      if (!operation.silent || error.code() == Code::OutOfMemory) throw;
      out.clear();
    }
    return out;
  }

  base::Charge charge_;
  std::deque<std::vector<rdf::Quad>> documents_;
};

/// One request within its transaction.
class Run {
 public:
  Run(store::Transaction& transaction, const UpdateOptions& options, Documents& documents,
      std::shared_ptr<base::Budget> budget)
      : transaction_(transaction), options_(options), documents_(documents), budget_(std::move(budget)) {}

  void run(UpdateOperation operation) {
    budget_->check();
    switch (operation.kind) {
      case UpdateKind::InsertData:
        return insert_data(operation);
      case UpdateKind::DeleteData:
        return delete_data(operation);
      case UpdateKind::Modify:
        return modify(std::move(operation));
      case UpdateKind::Load:
        return load(operation);
      case UpdateKind::Clear:
        return clear(operation.target);
      case UpdateKind::Create:
        return create(operation);
      default:
        return transfer(operation);
    }
  }

 private:
  void insert_data(const UpdateOperation& operation) {
    store::BlankScope scope(transaction_);
    for (const auto& quad : operation.data) insert(scope.intern(quad));
  }

  void delete_data(const UpdateOperation& operation) {
    for (const auto& quad : operation.data) {
      const auto subject = transaction_.find(quad.subject);
      const auto predicate = transaction_.find(quad.predicate);
      const auto object = transaction_.find(quad.object);
      const auto graph = transaction_.find(quad.graph);
      tick();
      if (subject && predicate && object && graph) remove({*subject, *predicate, *object, *graph});
    }
  }

  void modify(UpdateOperation operation) {
    std::optional<rdf::Term> graph;
    if (operation.where.with) graph = rdf::Term::iri(*operation.where.with);
    update::Solutions solutions = solve(operation);
    if (solutions.size() == 0) return;
    std::vector<QuadId> quads;
    const update::Template removed(operation.remove, graph, solutions, [this](const rdf::Term& term) {
      return transaction_.find(term).value_or(TermId{});
    });
    for (std::size_t row = 0; row < solutions.size(); ++row) {
      quads.clear();
      removed.find(solutions, row, quads);
      for (const QuadId& quad : quads) remove(quad);
    }
    const update::Template inserted(operation.insert, graph, solutions,
                                    [this](const rdf::Term& term) { return transaction_.intern(term); });
    for (std::size_t row = 0; row < solutions.size(); ++row) {
      quads.clear();
      inserted.make(solutions, row, transaction_, quads);
      for (const QuadId& quad : quads) insert(quad);
    }
  }

  /// The solutions of WHERE, which it takes away, cut down to what the templates need.
  update::Solutions solve(UpdateOperation& operation) {
    algebra::Query query = std::move(operation.where);
    const bool has_dataset = query.with || !query.from.empty() || !query.from_named.empty();
    const bool has_options = !options_.using_graphs.empty() || !options_.using_named.empty();
    if (has_dataset && has_options) {
      throw Error(Code::BadArgument,
                  "the update has USING or WITH: leave using-graph-uri and using-named-graph-uri out");
    }
    std::set<std::string> names;
    add_variables(operation.remove, names);
    add_variables(operation.insert, names);
    for (const auto& name : names) query.projection.push_back({name, std::nullopt});
    QueryOptions options;
    options.readable = options_.readable;
    options.union_default_graph = options_.union_default_graph;
    options.default_graphs = options_.using_graphs;
    options.named_graphs = options_.using_named;
    options.base = options_.base;
    options.services = options_.services;
    const std::shared_ptr<const store::View> view(std::shared_ptr<void>(), &transaction_);  // does not own it
    const auto result = run_algebra(view, std::move(query), options, budget_);
    return {*result, transaction_, *budget_};
  }

  void load(const UpdateOperation& operation) {
    const bool into_one = operation.target.kind == GraphTarget::Kind::Iri;
    const rdf::Term graph = target_name(operation.target);
    store::BlankScope scope(transaction_);
    for (const rdf::Quad& quad : documents_.take()) {
      insert(scope.intern(rdf::Quad{quad.subject, quad.predicate, quad.object, into_one ? graph : quad.graph}));
    }
  }

  void clear(const GraphTarget& target) {
    if (target.kind == GraphTarget::Kind::Default || target.kind == GraphTarget::Kind::Iri) {
      const auto graph = transaction_.find(target_name(target));
      if (!graph) return;
      check_allowed(*graph);
      transaction_.clear(*graph);
      return;
    }
    for (const TermId graph : transaction_.graphs()) {
      const bool meant = target.kind == GraphTarget::Kind::All || graph != store::default_graph;
      if (meant && options_.readable.contains(graph)) transaction_.clear(graph);
    }
  }

  void create(const UpdateOperation& operation) {
    const auto graph = transaction_.find(target_name(operation.target));
    if (operation.silent || !graph || transaction_.count({{}, {}, {}, *graph}) == 0) return;
    throw Error(Code::BadArgument,
                fmt::format("the graph <{}> is there already: CREATE SILENT passes over that", operation.target.iri));
  }

  /// ADD, MOVE and COPY.
  void transfer(const UpdateOperation& operation) {
    const rdf::Term source_name = target_name(operation.source);
    const rdf::Term name = target_name(operation.target);
    if (source_name == name) return;
    const auto source = transaction_.find(source_name);
    const bool is_there = source && transaction_.count({{}, {}, {}, *source}) > 0;
    if (!is_there && !source_name.is_default_graph()) {
      if (operation.silent) return;
      throw Error(Code::NotFound, fmt::format("there is no graph <{}> to take from", source_name.value));
    }
    check_allowed(*source);
    base::Charge charge(*budget_);
    std::vector<QuadId> quads = quads_of(*source, charge);
    const TermId target = transaction_.intern(name);
    check_allowed(target);
    if (operation.kind == UpdateKind::Add) {
      for (QuadId quad : quads) {
        quad.graph = target;
        insert(quad);
      }
      return;
    }
    transaction_.replace(target, std::move(quads));
    if (operation.kind == UpdateKind::Move) transaction_.clear(*source);
  }

  std::vector<QuadId> quads_of(TermId graph, base::Charge& charge) {
    std::vector<QuadId> out;
    store::ScanRequest request;
    request.pattern.graph = graph;
    request.order = store::Order::Gspo;
    const auto scan = transaction_.scan(request);
    store::QuadBatch batch;
    while (scan->next(batch)) {
      budget_->check();
      charge.add(batch.size * sizeof(QuadId));
      for (std::size_t i = 0; i < batch.size; ++i) {
        out.push_back({batch.columns[0][i], batch.columns[1][i], batch.columns[2][i], graph});
      }
    }
    return out;
  }

  static rdf::Term target_name(const GraphTarget& target) {
    return target.kind == GraphTarget::Kind::Iri ? rdf::Term::iri(target.iri) : rdf::Term{};
  }

  void check_allowed(TermId graph) const {
    if (options_.readable.contains(graph)) return;
    const std::string name = graph == store::default_graph ? "the default graph" : transaction_.term(graph).value;
    throw Error(Code::Denied, fmt::format("you have no access to {}", name));
  }

  void tick() {
    constexpr std::uint64_t often = 1024;
    if (++changes_ % often == 0) budget_->check();
  }

  void insert(const QuadId& quad) {
    check_allowed(quad.graph);
    transaction_.insert(quad);
    tick();
  }

  void remove(const QuadId& quad) {
    check_allowed(quad.graph);
    transaction_.remove(quad);
    tick();
  }

  store::Transaction& transaction_;
  const UpdateOptions& options_;
  Documents& documents_;
  std::shared_ptr<base::Budget> budget_;
  std::uint64_t changes_ = 0;
};

}  // namespace

store::CommitResult run_update(store::Store& store, std::string_view text, const UpdateOptions& options,
                               std::shared_ptr<base::Budget> budget) {
  if (!budget) budget = std::make_shared<base::Budget>();
  ParseOptions parse_options;
  parse_options.base = options.base;
  parse_options.usual_prefixes = options.usual_prefixes;
  parse_options.budget = budget.get();
  base::Charge charge(*budget);
  parse_options.charge = &charge;
  algebra::Update update = parse_update(text, parse_options);
  Documents documents(update, options, budget);
  const auto transaction = store.begin();
  Run run(*transaction, options, documents, budget);
  for (auto& operation : update.operations) run.run(std::move(operation));
  constexpr std::size_t note_bytes = 200;
  return transaction->commit({options.actor, std::string(base::cut_utf8(text, note_bytes))});
}

}  // namespace scenograph::sparql
