#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "jsonld/internal/context.hpp"
#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/local_context.hpp"

// Source: JSON-LD 1.1 Processing Algorithms and API, section 4.2.

namespace scenograph::jsonld {

namespace {

constexpr unsigned max_depth = 256;

const Value* find(const Value::Object& object, std::string_view key) {
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &found->second;
}

bool is_gen_delim(char c) { return std::string_view(":/?#[]@").find(c) != std::string_view::npos; }

void check_type_definition(const Value& value, bool json_ld_1_0) {
  if (json_ld_1_0 || !value.is_object() || value.object().empty()) throw data_error("keyword redefinition", "@type");
  for (const auto& [key, entry] : value.object()) {
    const bool set_container = key == "@container" && entry.is("@set");
    if (!set_container && key != "@protected") throw data_error("keyword redefinition", "@type");
  }
}

void check_entries(const Value::Object& value, const std::string& term) {
  static constexpr std::array<std::string_view, 11> known = {"@id",        "@reverse",   "@container", "@context",
                                                             "@direction", "@index",     "@language",  "@nest",
                                                             "@prefix",    "@protected", "@type"};
  for (const auto& [key, entry] : value) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      throw data_error("invalid term definition", fmt::format("{} has the entry {}", term, key));
    }
  }
}

bool is_container(std::vector<std::string> container) {
  const auto has = [&container](std::string_view keyword) {
    return std::find(container.begin(), container.end(), keyword) != container.end();
  };
  for (const std::string& each : container) {
    const bool known = each == "@graph" || each == "@id" || each == "@index" || each == "@language" ||
                       each == "@list" || each == "@set" || each == "@type";
    if (!known) return false;
  }
  const std::size_t others = container.size() - (has("@set") ? 1U : 0U);
  if (has("@list")) return container.size() == 1;
  if (others <= 1) return !container.empty();
  return others == 2 && has("@graph") && (has("@id") || has("@index"));
}

}  // namespace

void ContextProcessor::create_term(Local& local, const std::string& term) {
  if (const auto state = local.defined.find(term); state != local.defined.end()) {
    if (state->second) return;
    throw data_error("cyclic IRI mapping", term);
  }
  if (term.empty()) throw data_error("invalid term definition", "a term is empty");
  local.defined[term] = false;
  if (++local.depth > max_depth) throw data_error("invalid term definition", "terms build on each other too deeply");
  const Value& given = local.entries.at(term);
  if (term == "@type") {
    check_type_definition(given, options_.json_ld_1_0);
  } else if (is_keyword(term)) {
    throw data_error("keyword redefinition", term);
  } else if (is_keyword_like(term)) {
    --local.depth;
    local.defined[term] = true;
    return;
  }
  std::shared_ptr<const TermDefinition> before;
  if (const TermMap::Definition* found = local.active.terms.find(term)) {
    before = *found;
    local.active.terms.erase(term);
  }
  Value::Object value;
  if (given.is_object()) {
    value = given.object();
  } else if (given.is_null() || given.is_string()) {
    value.emplace("@id", given);
  } else {
    throw data_error("invalid term definition", fmt::format("{} is neither a string nor an object nor null", term));
  }
  auto definition = std::make_shared<TermDefinition>();
  define(local, term, value, given.is_string(), *definition);
  --local.depth;
  if (local.defined[term]) return;  // passed over
  if (before && before->is_protected && !local.flags.override_protected) {
    TermDefinition same = *definition;
    same.is_protected = true;
    if (same != *before) throw data_error("protected term redefinition", term);
    definition->is_protected = true;
  }
  local.active.terms.set(term, std::move(definition));
  local.defined[term] = true;
}

