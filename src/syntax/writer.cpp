#include "syntax/writer.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "syntax/internal/writers.hpp"

namespace scenograph::syntax {

std::unique_ptr<Writer> make_writer(Format format, base::ByteSink sink, const WriteOptions& options) {
  switch (format) {
    case Format::NTriples:
    case Format::NQuads:
      return make_line_writer(format, std::move(sink));
    case Format::Turtle:
    case Format::TriG:
      return options.arrange_bytes == 0 ? make_turtle_writer(format, std::move(sink), options)
                                        : make_arranged_writer(format, std::move(sink), options);
    case Format::RdfXml:
      return make_rdf_xml_writer(std::move(sink), options);
    case Format::JsonLd:
    case Format::Html:
      break;
  }
  throw base::Error(base::Code::Unsupported, fmt::format("{} is not written quad by quad", name_of(format)));
}

}  // namespace scenograph::syntax
