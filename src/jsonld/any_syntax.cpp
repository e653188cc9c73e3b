#include "jsonld/any_syntax.hpp"

#include <algorithm>

#include "base/limited_source.hpp"
#include "base/spool.hpp"
#include "jsonld/internal/direct_reader.hpp"
#include "jsonld/internal/json_source.hpp"
#include "jsonld/internal/read_page.hpp"
#include "jsonld/internal/top_level.hpp"
#include "jsonld/internal/writer.hpp"
#include "jsonld/processor.hpp"
#include "markup/scripts.hpp"

namespace scenograph::jsonld {

namespace {

using base::Error;
using markup::Script;
using syntax::Format;

constexpr std::size_t held_bytes = std::size_t{1} << 20U;  ///< longer documents are read part by part if they can be

std::string limit_option(const syntax::ReadOptions& options) {
  return options.max_bytes_option.empty() ? "--max-document" : options.max_bytes_option;
}

std::string read_whole(base::ByteSource& source, const syntax::ReadOptions& options) {
  return base::read_all(source, options.max_bytes, options.source_name, limit_option(options));
}

/// A document held in memory.
void read_held(std::string text, JsonSource& json, const ProcessorOptions& processor, const rdf::QuadSink& sink) {
  const Script whole{std::move(text), {}, 1, 1};
  DirectReader reader(processor, sink, json.log());
  json.read(whole, reader);
}

/// A document read twice: for its shape, and then by its parts.
class LongDocument {
 public:
  LongDocument(JsonSource& json, const ProcessorOptions& processor, const rdf::QuadSink& sink)
      : json_(json), processor_(processor), sink_(sink) {}

  void read(std::string beginning, base::ByteSource& rest) {
    for (std::string block = std::move(beginning); !block.empty();) {
      shape_.feed(block);
      spool_.append(block);
      block.resize(block_bytes);
      block.resize(rest.read(block));
    }
    const auto text = spool_.read();
    if (shape_.shape() == TopLevel::Shape::Other)
      return read_held(base::read_all(*text, 0, {}), json_, processor_, sink_);
    read_parts(*text);
  }

 private:
  static constexpr std::size_t block_bytes = std::size_t{1} << 16U;

  void read_parts(base::ByteSource& text) {
    DirectReader reader(processor_, sink_, json_.log());
    if (shape_.shape() == TopLevel::Shape::Array) {
      reader.begin_array();
    } else {
      json_.begin_graph(shape_.context(), reader);
    }
    TopLevel parts([&](std::string_view part, std::uint64_t line, std::uint64_t column) {
      json_.read_element({std::string(part), {}, line, column}, reader);
    });
    std::string block(block_bytes, '\0');
    while (const std::size_t got = text.read(block)) parts.feed(std::string_view(block).substr(0, got));
  }

  JsonSource& json_;
  const ProcessorOptions& processor_;
  const rdf::QuadSink& sink_;
  TopLevel shape_;
  base::Spool spool_;
};

/// The document, or where it is longer as much as is held.
std::string read_beginning(base::ByteSource& source) {
  std::string text;
  for (std::size_t got = 1; got != 0 && text.size() < held_bytes;) {
    const std::size_t size = text.size();
    text.resize(std::max(std::size_t{1} << 14U, 2 * size));
    got = source.read(std::span(text).subspan(size));
    text.resize(size + got);
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

void read_json_ld(base::ByteSource& source, const syntax::ReadOptions& options, const rdf::QuadSink& sink,
                  const DocumentLoader& loader) {
  base::LimitedSource limited(source, options.max_bytes, options.source_name, limit_option(options));
  ProcessorOptions processor;
  processor.base = options.base;
  processor.loader = loader;
  JsonSource json(options, loader);
  std::string text = read_beginning(limited);
  if (text.size() + 3 < held_bytes) {
    read_held(std::move(text), json, processor, sink);
  } else {
    LongDocument(json, processor, sink).read(std::move(text), limited);
  }
  json.finish();
}

void read_html(base::ByteSource& source, const syntax::ReadOptions& options, const rdf::QuadSink& sink,
               const DocumentLoader& loader) {
  JsonSource json(options, loader);
  read_page(
      read_whole(source, options), options, [&json](const Script& script) { return json.parse(script); }, loader, sink);
  json.finish();
}

}  // namespace

void read_any(base::ByteSource& source, syntax::Format format, const syntax::ReadOptions& options,
              const rdf::QuadSink& sink, const DocumentLoader& loader) {
  if (format == Format::JsonLd) return read_json_ld(source, options, sink, loader);
  if (format == Format::Html) return read_html(source, options, sink, loader);
  syntax::read(source, format, options, sink);
}

std::unique_ptr<syntax::Writer> make_any_writer(syntax::Format format, base::ByteSink sink,
                                                const syntax::WriteOptions& options) {
  if (format == Format::JsonLd) return make_json_ld_writer(std::move(sink), options);
  return syntax::make_writer(format, std::move(sink), options);
}

}  // namespace scenograph::jsonld
