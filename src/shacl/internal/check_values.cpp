// Constraints that look at one value at a time: each distinct value of a column is judged once.

#include <algorithm>
#include <array>

#include "rdf/vocab.hpp"
#include "shacl/internal/compare.hpp"
#include "shacl/internal/evaluator.hpp"
#include "shacl/internal/lexical.hpp"
#include "shacl/internal/node_runner.hpp"
#include "shacl/internal/shapes_graph.hpp"

namespace scenograph::shacl {

using store::IdKind;
using store::TermId;

namespace {

// The datatype of an inlined id; "" where only the term tells.
std::string_view inline_datatype(TermId id) {
  switch (id.kind()) {
    case IdKind::ShortString:
      return rdf::xsd::string;
    case IdKind::Integer:
      return rdf::xsd::integer;
    case IdKind::Decimal:
      return rdf::xsd::decimal;
    case IdKind::Double:
      return rdf::xsd::double_;
    case IdKind::Boolean:
      return rdf::xsd::boolean;
    case IdKind::Date:
      return rdf::xsd::date;
    case IdKind::DateTime:
      return rdf::xsd::dateTime;
    default:
      return {};
  }
}

std::uint64_t characters(std::string_view text) {
  return static_cast<std::uint64_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

// langMatches of SPARQL: basic filtering (RFC 4647, section 3.3.1).
bool language_matches(std::string_view tag, std::string_view range) {
  if (range == "*") return !tag.empty();
  return tag.starts_with(range) && (tag.size() == range.size() || tag[range.size()] == '-');
}

}  // namespace

std::optional<Evaluator::Flags> Evaluator::bad_values(Task& task) {
  switch (task.constraint.component) {
    case Component::Class:
      return bad_class(task);
    case Component::Datatype:
      return bad_datatype(task);
    case Component::NodeKind:
      return bad_node_kind(task);
    case Component::MinExclusive:
    case Component::MinInclusive:
    case Component::MaxExclusive:
    case Component::MaxInclusive:
      return out_of_range(task);
    case Component::MinLength:
    case Component::MaxLength:
      return bad_length(task);
    case Component::Pattern:
      return bad_pattern(task);
    case Component::LanguageIn:
      return bad_language(task);
    case Component::In:
      return not_in(task);
    case Component::Not:
    case Component::And:
    case Component::Or:
    case Component::Xone:
    case Component::Node:
      return bad_logic(task);
    case Component::Expression:
      return not_true(task);
    default:
      return std::nullopt;
  }
}

Evaluator::Flags Evaluator::bad_class(Task& task) {
  Flags good = classes_->are_instances(distinct(task.column, task.values).nodes, task.constraint.terms.front());
  good.flip();
  return good;
}

Evaluator::Flags Evaluator::bad_datatype(Task& task) {
  const auto& values = distinct(task.column, task.values).nodes;
  const auto& datatype = task.constraint.terms.front().value;
  Flags bad(values.size(), true);
  std::vector<TermId> unsure;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto known = inline_datatype(values[i]);
    if (known.empty() && values[i].kind() != IdKind::Iri && values[i].kind() != IdKind::BlankNode) {
      unsure.push_back(values[i]);
      places.push_back(i);
    }
    bad[i] = known != datatype;
  }
  const auto terms_left = nodes_->terms(unsure);
  for (std::size_t i = 0; i < places.size(); ++i) bad[places[i]] = !has_datatype(terms_left[i], datatype);
  return bad;
}

Evaluator::Flags Evaluator::bad_node_kind(Task& task) {
  const auto& values = distinct(task.column, task.values).nodes;
  const std::string_view kind = std::string_view(task.constraint.terms.front().value).substr(sh("").size());
  Flags bad(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    rdf::TermType type = rdf::TermType::Literal;
    if (values[i].kind() == IdKind::Iri) type = rdf::TermType::Iri;
    if (values[i].kind() == IdKind::BlankNode) type = rdf::TermType::BlankNode;
    if (values[i].kind() == IdKind::Local) type = nodes_->term(values[i]).type;
    bad[i] = !is_of_kind(type, kind);
  }
  return bad;
}

Evaluator::Flags Evaluator::out_of_range(Task& task) {
  const auto bound = OrderedValue::of(task.constraint.terms.front());
  const auto component = task.constraint.component;
  Flags bad;
  for (const auto& term : terms(task.column, task.values)) {
    const auto value = OrderedValue::of(term);
    const auto order = bound && value ? *value <=> *bound : std::partial_ordering::unordered;
    const bool holds = component == Component::MinExclusive   ? order > 0
                       : component == Component::MinInclusive ? order >= 0
                       : component == Component::MaxExclusive ? order < 0
                                                              : order <= 0;
    bad.push_back(!holds);
  }
  return bad;
}

Evaluator::Flags Evaluator::bad_length(Task& task) {
  const bool is_minimum = task.constraint.component == Component::MinLength;
  Flags bad;
  for (const auto& term : terms(task.column, task.values)) {
    const auto length = characters(term.value);
    bad.push_back(term.is_blank() || (is_minimum ? length < task.constraint.number : length > task.constraint.number));
  }
  return bad;
}

Evaluator::Flags Evaluator::bad_pattern(Task& task) {
  auto it = patterns_.find(&task.constraint);
  if (it == patterns_.end()) {
    auto compiled = sparql::Regex::compile(task.constraint.pattern, task.constraint.flags);
    it = patterns_.emplace(&task.constraint, std::get<sparql::Regex>(std::move(compiled))).first;
  }
  Flags bad;
  for (const auto& term : terms(task.column, task.values)) {
    bad.push_back(term.is_blank() || !it->second.search(term.value));
  }
  return bad;
}

Evaluator::Flags Evaluator::bad_language(Task& task) {
  std::vector<std::string> ranges;
  for (const auto& term : task.constraint.terms) ranges.push_back(lower_case(term.value));
  Flags bad;
  for (const auto& term : terms(task.column, task.values)) {
    bad.push_back(term.language.empty() || std::none_of(ranges.begin(), ranges.end(), [&](const std::string& range) {
                    return language_matches(term.language, range);
                  }));
  }
  return bad;
}

Evaluator::Flags Evaluator::not_in(Task& task) {
  std::vector<TermId> members;
  for (const auto& term : task.constraint.terms) members.push_back(nodes_->id(term));
  sort_unique(members);
  Flags bad;
  for (const TermId value : distinct(task.column, task.values).nodes) {
    bad.push_back(!std::binary_search(members.begin(), members.end(), value));
  }
  return bad;
}

// sh:not, sh:and, sh:or, sh:xone and sh:node: of how many of the shapes does the value fail?
Evaluator::Flags Evaluator::bad_logic(Task& task) {
  Column& values = distinct(task.column, task.values);
  std::vector<std::size_t> failures(values.nodes.size());
  for (const ShapeId id : task.constraint.shapes) {
    const Flags fails = failed(id, values, false);
    for (std::size_t i = 0; i < fails.size(); ++i) failures[i] += fails[i] ? 1 : 0;
  }
  const std::size_t shapes = task.constraint.shapes.size();
  Flags bad(failures.size());
  for (std::size_t i = 0; i < bad.size(); ++i) {
    switch (task.constraint.component) {
      case Component::Not:
        bad[i] = failures[i] == 0;
        break;
      case Component::Or:
        bad[i] = failures[i] == shapes;
        break;
      case Component::Xone:
        bad[i] = shapes - failures[i] != 1;
        break;
      default:
        bad[i] = failures[i] > 0;
        break;
    }
  }
  return bad;
}

// sh:expression: with the value for a focus node it gives true and nothing else (SHACL Advanced Features, section 7).
Evaluator::Flags Evaluator::not_true(Task& task) {
  const auto& values = distinct(task.column, task.values).nodes;
  const TermId true_id = nodes_->id(rdf::Term::literal("true", rdf::xsd::boolean));
  const Rows rows = NodeRunner(*nodes_, *reader_, *this, *runner_, *budget_).run(*task.constraint.expression, values);
  Flags bad(values.size());
  for (std::size_t i = 0; i < bad.size(); ++i) {
    const auto found = rows.of(i);
    bad[i] = found.size() != 1 || found.front() != true_id;
  }
  return bad;
}

}  // namespace scenograph::shacl
