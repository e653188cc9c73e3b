#include "jsonld/internal/inverse_context.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "jsonld/internal/keywords.hpp"

namespace scenograph::jsonld {

namespace {

std::string text_or(const Value& value, std::string_view fallback) {
  return value.is_string() ? value.string() : std::string(fallback);
}

/// The key of a term that states a language, a direction or both.
std::string language_key(const TermDefinition& definition) {
  if (!definition.language) {
    return definition.direction->is_string() ? "_" + definition.direction->string() : "@none";
  }
  const std::string language = lower_case(text_or(*definition.language, "@null"));
  if (!definition.direction) return language;
  if (!definition.direction->is_string()) return language;
  return (definition.language->is_string() ? language : "") + "_" + definition.direction->string();
}

}  // namespace

InverseContext::InverseContext(const Context& context) {
  std::string default_language = lower_case(context.language.value_or("@none"));
  if (context.direction) {
    default_language = (context.language ? default_language : std::string()) + "_" + *context.direction;
  }
  std::vector<std::string> terms;
  context.terms.for_each([&](const std::string& term, const TermDefinition& definition) {
    if (definition.iri) terms.push_back(term);
  });
  std::sort(terms.begin(), terms.end(), [](const std::string& a, const std::string& b) {
    return std::pair(a.size(), std::string_view(a)) < std::pair(b.size(), std::string_view(b));
  });
  for (const std::string& term : terms) {
    const TermDefinition& definition = *context.find(term);
    std::string container;
    for (const std::string& each : definition.container) container += each;
    Kinds& kinds = terms_[*definition.iri][container.empty() ? "@none" : container];
    kinds["@any"].try_emplace("@none", term);
    Terms& types = kinds["@type"];
    Terms& languages = kinds["@language"];
    if (definition.reverse) {
      types.try_emplace("@reverse", term);
    } else if (definition.type == "@none") {
      languages.try_emplace("@any", term);
      types.try_emplace("@any", term);
    } else if (!definition.type.empty()) {
      types.try_emplace(definition.type, term);
    } else if (definition.language || definition.direction) {
      languages.try_emplace(language_key(definition), term);
    } else {
      languages.try_emplace(default_language, term);
      languages.try_emplace("@none", term);
      types.try_emplace("@none", term);
    }
  }
}

const std::string* InverseContext::select(const std::string& iri, const std::vector<std::string>& containers,
                                          std::string_view kind, const std::vector<std::string>& preferred) const {
  const auto entry = terms_.find(iri);
  if (entry == terms_.end()) return nullptr;
  for (const std::string& container : containers) {
    const auto kinds = entry->second.find(container);
    if (kinds == entry->second.end()) continue;
    const auto terms = kinds->second.find(kind);
    if (terms == kinds->second.end()) continue;
    for (const std::string& each : preferred) {
      if (const auto term = terms->second.find(each); term != terms->second.end()) return &term->second;
    }
  }
  return nullptr;
}

}  // namespace scenograph::jsonld
