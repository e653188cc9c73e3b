#include "shacl/internal/collector.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

#include "shacl/internal/default_messages.hpp"
#include "shacl/internal/message_text.hpp"
#include "shacl/internal/shapes_graph.hpp"

namespace scenograph::shacl {

namespace {

/// What the shapes graph says of all results of the check: of messages that name variables of one result, without
/// these; of a query that makes its messages itself, the first one.
std::vector<Message> own_messages(const Shape& shape, const Finding& finding) {
  if (!finding.constraint->messages.empty()) return finding.constraint->messages;
  if (!finding.constraint->rule) return shape.messages;
  const auto& messages = finding.constraint->rule->messages;
  if (messages.empty()) return finding.messages;
  return fill_in(messages, [](std::string_view) { return "…"; });
}

}  // namespace

Severity severity_of(const std::string& iri) {
  if (iri == sh("Warning")) return Severity::Warning;
  return iri == sh("Info") ? Severity::Info : Severity::Violation;
}

Check make_check(const Shapes& shapes, const Nodes& nodes, const Finding& finding) {
  const Shape& shape = shapes.at(finding.shape);
  Check check;
  check.source_shape = shape.id;
  check.component = finding.constraint->component;
  check.component_iri = component_iri(*finding.constraint);
  if (check.component == Component::Sparql) check.source_constraint = finding.constraint->rule->source;
  if (check.component == Component::Expression) check.source_constraint = finding.constraint->terms.front();
  if (!finding.path.is_undefined()) {
    check.path = Path{Path::Kind::Predicate, nodes.term(finding.path), {}};
  } else if (shape.is_property()) {
    check.path = shape.path.front();
  }
  check.severity_iri = shape.severity;
  check.severity = severity_of(shape.severity);
  check.messages = own_messages(shape, finding);
  check.own_messages = !check.messages.empty();
  if (!check.own_messages) check.messages = default_messages(*finding.constraint);
  check.names = shape.names;
  return check;
}

void Collector::add(Finding finding) {
  if (has_enough_) return;
  const auto check = check_of(finding);
  ++checks_[check].count;
  has_enough_ = options_->stop_at && checks_[check].severity <= *options_->stop_at;
  auto& kept = kept_by_severity_[static_cast<std::size_t>(checks_[check].severity)];
  if (kept == options_->max_results) return;
  ++kept;
  if (kept_.size() == kept_.capacity()) charge_.set(2 * (kept_.size() + 1) * sizeof(Kept));
  for (const Message& message : finding.messages) texts_charge_.add(sizeof(Message) + message.text.size());
  for (const Annotation& annotation : finding.annotations) {
    texts_charge_.add(sizeof(Annotation) + annotation.property.size() + annotation.value.value.size());
  }
  kept_.push_back({check, finding.focus, finding.value, std::move(finding.messages), std::move(finding.annotations)});
}

std::vector<Collector::Kept> Collector::finish(Report& report) {
  std::vector<std::uint32_t> order(checks_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
    return std::tuple(checks_[a].severity, checks_[b].count) < std::tuple(checks_[b].severity, checks_[a].count);
  });
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    report.total += checks_[order[i]].count;
    report.checks.push_back(std::move(checks_[order[i]]));
  }
  for (auto& kept : kept_) kept.check = place[kept.check];
  std::sort(kept_.begin(), kept_.end(), [](const Kept& a, const Kept& b) {
    return std::tie(a.check, a.focus, a.value, a.messages, a.annotations) <
           std::tie(b.check, b.focus, b.value, b.messages, b.annotations);
  });
  if (kept_.size() > options_->max_results) kept_.resize(options_->max_results);
  report.conforms = report.total == 0;
  report.stopped = has_enough_;
  return std::move(kept_);
}

std::uint32_t Collector::check_of(const Finding& finding) {
  const Key key{finding.shape, finding.constraint, finding.path};
  if (!checks_.empty() && key == last_) return last_check_;
  const auto [it, is_new] = ids_.try_emplace(key, static_cast<std::uint32_t>(checks_.size()));
  if (is_new) checks_.push_back(make_check(*shapes_, *nodes_, finding));
  last_ = key;
  last_check_ = it->second;
  return last_check_;
}

}  // namespace scenograph::shacl
