#include "sparql/exec/operators/path.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace scenograph::sparql {

using store::IdKind;
using store::Order;
using store::QuadId;
using store::TermId;

namespace {

using Nodes = std::unordered_set<TermId>;

/// Follows paths over one graph.
class Walker {
 public:
  Walker(Context& context, store::GraphSet graphs)
      : context_(context), graphs_(std::move(graphs)), charge_(*context.budget) {}

  /// Adds what `step` leads to from `from` (or, backwards, what leads to it).
  void follow(const Step& step, TermId from, bool forward, Nodes& out) {
    switch (step.kind) {
      case StepKind::Link:
        return follow_link(step.predicate, from, forward, out);
      case StepKind::Inverse:
        return follow(step.parts[0], from, !forward, out);
      case StepKind::Alternative:
        for (const Step& part : step.parts) follow(part, from, forward, out);
        return;
      case StepKind::Sequence:
        return follow_sequence(step, from, forward, out);
      case StepKind::Negated:
        if (step.has_forward) follow_others(step.not_forward, from, forward, out);
        if (step.has_backward) follow_others(step.not_backward, from, !forward, out);
        return;
      case StepKind::ZeroOrOne:
        out.insert(from);
        return follow(step.parts[0], from, forward, out);
      case StepKind::ZeroOrMore:
      case StepKind::OneOrMore:
        return follow_closure(step, from, forward, out);
    }
  }

  /// Every node of the graph, or at least every node that the path can start from.
  Nodes starts(const Step& step) {
    QuadId pattern;
    const bool one_predicate = step.kind == StepKind::OneOrMore && step.parts[0].kind == StepKind::Link;
    if (one_predicate) pattern.predicate = step.parts[0].predicate;
    Nodes nodes;
    if (pattern.predicate.kind() == IdKind::Local) return nodes;
    auto scan = context_.view->scan({pattern, order_for(pattern), graphs_, false});
    while (scan->next(quads_)) {
      context_.budget->check();
      for (std::size_t row = 0; row < quads_.size; ++row) {
        nodes.insert(quads_.columns[0][row]);
        if (!one_predicate) nodes.insert(quads_.columns[2][row]);
      }
      charge_.set(nodes.size() * node_bytes);
    }
    return nodes;
  }

