#include "jsonld/any_syntax.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "jsonld/html.hpp"
#include "jsonld/internal/repair.hpp"
#include "jsonld/internal/writer.hpp"
#include "jsonld/processor.hpp"

namespace scenograph::jsonld {

namespace {

using base::Error;
using base::Severity;
using syntax::Format;

/// Parses the JSON of documents and of scripts inside pages, with places of the whole input.
class JsonSource {
 public:
  explicit JsonSource(const syntax::ReadOptions& options) : options_(options) {}

  Value parse(const Script& script) const {
    try {
      return parse_json(script.text, options_.source_name);
    } catch (const Error& fault) {
      if (!options_.lenient) throw placed(fault, script);
      return parse_repaired(script, fault);
    }
  }

  void report(Severity severity, const base::Where& where, std::string_view found, std::string made,
              std::string message) const {
    if (!options_.diagnostics) return;
    options_.diagnostics(
        {severity, where, {}, std::string(base::cut_utf8(found, 200)), std::move(made), std::move(message)});
  }

  /// The fault, at its place in the page.
  [[nodiscard]] Error placed(const Error& fault, const Script& script) const {
    base::Where where = fault.where();
    if (where.source.empty()) where.source = options_.source_name;
    if (where.line <= 1) where.column += script.column - (where.line == 0 ? 0 : 1);
    where.line = std::max<std::uint64_t>(where.line, 1) + script.line - 1;
    return {fault.code(), fault.message(), where};
  }

 private:
  Value parse_repaired(const Script& script, const Error& fault) const {
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

  static std::string_view around(std::string_view text, std::size_t offset) {
    const std::size_t line = text.rfind('\n', offset == 0 ? 0 : offset - 1) + 1;
    const std::size_t start = line > offset ? offset : line;
    return text.substr(start, text.find('\n', offset) - start);
  }

  [[nodiscard]] base::Where place(const Script& script, std::size_t offset) const {
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

  const syntax::ReadOptions& options_;
};

std::string read_whole(base::ByteSource& source, const syntax::ReadOptions& options) {
  const std::string& option = options.max_bytes_option;
  return base::read_all(source, options.max_bytes, options.source_name, option.empty() ? "--max-document" : option);
}

void read_json_ld(base::ByteSource& source, const syntax::ReadOptions& options, const rdf::QuadSink& sink) {
  std::string text = read_whole(source, options);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  ProcessorOptions processor;
  processor.base = options.base;
  const JsonSource json(options);
  const Script whole{std::move(text), {}, 1, 1};
  const Value document = json.parse(whole);
  Value expanded;
  try {
    expanded = expand(document, processor);
  } catch (const Error& fault) {
    throw json.placed(fault, whole);
  }
  to_rdf(expanded, processor, sink);
}

void read_page(base::ByteSource& source, const syntax::ReadOptions& options, const rdf::QuadSink& sink) {
  const Page page = find_scripts(read_whole(source, options), options.base);
  const JsonSource json(options);
  ProcessorOptions processor;
  processor.base = page.base;
  Value::Array nodes;
  for (const Script& script : page.scripts) {
    try {
      const Value document = json.parse(script);
      Value expanded = expand(document, processor);
      std::move(expanded.array().begin(), expanded.array().end(), std::back_inserter(nodes));
    } catch (const Error& error) {
      const Error fault = error.where().line == 0 ? json.placed(error, script) : error;
      if (!options.lenient) throw Error(fault);
      json.report(Severity::Error, fault.where(), script.text, "script passed over", fault.message());
    }
  }
  if (page.scripts.empty()) {
    json.report(Severity::Warning, {options.source_name}, {}, {},
                "the page has no <script type=\"application/ld+json\">; add one with its events");
  }
  to_rdf(nodes, processor, sink);
}

}  // namespace

void read_any(base::ByteSource& source, syntax::Format format, const syntax::ReadOptions& options,
              const rdf::QuadSink& sink) {
  if (format == Format::JsonLd) return read_json_ld(source, options, sink);
  if (format == Format::Html) return read_page(source, options, sink);
  syntax::read(source, format, options, sink);
}

std::unique_ptr<syntax::Writer> make_any_writer(syntax::Format format, base::ByteSink sink,
                                                const syntax::WriteOptions& options) {
  if (format == Format::JsonLd) return make_json_ld_writer(std::move(sink), options);
  return syntax::make_writer(format, std::move(sink), options);
}

}  // namespace scenograph::jsonld
