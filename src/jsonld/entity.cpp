#include "jsonld/entity.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "jsonld/internal/schema_org.hpp"
#include "jsonld/internal/values.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::jsonld {

namespace {

using rdf::Term;
using Object = Value::Object;

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// The term of schema.org, or the IRI in full.
std::string shorten(const std::string& iri) {
  if (!iri.starts_with(rdf::schema::ns)) return iri;
  const std::string term = iri.substr(rdf::schema::ns.size());
  return !term.empty() && std::all_of(term.begin(), term.end(), is_name_char) ? term : iri;
}

template <typename Number>
std::optional<Number> parse_number(const std::string& text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

Value literal_of(const Term& literal) {
  if (!literal.language.empty()) return Object{{"@language", literal.language}, {"@value", literal.value}};
  const std::string& type = literal.datatype;
  if (type == rdf::xsd::boolean && (literal.value == "true" || literal.value == "false")) {
    return Value(literal.value == "true");
  }
  if (type == rdf::xsd::integer) {
    if (const auto number = parse_number<std::int64_t>(literal.value)) return Value(*number);
  }
  if (type == rdf::xsd::double_ || type == rdf::xsd::float_) {
    const auto number = parse_number<double>(literal.value);
    if (number && std::isfinite(*number)) return Value(*number);
  }
  const bool plain = type.empty() || type.starts_with(rdf::xsd::ns) || type.starts_with(rdf::schema::ns);
  if (plain) return literal.value;
  return Object{{"@type", type}, {"@value", literal.value}};
}

class EntityBuilder {
 public:
  EntityBuilder(const std::vector<rdf::Triple>& triples, const EntityOptions& options) : options_(options) {
    for (const rdf::Triple& triple : triples) {
      about_[triple.subject].push_back(&triple);
      if (triple.object.is_blank()) ++references_[triple.object.value];
    }
  }

  Value build(const Term& node) {
    Object object;
    if (node.is_iri()) object.emplace("@id", node.value);
    if (node.is_blank() && references_[node.value] > 1) object.emplace("@id", "_:" + node.value);
    ++nodes_;
    path_.insert(node);
    const auto found = about_.find(node);
    if (found != about_.end()) {
      for (const rdf::Triple* triple : found->second) add(object, *triple);
    }
    path_.erase(node);
    return object;
  }

 private:
  void add(Object& object, const rdf::Triple& triple) {
    if (triple.predicate.value == rdf::rdf::type && triple.object.is_iri()) {
      return add_value(object, "@type", shorten(triple.object.value), false);
    }
    const std::string property = shorten(triple.predicate.value);
    add_value(object, property, value_of(property, triple.object), false);
  }

  Value value_of(const std::string& property, const Term& term) {
    if (term.is_literal()) return literal_of(term);
    const bool described = about_.count(term) != 0 || term.is_blank();
    const bool room = path_.size() < options_.max_depth && nodes_ < options_.max_nodes;
    if (described && room && path_.count(term) == 0) return build(term);
    if (term.is_iri() && is_schema_iri_property(property)) return term.value;
    return Object{{"@id", term.is_blank() ? "_:" + term.value : term.value}};
  }

  const EntityOptions& options_;
  std::unordered_map<Term, std::vector<const rdf::Triple*>> about_;
  std::unordered_map<std::string, std::size_t> references_;
  std::unordered_set<Term> path_;  // from the root to the node being built
  std::size_t nodes_ = 0;
};

}  // namespace

std::string entity_json(const std::vector<rdf::Triple>& triples, std::string_view root, const EntityOptions& options) {
  Value entity = EntityBuilder(triples, options).build(Term::iri(root));
  entity.object().emplace("@context", "https://schema.org");
  return to_json(entity, options.indent);
}

}  // namespace scenograph::jsonld