  /// Whether a triple of the graph has the term as its subject or object.
  bool is_node(TermId term) {
    if (term.kind() == IdKind::Local) return false;
    for (const QuadId& pattern : {QuadId{term, {}, {}, {}}, QuadId{{}, {}, term, {}}}) {
      if (context_.view->scan({pattern, order_for(pattern), graphs_, false})->next(quads_)) return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t node_bytes = 40;  // of a hash set's entry, about

  void scan(const QuadId& pattern, bool forward, const std::vector<TermId>* except, Nodes& out) {
    for (const TermId id : {pattern.subject, pattern.predicate, pattern.object}) {
      if (id.kind() == IdKind::Local) return;
    }
    auto range = context_.view->scan({pattern, order_for(pattern), graphs_, false});
    while (range->next(quads_)) {
      context_.budget->check();
      const auto& ends = quads_.columns[forward ? 2 : 0];
      for (std::size_t row = 0; row < quads_.size; ++row) {
        if (except != nullptr && std::binary_search(except->begin(), except->end(), quads_.columns[1][row])) continue;
        out.insert(ends[row]);
      }
    }
  }

  void follow_link(TermId predicate, TermId from, bool forward, Nodes& out) {
    QuadId pattern;
    pattern.predicate = predicate;
    (forward ? pattern.subject : pattern.object) = from;
    scan(pattern, forward, nullptr, out);
  }

  void follow_others(const std::vector<TermId>& except, TermId from, bool forward, Nodes& out) {
    QuadId pattern;
    (forward ? pattern.subject : pattern.object) = from;
    scan(pattern, forward, &except, out);
  }

  void follow_sequence(const Step& step, TermId from, bool forward, Nodes& out) {
    Nodes current = {from};
    for (std::size_t i = 0; i < step.parts.size(); ++i) {
      const Step& part = step.parts[forward ? i : step.parts.size() - 1 - i];
      Nodes next;
      for (const TermId node : current) follow(part, node, forward, next);
      current = std::move(next);
    }
    out.insert(current.begin(), current.end());
  }

  void follow_closure(const Step& step, TermId from, bool forward, Nodes& out) {
    base::Charge charge(*context_.budget);
    Nodes visited;
    std::vector<TermId> queue;
    Nodes reached;
    if (step.kind == StepKind::ZeroOrMore) visited.insert(from);
    follow(step.parts[0], from, forward, reached);
    for (std::size_t at = 0;; ++at) {
      for (const TermId node : reached) {
        if (visited.insert(node).second) queue.push_back(node);
      }
      if (at >= queue.size()) break;
      if (at % 256 == 0) {
        context_.budget->check();
        charge.set(visited.size() * node_bytes);
      }
      reached.clear();
      follow(step.parts[0], queue[at], forward, reached);
    }
    out.insert(visited.begin(), visited.end());
  }

  Context& context_;
  store::GraphSet graphs_;
  store::QuadBatch quads_;
  base::Charge charge_;
};

class Path final : public Operator {
 public:
  Path(Context& context, OperatorPtr left, std::size_t left_width, PathEnd subject, Step path, PathEnd object,
       store::GraphSet graphs, std::size_t width)
      : context_(context),
        left_(std::move(left)),
        left_width_(left_width),
        subject_(subject),
        path_(std::move(path)),
        object_(object),
        walker_(context, std::move(graphs)),
        width_(width) {}

  bool next(Batch& batch) override {
    batch.reset(width_);
    while (!batch.is_full()) {
      if (at_ < ends_.size()) {
        append(batch);
      } else if (start_ < starts_.size()) {
        walk(starts_[start_], true);
        pair_start_ = starts_[start_++];
      } else if (!advance()) {
        break;
      }
    }
    return batch.size > 0;
  }

 private:
  TermId end_of(const PathEnd& end) const {
    if (end.column < 0) return end.term;
    const auto column = static_cast<std::size_t>(end.column);
    return column < left_width_ ? input_.columns[column][row_] : TermId{};
  }

  /// Sets `ends_` to what the path reaches from `from`. Between two variables, a path of length zero is there for nodes
  /// of the graph only, whatever else has given them values.
  void walk(TermId from, bool forward) {
    forward_ = forward;
    at_ = 0;
    if (walked_ && from == last_from_ && forward == last_forward_) return;
    Nodes nodes;
    walker_.follow(path_, from, forward, nodes);
    const bool may_be_foreign = starts_.empty() && subject_.column >= 0 && object_.column >= 0;
    const bool only_itself = nodes.size() == 1 && nodes.contains(from);
    if (may_be_foreign && only_itself && !walker_.is_node(from)) nodes.clear();
    ends_.assign(nodes.begin(), nodes.end());
    std::sort(ends_.begin(), ends_.end());
    walked_ = true;
    last_from_ = from;
    last_forward_ = forward;
  }

  bool advance() {
    context_.budget->check();
    if (++row_ >= input_.size) {
      if (!left_->next(input_)) return false;
      row_ = 0;
    }
    const TermId subject = end_of(subject_);
    const TermId object = end_of(object_);
    starts_.clear();
    start_ = 0;
    if (!subject.is_undefined()) {
      pair_start_ = subject;
      walk(subject, true);
    } else if (!object.is_undefined()) {
      pair_start_ = object;
      walk(object, false);
    } else {
      const Nodes nodes = walker_.starts(path_);
      starts_.assign(nodes.begin(), nodes.end());
      std::sort(starts_.begin(), starts_.end());
      at_ = ends_.size();
    }
    return true;
  }

  static bool put(Batch& batch, const PathEnd& end, TermId term) {
    if (end.column < 0) return end.term == term;
    TermId& cell = batch.columns[static_cast<std::size_t>(end.column)].back();
    if (cell.is_undefined()) cell = term;
    return cell == term;
  }

  void append(Batch& batch) {
    const TermId reached = ends_[at_++];
    const TermId subject = forward_ ? pair_start_ : reached;
    const TermId object = forward_ ? reached : pair_start_;
    batch.append(input_, row_);
    if (put(batch, subject_, subject) && put(batch, object_, object)) return;
    for (auto& column : batch.columns) column.pop_back();
    --batch.size;
  }

  Context& context_;
  OperatorPtr left_;
  std::size_t left_width_;
  PathEnd subject_;
  Step path_;
  PathEnd object_;
  Walker walker_;
  std::size_t width_;

  Batch input_;
  std::size_t row_ = 0;
  std::vector<TermId> starts_;  ///< where neither end is known: every node to begin at
  std::size_t start_ = 0;
  TermId pair_start_;
  std::vector<TermId> ends_;
  std::size_t at_ = 0;
  bool forward_ = true;
  bool walked_ = false;
  TermId last_from_;
  bool last_forward_ = true;
};

}  // namespace

OperatorPtr make_path(Context& context, OperatorPtr left, std::size_t left_width, PathEnd subject, Step path,
                      PathEnd object, store::GraphSet graphs, std::size_t width) {
  return std::make_unique<Path>(context, std::move(left), left_width, subject, std::move(path), object,
                                std::move(graphs), width);
}

}  // namespace scenograph::sparql