void ContextProcessor::define(Local& local, const std::string& term, const Value::Object& value, bool simple,
                              TermDefinition& definition) {
  definition.is_protected = local.is_protected;
  if (const Value* is_protected = find(value, "@protected")) {
    if (options_.json_ld_1_0) throw data_error("invalid term definition", "@protected");
    if (!is_protected->is_bool()) throw data_error("invalid @protected value", term);
    definition.is_protected = is_protected->boolean();
  }
  define_type(local, value, definition);
  if (value.count("@reverse") != 0) {
    if (!define_reverse(local, value, definition)) local.defined[term] = true;
    return;
  }
  if (!define_iri(local, term, value, simple, definition)) {
    local.defined[term] = true;
    return;
  }
  if (const Value* container = find(value, "@container")) define_container(*container, definition);
  define_rest(local, term, value, definition);
  check_entries(value, term);
}

void ContextProcessor::define_type(Local& local, const Value::Object& value, TermDefinition& definition) {
  const Value* type = find(value, "@type");
  if (type == nullptr) return;
  if (!type->is_string()) throw data_error("invalid type mapping", "@type is not a string");
  const auto expanded = expand_iri(local.active, type->string(), true, false, &local);
  const bool since_1_1 = expanded == "@json" || expanded == "@none";
  const bool keyword = expanded == "@id" || expanded == "@vocab" || (since_1_1 && !options_.json_ld_1_0);
  if (!expanded || (!keyword && (since_1_1 || !is_absolute_iri(*expanded)))) {
    throw data_error("invalid type mapping", type->string());
  }
  definition.type = *expanded;
}

bool ContextProcessor::define_reverse(Local& local, const Value::Object& value, TermDefinition& definition) {
  if (value.count("@id") != 0 || value.count("@nest") != 0)
    throw data_error("invalid reverse property", "@id or @nest");
  const Value& reverse = value.at("@reverse");
  if (!reverse.is_string()) throw data_error("invalid IRI mapping", "@reverse is not a string");
  if (is_keyword_like(reverse.string())) return false;
  definition.iri = expand_iri(local.active, reverse.string(), true, false, &local);
  if (!definition.iri || !(is_absolute_iri(*definition.iri) || is_blank_name(*definition.iri))) {
    throw data_error("invalid IRI mapping", reverse.string());
  }
  if (const Value* container = find(value, "@container"); container != nullptr && !container->is_null()) {
    if (!container->is("@set") && !container->is("@index")) throw data_error("invalid reverse property", "@container");
    definition.container = {container->string()};
  }
  if (const Value* index = find(value, "@index")) define_index(local, *index, definition);
  definition.reverse = true;
  return true;
}

bool ContextProcessor::define_iri(Local& local, const std::string& term, const Value::Object& value, bool simple,
                                  TermDefinition& definition) {
  const Value* id = find(value, "@id");
  if (id != nullptr && id->is_null()) return true;
  const std::size_t colon = term.find(':', 1);
  if (id != nullptr && !id->is(term)) {
    if (!id->is_string()) throw data_error("invalid IRI mapping", term);
    if (!is_keyword(id->string()) && is_keyword_like(id->string())) return false;
    definition.iri = expand_iri(local.active, id->string(), true, false, &local);
    const std::string iri = definition.iri.value_or("");
    if (iri == "@context") throw data_error("invalid keyword alias", term);
    if (!is_keyword(iri) && !is_absolute_iri(iri) && !is_blank_name(iri)) throw data_error("invalid IRI mapping", term);
    const bool inner_colon = colon != std::string::npos && colon + 1 < term.size();
    if (inner_colon || term.find('/') != std::string::npos) {
      local.defined[term] = true;
      const auto expanded = expand_iri(local.active, term, true, false, &local);
      local.defined[term] = false;
      if (expanded != iri) throw data_error("invalid IRI mapping", term);
    } else if (term.find(':') == std::string::npos) {
      definition.prefix = simple && (is_gen_delim(iri.back()) || is_blank_name(iri));
    }
  } else if (colon != std::string::npos) {
    const std::string prefix = term.substr(0, colon);
    if (local.entries.count(prefix) != 0) create_term(local, prefix);
    const TermDefinition* space = local.active.find(prefix);
    definition.iri = space != nullptr && space->iri ? *space->iri + term.substr(colon + 1) : term;
  } else if (term.find('/') != std::string::npos) {
    definition.iri = expand_iri(local.active, term, true, false);
    if (!definition.iri || !is_absolute_iri(*definition.iri)) throw data_error("invalid IRI mapping", term);
  } else if (term == "@type") {
    definition.iri = term;
  } else if (local.active.vocab) {
    definition.iri = *local.active.vocab + term;
  } else {
    throw data_error("invalid IRI mapping", fmt::format("{} has no @id and there is no @vocab", term));
  }
  return true;
}

