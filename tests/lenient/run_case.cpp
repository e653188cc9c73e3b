#include "lenient/run_case.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "jsonld/any_syntax.hpp"
#include "jsonld/internal/repair_rules.hpp"

namespace scenograph::lenient {

namespace {

/// The rule whose message a diagnostic begins with, the longest of them; nullptr if there is none.
const jsonld::RepairRule* rule_of(const base::Diagnostic& diagnostic) {
  const jsonld::RepairRule* best = nullptr;
  for (const jsonld::RepairRule& rule : jsonld::repair_rules()) {
    if (!diagnostic.message.en.starts_with(rule.message.en)) continue;
    if (best == nullptr || best->message.en.size() < rule.message.en.size()) best = &rule;
  }
  return best;
}

}  // namespace

Outcome read(const std::string& text, syntax::Format format, bool lenient) {
  Outcome outcome;
  syntax::ReadOptions options;
  options.base = "http://site.test/show";
  options.lenient = lenient;
  options.diagnostics = [&](const base::Diagnostic& each) { outcome.diagnostics.push_back(each); };
  const auto source = base::open_text(text);
  try {
    jsonld::read_any(*source, format, options, [&](const rdf::Quad& quad) { outcome.quads.push_back(quad); });
  } catch (const base::Error& error) {
    outcome.error = base::name_of(error.code());
  }
  return outcome;
}

std::string repair_name(const base::Diagnostic& diagnostic) {
  const jsonld::RepairRule* rule = rule_of(diagnostic);
  return rule == nullptr ? std::string() : std::string(rule->name);
}

std::string to_line(const base::Diagnostic& diagnostic) {
  const jsonld::RepairRule* rule = rule_of(diagnostic);
  std::string line = fmt::format("{}:{} {}", diagnostic.where.line, diagnostic.where.column,
                                 rule == nullptr ? std::string_view("?") : rule->name);
  if (!diagnostic.field.empty()) line += " «" + diagnostic.field + "»";
  if (rule == nullptr || rule->kind > jsonld::RepairKind::NotUtf8) {  // of others, what is around the place
    if (!diagnostic.found.empty()) line += " \"" + diagnostic.found + "\"";
    if (!diagnostic.made.empty()) line += " -> \"" + diagnostic.made + "\"";
  }
  line += diagnostic.message.en.substr(rule == nullptr ? 0 : rule->message.en.size());
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

}  // namespace scenograph::lenient
