#include "jsonld/internal/json_source.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/utf8.hpp"
#include "jsonld/internal/repair.hpp"

namespace scenograph::jsonld {

using base::Error;
using base::Severity;

namespace {

std::string_view around(std::string_view text, std::size_t offset) {
  const std::size_t line = text.rfind('\n', offset == 0 ? 0 : offset - 1) + 1;
  const std::size_t start = line > offset ? offset : line;
  return text.substr(start, text.find('\n', offset) - start);
}

}  // namespace

Value JsonSource::parse(const Script& script) const {
  try {
    return parse_json(script.text, options_.source_name);
  } catch (const Error& fault) {
    if (!options_.lenient) throw placed(fault, script);
    return parse_repaired(script, fault);
  }
}

void JsonSource::report(Severity severity, const base::Where& where, std::string_view found, std::string made,
                        std::string message) const {
  if (!options_.diagnostics) return;
  options_.diagnostics(
      {severity, where, {}, std::string(base::cut_utf8(found, 200)), std::move(made), std::move(message)});
}

Error JsonSource::placed(const Error& fault, const Script& script) const {
  base::Where where = fault.where();
  if (where.source.empty()) where.source = options_.source_name;
  if (where.line <= 1) where.column += script.column - (where.line == 0 ? 0 : 1);
  where.line = std::max<std::uint64_t>(where.line, 1) + script.line - 1;
  return {fault.code(), fault.message(), where};
}

Value JsonSource::parse_repaired(const Script& script, const Error& fault) const {
  std::vector<Repair> repairs;
  const std::string repaired = repair_json(script.text, repairs);
  try {
    Value value = parse_json(repaired, options_.source_name);
    for (const Repair& repair : repairs) {
      report(Severity::Warning, place(script, repair.offset), around(script.text, repair.offset), "repaired",
             repair.what);
    }
    return value;
  } catch (const Error&) {
    throw placed(fault, script);
  }
}

base::Where JsonSource::place(const Script& script, std::size_t offset) const {
  base::Where where{options_.source_name, script.line, script.column};
  for (const char c : std::string_view(script.text).substr(0, offset)) {
    if (c == '\n') {
      ++where.line;
      where.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++where.column;
    }
  }
  return where;
}

}  // namespace scenograph::jsonld
