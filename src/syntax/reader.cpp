#include "syntax/reader.hpp"

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "syntax/internal/limited_source.hpp"
#include "syntax/internal/readers.hpp"

namespace scenograph::syntax {

std::size_t LimitedSource::read(std::span<char> buffer) {
  const std::size_t got = source_.read(buffer);
  done_ += got;
  if (options_.max_bytes != 0 && done_ > options_.max_bytes) {
    const std::string& option = options_.max_bytes_option;
    throw base::Error(base::Code::TooLarge,
                      fmt::format("larger than the {} bytes allowed; {} raises the limit", options_.max_bytes,
                                  option.empty() ? "--max-bytes" : option),
                      {options_.source_name});
  }
  return got;
}

void report(const ReadOptions& options, const base::Error& fault, std::string_view found, base::PhraseView done) {
  if (!options.diagnostics) return;
  base::Diagnostic diagnostic;
  diagnostic.severity = base::Severity::Error;
  diagnostic.where = fault.where();
  diagnostic.found = base::cut_utf8(found, 200);
  diagnostic.message = base::explained(done, fault.message());
  options.diagnostics(diagnostic);
}

void read(base::ByteSource& source, Format format, const ReadOptions& options, const rdf::QuadSink& sink) {
  LimitedSource limited(source, options);
  switch (format) {
    case Format::NTriples:
    case Format::NQuads:
      return read_lines(limited, format, options, sink);
    case Format::Turtle:
    case Format::TriG:
      return read_turtle(limited, format, options, sink);
    case Format::RdfXml:
      return read_rdf_xml(limited, options, sink);
    case Format::JsonLd:
    case Format::Html:
      break;
  }
  throw base::Error(base::Code::Unsupported, fmt::format("{} is not read as a stream of quads", name_of(format)),
                    {options.source_name});
}

}  // namespace scenograph::syntax
