#include "jsonld/internal/json_source.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/utf8.hpp"
#include "jsonld/internal/repair.hpp"
#include "jsonld/json.hpp"

namespace scenograph::jsonld {

using base::Error;
using base::Severity;

void JsonSource::read(const Script& script, DirectReader& reader) {
  read(script, reader, &DirectReader::read_document);
}

void JsonSource::read_element(const Script& script, DirectReader& reader) {
  read(script, reader, &DirectReader::read_element);
}

void JsonSource::read(const Script& script, DirectReader& reader, Read work) {
  try {
    if (options_.lenient) log_.begin(script, script.text, nullptr);
    if ((reader.*work)(script.text)) return;
    if (options_.lenient && read_repaired(script, reader, work)) return;
  } catch (const Error& fault) {
    if (fault.where().line != 0) throw;
    throw placed(fault, script);
  }
  refuse(script);
}

bool JsonSource::read_repaired(const Script& script, DirectReader& reader, Read work) {
  const std::optional<RepairedText> repaired = repair_json(script.text);
  if (!repaired || !reader.can_read(repaired->text)) return false;
  log_.begin(script, repaired->text, &*repaired);
  return (reader.*work)(repaired->text);
}

void JsonSource::refuse(const Script& script) const {
  const bool composite = !script.text.empty() && (script.text.front() == '{' || script.text.front() == '[');
  try {
    static_cast<void>(parse_json(script.text, options_.source_name));
    if (!composite) return;
  } catch (const Error& fault) {
    throw placed(fault, script);
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

}  // namespace scenograph::jsonld