void ContextProcessor::define_container(const Value& value, TermDefinition& definition) const {
  std::vector<std::string> container;
  const Value::Array one{value};
  for (const Value& each : value.is_array() ? value.array() : one) {
    if (!each.is_string()) throw data_error("invalid container mapping", "@container is not a string");
    container.push_back(each.string());
  }
  std::sort(container.begin(), container.end());
  const auto has = [&container](std::string_view keyword) {
    return std::find(container.begin(), container.end(), keyword) != container.end();
  };
  const bool since_1_1 = !value.is_string() || has("@graph") || has("@id") || has("@type");
  if (!is_container(container) || (options_.json_ld_1_0 && since_1_1)) {
    throw data_error("invalid container mapping", to_json(value));
  }
  if (has("@type")) {
    if (definition.type.empty()) definition.type = "@id";
    if (definition.type != "@id" && definition.type != "@vocab")
      throw data_error("invalid type mapping", definition.type);
  }
  definition.container = std::move(container);
}

void ContextProcessor::define_index(Local& local, const Value& index, TermDefinition& definition) {
  const bool fits = definition.has_container("@index") && index.is_string();
  const auto iri = fits ? expand_iri(local.active, index.string(), true, false, &local) : std::nullopt;
  if (!iri || !is_absolute_iri(*iri)) throw data_error("invalid term definition", "@index " + to_json(index));
  definition.index = index.string();
}

void ContextProcessor::define_rest(Local& local, const std::string& term, const Value::Object& value,
                                   TermDefinition& definition) {
  for (const std::string_view key : {"@index", "@context", "@nest", "@prefix"}) {
    if (options_.json_ld_1_0 && value.count(std::string(key)) != 0) throw data_error("invalid term definition", key);
  }
  if (const Value* index = find(value, "@index")) define_index(local, *index, definition);
  if (const Value* context = find(value, "@context")) {
    try {
      ContextFlags flags;
      flags.override_protected = true;
      flags.validate_scoped = false;
      local.active.terms.settle();
      (void)process(std::make_shared<Context>(local.active), *context, local.base_url, local.remote, flags);
    } catch (const base::Error& error) {
      if (error.code() != base::Code::BadData) throw;
      throw data_error("invalid scoped context", fmt::format("{}, {}", term, error.message()));
    }
    definition.context = *context;
    definition.base_url = local.base_url;
  }
  if (const Value* language = find(value, "@language"); language != nullptr && value.count("@type") == 0) {
    if (!language->is_null() && !language->is_string()) throw data_error("invalid language mapping", term);
    definition.language.emplace();
    if (language->is_string()) definition.language.emplace(lower_case(language->string()));
  }
  if (const Value* direction = find(value, "@direction"); direction != nullptr && value.count("@type") == 0) {
    const bool good = direction->is_null() || (direction->is_string() && is_direction(direction->string()));
    if (!good) throw data_error("invalid base direction", term);
    definition.direction = *direction;
  }
  if (const Value* nest = find(value, "@nest")) {
    const bool good = nest->is_string() && (nest->is("@nest") || !is_keyword(nest->string()));
    if (!good) throw data_error("invalid @nest value", term);
    definition.nest = nest->string();
  }
  if (const Value* prefix = find(value, "@prefix")) {
    if (term.find_first_of(":/") != std::string::npos)
      throw data_error("invalid term definition", term + " has @prefix");
    if (!prefix->is_bool()) throw data_error("invalid @prefix value", term);
    definition.prefix = prefix->boolean();
    if (definition.prefix && is_keyword(definition.iri.value_or(""))) throw data_error("invalid term definition", term);
  }
}

}  // namespace scenograph::jsonld
