#include "shacl/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "shacl/internal/sparql_rule.hpp"
#include "shacl/internal/validation.hpp"

namespace scenograph::shacl {

using base::Code;
using base::Error;
using sparql::algebra::Node;
using sparql::algebra::Variable;
using store::TermId;

namespace {

bool is_triple(const rdf::Triple& triple) { return !triple.subject.is_literal() && triple.predicate.is_iri(); }

/// One application of one rule to all of its focus nodes. What it learns of the data holds for no longer than that.
class Application {
 public:
  Application(const store::View& view, const Shapes& shapes, const Rule& rule, const InferOptions& options,
              base::Budget& budget)
      : rule_(rule),
        budget_(budget),
        options_(as_validation(options)),
        nodes_(view),
        runner_(view, shapes, options_, nodes_, budget),
        validation_(view, shapes, options_, nodes_, budget, [](const Finding&) {}) {}
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  /// Calls `sink(triples)` with what comes of each column of focus nodes.
  template <typename Sink>
  void run(const Sink& sink) {
    const std::vector<TermId> all = validation_.focus_nodes(rule_.shape);
    const std::span<const TermId> focus(all);
    for (std::size_t start = 0; start < focus.size(); start += Validation::block_nodes) {
      const auto block = focus.subspan(start, std::min(Validation::block_nodes, focus.size() - start));
      const std::vector<TermId> chosen = meeting_conditions({block.begin(), block.end()});
      if (chosen.empty()) continue;
      base::Charge charge(budget_);
      std::vector<rdf::Triple> made = rule_.query ? by_query(chosen, charge) : by_expressions(chosen, charge);
      sink(made);
    }
  }

 private:
  static Options as_validation(const InferOptions& options) {
    Options out;
    out.graphs = options.graphs;
    return out;
  }

  std::vector<TermId> meeting_conditions(std::vector<TermId> nodes) {
    for (const ShapeId condition : rule_.conditions) {
      const std::vector<bool> conform = validation_.conform(condition, nodes);
      std::vector<TermId> left;
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (conform[i]) left.push_back(nodes[i]);
      }
      nodes = std::move(left);
    }
    return nodes;
  }

  void add(std::vector<rdf::Triple>& made, rdf::Triple triple, base::Charge& charge) const {
    if (!is_triple(triple)) return;
    charge.add(sizeof(triple) + triple.subject.value.size() + triple.predicate.value.size() +
               triple.object.value.size());
    made.push_back(std::move(triple));
    if (made.size() % 1024 == 0) budget_.check();
  }

  std::vector<rdf::Triple> by_expressions(const std::vector<TermId>& focus, base::Charge& charge) {
    const Rows subjects = validation_.follow(rule_.made[0], focus);
    const Rows predicates = validation_.follow(rule_.made[1], focus);
    const Rows objects = validation_.follow(rule_.made[2], focus);
    const auto subject_terms = nodes_.terms(subjects.nodes);
    const auto predicate_terms = nodes_.terms(predicates.nodes);
    const auto object_terms = nodes_.terms(objects.nodes);
    const auto of_row = [](const std::vector<rdf::Term>& terms, const Rows& rows, std::size_t row) {
      return std::span(terms).subspan(rows.offsets[row], rows.of(row).size());
    };
    std::vector<rdf::Triple> made;
    for (std::size_t row = 0; row < focus.size(); ++row) {
      for (const auto& subject : of_row(subject_terms, subjects, row)) {
        for (const auto& predicate : of_row(predicate_terms, predicates, row)) {
          for (const auto& object : of_row(object_terms, objects, row)) add(made, {subject, predicate, object}, charge);
        }
      }
    }
    return made;
  }

  std::vector<rdf::Triple> by_query(const std::vector<TermId>& focus, base::Charge& charge) {
    const std::vector<rdf::Term> terms = nodes_.terms(focus);
    std::vector<rdf::Triple> made;
    const SparqlRule& query = *rule_.query;
    runner_.select(query, focus, focus.size(), [&](std::size_t row, const RuleRunner::Solution& solution) {
      const auto term_of = [&](const Node& node) -> std::optional<rdf::Term> {
        const auto* variable = std::get_if<Variable>(&node);
        if (variable == nullptr) return std::get<rdf::Term>(node);
        return variable->name == "this" ? std::optional(terms[row]) : solution[variable->name];
      };
      for (const auto& triple : query.made) {
        const auto subject = term_of(triple.subject);
        const auto predicate = term_of(std::get<Node>(triple.predicate));
        const auto object = term_of(triple.object);
        if (subject && predicate && object) add(made, {*subject, *predicate, *object}, charge);
      }
    });
    return made;
  }

  const Rule& rule_;
  base::Budget& budget_;
  Options options_;
  Nodes nodes_;
  RuleRunner runner_;
  Validation validation_;
};

/// All applications of rules.
class Inference {
 public:
  Inference(const store::View& view, const Shapes& shapes, const InferOptions& options, base::Budget& budget,
            const AddTriple& add)
      : view_(view), shapes_(shapes), options_(options), budget_(budget), add_(add) {}

  std::uint64_t run() {
    for (auto first = shapes_.rules.begin(); first != shapes_.rules.end();) {
      const auto end =
          std::find_if(first, shapes_.rules.end(), [first](const Rule& rule) { return rule.order != first->order; });
      until_nothing_new({first, end});
      first = end;
    }
    return added_;
  }

 private:
  void until_nothing_new(std::span<const Rule> rules) {
    for (std::size_t round = 0;; ++round) {
      const std::uint64_t before = added_;
      const Rule* busy = nullptr;
      for (const Rule& rule : rules) {
        const std::uint64_t had = added_;
        apply(rule);
        if (added_ != had) busy = &rule;
      }
      if (added_ == before) return;
      if (round + 1 == options_.max_rounds) {
        throw Error(Code::TooLarge, fmt::format("{} still makes new triples after {} rounds: see that it comes to an "
                                                "end, with a sh:condition or FILTER NOT EXISTS",
                                                busy->label, options_.max_rounds));
      }
    }
  }

  void apply(const Rule& rule) {
    Application application(view_, shapes_, rule, options_, budget_);
    application.run([&](const std::vector<rdf::Triple>& made) {
      for (const rdf::Triple& triple : made) {
        if (!add_(triple)) continue;
        if (++added_ > options_.max_triples) {
          throw Error(Code::TooLarge,
                      fmt::format("{}: rules make more than {} new triples", rule.label, options_.max_triples));
        }
      }
    });
  }

  const store::View& view_;
  const Shapes& shapes_;
  const InferOptions& options_;
  base::Budget& budget_;
  const AddTriple& add_;
  std::uint64_t added_ = 0;
};

}  // namespace

std::uint64_t infer(const store::View& view, const Shapes& shapes, const InferOptions& options, base::Budget& budget,
                    const AddTriple& add) {
  return Inference(view, shapes, options, budget, add).run();
}

}  // namespace scenograph::shacl
