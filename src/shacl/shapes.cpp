#include "shacl/shapes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "shacl/internal/shapes_graph.hpp"

namespace scenograph::shacl {

namespace {

constexpr std::array<std::string_view, 31> component_names{"Class",
                                                           "Datatype",
                                                           "NodeKind",
                                                           "MinCount",
                                                           "MaxCount",
                                                           "MinExclusive",
                                                           "MinInclusive",
                                                           "MaxExclusive",
                                                           "MaxInclusive",
                                                           "MinLength",
                                                           "MaxLength",
                                                           "Pattern",
                                                           "LanguageIn",
                                                           "UniqueLang",
                                                           "Equals",
                                                           "Disjoint",
                                                           "LessThan",
                                                           "LessThanOrEquals",
                                                           "Not",
                                                           "And",
                                                           "Or",
                                                           "Xone",
                                                           "Node",
                                                           "Property",
                                                           "QualifiedMinCount",
                                                           "QualifiedMaxCount",
                                                           "Closed",
                                                           "HasValue",
                                                           "In",
                                                           "Expression",
                                                           "SPARQL"};

bool is_variant_of(std::string_view tag, std::string_view language) {
  return tag.starts_with(language) && (tag.size() == language.size() || tag[language.size()] == '-');
}

std::string join(const std::vector<Path>& parts, std::string_view separator) {
  std::string text;
  for (const auto& part : parts) {
    if (!text.empty()) text += separator;
    const bool nested = part.kind == Path::Kind::Sequence || part.kind == Path::Kind::Alternative;
    text += nested ? "(" + to_string(part) + ")" : to_string(part);
  }
  return text;
}

}  // namespace

std::string_view pick(std::span<const Message> messages, std::string_view language) noexcept {
  for (const std::string_view wanted : {language, std::string_view(), std::string_view("en")}) {
    for (const auto& message : messages) {
      const bool fits = wanted.empty() ? message.language.empty() : is_variant_of(message.language, wanted);
      if (fits) return message.text;
    }
  }
  return messages.empty() ? std::string_view() : std::string_view(messages.front().text);
}

std::string to_string(const Path& path) {
  const auto within = [&path](bool takes_repetition) {
    const Path& part = path.parts.front();
    const bool plain = part.kind == Path::Kind::Predicate || (takes_repetition && part.kind >= Path::Kind::ZeroOrMore);
    return plain ? to_string(part) : "(" + to_string(part) + ")";
  };
  switch (path.kind) {
    case Path::Kind::Predicate:
      return rdf::to_ntriples(path.predicate);
    case Path::Kind::Inverse:
      return "^" + within(true);
    case Path::Kind::Sequence:
      return join(path.parts, "/");
    case Path::Kind::Alternative:
      return join(path.parts, "|");
    case Path::Kind::ZeroOrMore:
      return within(false) + '*';
    case Path::Kind::OneOrMore:
      return within(false) + '+';
    case Path::Kind::ZeroOrOne:
      return within(false) + '?';
  }
  return {};
}

std::string component_iri(const Constraint& constraint) {
  if (constraint.component == Component::Custom) return constraint.iri;
  return sh(fmt::format("{}ConstraintComponent", component_names.at(static_cast<std::size_t>(constraint.component))));
}

}  // namespace scenograph::shacl
