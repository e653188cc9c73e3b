#include "jsonld/internal/json_source.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "jsonld/internal/repair.hpp"
#include "jsonld/json.hpp"

namespace scenograph::jsonld {

using base::Error;

void JsonSource::read(const markup::Script& script, DirectReader& reader) {
  read(script, reader, &DirectReader::read_document);
}

void JsonSource::begin_graph(const std::string& context, DirectReader& reader) {
  static const markup::Script nothing;
  const bool composite = context.starts_with('[') || context.starts_with('{');
  const markup::Script list{
      composite ? context : "[" + context + "]", {}, 1, 1};  // a list of one context is that context
  log_.begin(nothing, {}, nullptr);
  if (reader.begin_graph(context)) return;
  const std::optional<RepairedText> repaired = options_.lenient ? repair_json(list.text) : std::nullopt;
  if (repaired && reader.can_read(repaired->text)) {
    log_.begin(list, repaired->text, &*repaired);
    static_cast<void>(reader.begin_graph(repaired->text));
    log_.begin(nothing, {}, nullptr);
  } else {
    static_cast<void>(reader.begin_graph(plain(list, false)));
  }
}

void JsonSource::read_element(const markup::Script& script, DirectReader& reader) {
  try {
    read(script, reader, &DirectReader::read_element);
  } catch (const Error& fault) {
    const bool is_faulty = fault.code() == base::Code::BadSyntax || fault.code() == base::Code::BadData;
    if (!options_.lenient || !is_faulty) throw;
    log_.add(RepairKind::LeftOut, {}, {{}, script.text, {}, base::explained({}, fault.message())});
  }
}

void JsonSource::read(const markup::Script& script, DirectReader& reader, Read work) {
  try {
    if (options_.lenient) log_.begin(script, script.text, nullptr);
    if ((reader.*work)(script.text) || (options_.lenient && read_repaired(script, reader, work))) return;
    static_cast<void>((reader.*work)(plain(script, work == &DirectReader::read_element)));
  } catch (const Error& fault) {
    if (fault.where().line != 0) throw;
    throw placed(fault, script);
  }
}

bool JsonSource::read_repaired(const markup::Script& script, DirectReader& reader, Read work) {
  const std::optional<RepairedText> repaired = repair_json(script.text);
  if (!repaired || repaired->repairs.empty() || !reader.can_read(repaired->text)) return false;
  log_.begin(script, repaired->text, &*repaired);
  const bool done = (reader.*work)(repaired->text);
  log_.begin(script, script.text, nullptr);
  return done;
}

std::string JsonSource::plain(const markup::Script& script, bool element) const {
  const bool composite = !script.text.empty() && (script.text.front() == '{' || script.text.front() == '[');
  try {
    if (composite || !element) return to_json(parse_json(script.text, options_.source_name));
    return to_json(parse_json("[" + script.text + "]", options_.source_name));
  } catch (const Error& fault) {
    throw placed(fault, script);
  }
}

Value JsonSource::parse(const markup::Script& script) {
  if (options_.lenient) {
    if (auto nodes = mended(script)) return std::move(*nodes);
  }
  try {
    return parse_json(script.text, options_.source_name);
  } catch (const Error& fault) {
    throw placed(fault, script);
  }
}

std::optional<Value> JsonSource::mended(const markup::Script& script) {
  ProcessorOptions processor;
  processor.loader = loader_;
  const rdf::QuadSink none;
  DirectReader reader(processor, none, &log_);
  log_.begin(script, script.text, nullptr);
  if (auto nodes = reader.mended(script.text)) return nodes;
  const std::optional<RepairedText> repaired = repair_json(script.text);
  if (!repaired || !reader.can_read(repaired->text)) return std::nullopt;
  log_.begin(script, repaired->text, &*repaired);
  auto nodes = reader.mended(repaired->text);
  log_.begin(script, script.text, nullptr);
  return nodes;
}

Error JsonSource::placed(const Error& fault, const markup::Script& script) const {
  base::Where where = fault.where();
  if (where.source.empty()) where.source = options_.source_name;
  if (where.line <= 1) where.column += script.column - (where.line == 0 ? 0 : 1);
  where.line = std::max<std::uint64_t>(where.line, 1) + script.line - 1;
  return {fault.code(), fault.message(), where};
}

}  // namespace scenograph::jsonld
