#include "jsonld/internal/context.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/local_context.hpp"
#include "rdf/iri.hpp"

namespace scenograph::jsonld {

namespace {

constexpr std::size_t max_remote_contexts = 32;

bool is_context_keyword(std::string_view key) {
  return key == "@base" || key == "@direction" || key == "@import" || key == "@language" || key == "@propagate" ||
         key == "@protected" || key == "@version" || key == "@vocab";
}

}  // namespace

bool TermDefinition::has_container(std::string_view keyword) const {
  return std::find(container.begin(), container.end(), keyword) != container.end();
}

const TermDefinition* Context::find(std::string_view term) const {
  const TermMap::Definition* found = terms.find(term);
  return found == nullptr ? nullptr : found->get();
}

ContextPtr ContextProcessor::initial() const {
  auto context = std::make_shared<Context>();
  context->original_base = options_.base;
  if (!options_.base.empty()) context->base = options_.base;
  return context;
}

ContextPtr ContextProcessor::process(const ContextPtr& active, const Value& local, const std::string& base_url,
                                     const ContextFlags& flags) {
  return process(active, local, base_url, Remote{}, flags);
}

ContextPtr ContextProcessor::process(const ContextPtr& active, const Value& local, const std::string& base_url,
                                     const Remote& remote, ContextFlags flags) {
  if (const Value* propagate = local.find("@propagate"); propagate != nullptr && propagate->is_bool()) {
    flags.propagate = propagate->boolean();
  }
  ContextPtr result = active;
  if (!flags.propagate && !result->previous) {
    auto copy = std::make_shared<Context>(*result);
    copy->previous = active;
    result = copy;
  }
  const Value::Array one{local};
  for (const Value& each : local.is_array() ? local.array() : one) {
    if (each.is_null()) {
      if (!flags.override_protected && result->terms.has_protected()) {
        throw data_error("invalid context nullification", "the context before has protected terms");
      }
      auto fresh = std::make_shared<Context>();
      fresh->original_base = active->original_base;
      if (!fresh->original_base.empty()) fresh->base = fresh->original_base;
      if (!flags.propagate) fresh->previous = result->previous;
      result = fresh;
    } else if (each.is_string()) {
      result = process_remote(result, each.string(), base_url, remote, flags);
    } else if (each.is_object()) {
      auto copy = std::make_shared<Context>(*result);
      process_entries(*copy, each.object(), base_url, remote, flags);
      result = copy;
    } else {
      throw data_error("invalid local context", "a context is an object, an address or null");
    }
  }
  return result;
}

ContextPtr ContextProcessor::process_remote(const ContextPtr& result, const std::string& address,
                                            const std::string& base_url, const Remote& remote,
                                            const ContextFlags& flags) {
  const std::string absolute = base_url.empty() ? address : rdf::resolve_iri(base_url, address);
  if (!flags.validate_scoped && std::find(remote.begin(), remote.end(), absolute) != remote.end()) return result;
  if (remote.size() >= max_remote_contexts) {
    throw base::Error(base::Code::TooLarge,
                      fmt::format("context overflow: more than {} contexts include each other", max_remote_contexts));
  }
  Remote seen = remote;
  seen.push_back(absolute);
  ContextFlags inner;
  inner.validate_scoped = flags.validate_scoped;
  const Document& document = load(absolute);
  return process(result, *document.json.find("@context"), document.base, seen, inner);
}

const Document& ContextProcessor::load(const std::string& address) {
  if (const auto known = remote_.find(address); known != remote_.end()) return known->second;
  if (!is_absolute_iri(address)) {
    throw data_error("loading remote context failed",
                     fmt::format("the context address {} is relative; give a base IRI", address));
  }
  DocumentOptions options;
  options.loader = options_.loader;
  Document document;
  try {
    document = load_document(address, options);
  } catch (const base::Error& error) {
    throw base::Error(error.code(), "loading remote context failed: " + error.message(), error.where());
  }
  if (!document.json.has("@context")) throw data_error("invalid remote context", address + " has no @context");
  return remote_.emplace(address, std::move(document)).first->second;
}

void ContextProcessor::process_entries(Context& result, const Value::Object& given, const std::string& base_url,
                                       const Remote& remote, const ContextFlags& flags) {
  const auto refuse_in_1_0 = [&](std::string_view key) {
    if (options_.json_ld_1_0 && given.count(std::string(key)) != 0) throw data_error("invalid context entry", key);
  };
  if (const auto version = given.find("@version"); version != given.end()) {
    if (!version->second.is_number() || version->second.number() != 1.1) throw data_error("invalid @version value", "");
    if (options_.json_ld_1_0) throw data_error("processing mode conflict", "@version 1.1");
  }
  for (const std::string_view key : {"@import", "@direction", "@propagate"}) refuse_in_1_0(key);
  const Value::Object entries = with_import(given, base_url);
  terms_ += entries.size();
  if (terms_ > options_.max_terms) {
    throw base::Error(base::Code::TooLarge,
                      fmt::format("the contexts of the document have more than {} terms, counted wherever they apply; "
                                  "raise {}",
                                  options_.max_terms, options_.max_terms_option));
  }
  if (options_.budget) options_.budget->check();
  if (const auto base = entries.find("@base"); base != entries.end() && remote.empty()) set_base(result, base->second);
  if (const auto vocab = entries.find("@vocab"); vocab != entries.end()) set_vocab(result, vocab->second);
  set_defaults(result, entries);
  Local local{result, entries, base_url, remote, flags, false, {}, 0};
  if (const auto value = entries.find("@protected"); value != entries.end()) {
    if (!value->second.is_bool()) throw data_error("invalid @protected value", "");
    local.is_protected = value->second.boolean();
  }
  for (const auto& [key, value] : entries) {
    if (!is_context_keyword(key)) create_term(local, key);
  }
  result.terms.settle();
}

void ContextProcessor::set_base(Context& result, const Value& value) const {
  if (value.is_null()) {
    result.base.reset();
  } else if (!value.is_string()) {
    throw data_error("invalid base IRI", "@base is a string or null");
  } else if (is_absolute_iri(value.string())) {
    result.base = value.string();
  } else if (result.base) {
    result.base = rdf::resolve_iri(*result.base, value.string());
  } else {
    throw data_error("invalid base IRI", fmt::format("@base {} is relative and there is no base", value.string()));
  }
}

void ContextProcessor::set_vocab(Context& result, const Value& value) {
  if (value.is_null()) {
    result.vocab.reset();
    return;
  }
  if (!value.is_string()) throw data_error("invalid vocab mapping", "@vocab is a string or null");
  const std::string& text = value.string();
  if (options_.json_ld_1_0 && !is_absolute_iri(text) && !is_blank_name(text)) {
    throw data_error("invalid vocab mapping", text);
  }
  const auto expanded = expand_iri(result, text, true, true, nullptr);
  if (!expanded || is_keyword_like(*expanded)) throw data_error("invalid vocab mapping", text);
  result.vocab = expanded;
}

void ContextProcessor::set_defaults(Context& result, const Value::Object& local) const {
  if (const auto language = local.find("@language"); language != local.end()) {
    if (!language->second.is_null() && !language->second.is_string()) throw data_error("invalid default language", "");
    result.language.reset();
    if (language->second.is_string()) result.language = lower_case(language->second.string());
  }
  if (const auto direction = local.find("@direction"); direction != local.end()) {
    result.direction.reset();
    if (direction->second.is_string() && is_direction(direction->second.string())) {
      result.direction = direction->second.string();
    } else if (!direction->second.is_null()) {
      throw data_error("invalid base direction", "@direction is ltr, rtl or null");
    }
  }
  if (const auto propagate = local.find("@propagate"); propagate != local.end() && !propagate->second.is_bool()) {
    throw data_error("invalid @propagate value", "");
  }
}

Value::Object ContextProcessor::with_import(const Value::Object& local, const std::string& base_url) {
  const auto import = local.find("@import");
  if (import == local.end()) return local;
  if (!import->second.is_string()) throw data_error("invalid @import value", "");
  const std::string& address = import->second.string();
  const Value* imported = load(base_url.empty() ? address : rdf::resolve_iri(base_url, address)).json.find("@context");
  if (!imported->is_object()) throw data_error("invalid remote context", address);
  if (imported->has("@import")) throw data_error("invalid context entry", "@import within an imported context");
  Value::Object merged = local;
  merged.insert(imported->object().begin(), imported->object().end());
  return merged;
}

std::optional<std::string> ContextProcessor::expand_iri(const Context& active, std::string_view value, bool vocab,
                                                        bool document_relative) {
  // Without a local context nothing is defined on the way, so the context stays as it is.
  return expand_iri(const_cast<Context&>(active), value, vocab, document_relative, nullptr);
}

std::optional<std::string> ContextProcessor::expand_iri(Context& active, std::string_view value, bool vocab,
                                                        bool document_relative, Local* local) {
  const std::string text(value);
  if (is_keyword(text)) return text;
  if (is_keyword_like(text)) return std::nullopt;
  if (local != nullptr && local->is_undefined(text)) create_term(*local, text);
  const TermDefinition* definition = active.find(text);
  if (definition != nullptr && definition->iri && is_keyword(*definition->iri)) return definition->iri;
  if (vocab && definition != nullptr) return definition->iri;
  if (const std::size_t colon = text.find(':', 1); !text.empty() && colon != std::string::npos) {
    const std::string prefix = text.substr(0, colon);
    const std::string suffix = text.substr(colon + 1);
    if (prefix == "_" || suffix.starts_with("//")) return text;
    if (local != nullptr && local->is_undefined(prefix)) create_term(*local, prefix);
    const TermDefinition* space = active.find(prefix);
    if (space != nullptr && space->iri && space->prefix) return *space->iri + suffix;
    if (is_absolute_iri(text)) return text;
  }
  if (vocab && active.vocab) return *active.vocab + text;
  if (document_relative && active.base) return rdf::resolve_iri(*active.base, text);
  return text;
}

}  // namespace scenograph::jsonld
