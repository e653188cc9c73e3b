#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "syntax/compression.hpp"
#include "syntax/format.hpp"
#include "syntax/negotiation.hpp"
#include "syntax/packer.hpp"
#include "syntax/prefixes.hpp"
#include "syntax/reader.hpp"
#include "syntax/writer.hpp"

using namespace scenograph;
using syntax::Format;

TEST_CASE("formats are known by name, ending and media type", "[format]") {
  for (const Format format : syntax::all_formats()) {
    CHECK(syntax::parse_format(name_of(format)) == format);
    CHECK(syntax::parse_format(extension_of(format)) == format);
    CHECK(syntax::parse_format(std::string(media_type(format)) + "; charset=utf-8") == format);
    for (const char* packed : {"", ".GZ", ".zst"}) {
      CHECK(syntax::format_of_path("/a.b/x." + std::string(extension_of(format)) + packed) == format);
    }
  }
  CHECK(syntax::parse_format(" Turtle ") == Format::Turtle);
  CHECK(syntax::format_of_media_type("application/json") == Format::JsonLd);
  CHECK_FALSE(syntax::format_of_media_type("image/png"));
  CHECK_FALSE(syntax::format_of_path("/a.ttl/readme"));
  CHECK_THROWS_WITH(syntax::parse_format("csv"), Catch::Contains("use one of ntriples, nquads, turtle"));
}

TEST_CASE("documents are told by their first bytes", "[format]") {
  const std::vector<std::pair<const char*, std::optional<Format>>> cases = {
      {"", std::nullopt},
      {"  {\"@context\":", Format::JsonLd},
      {"[ { \"@id\"", Format::JsonLd},
      {"[ a <x> ]", Format::Turtle},
      {"# by hand\n@prefix s: <x> .", Format::Turtle},
      {"PREFIX s: <http://x/>", Format::Turtle},
      {"BASE <http://x/> PREFIX s: <http://x/> GRAPH s:g {", Format::TriG},
      {"@prefix s: <http://x/> . s:g { s:a", Format::TriG},
      {"@base <http://x/> . @prefix s: <http://x/> . s:a s:b", Format::Turtle},
      {"GRAPH <http://x/g> { }", Format::TriG},
      {"{ <http://x/s> <http://x/p> 1 }", Format::TriG},
      {"_:g { <http://x/s>", Format::TriG},
      {"<http://x/s> <http://x/p> <http://x/o> <http://x/g> .", Format::NQuads},
      {"_:a <http://x/p> \"x\"@fr _:g .", Format::NQuads},
      {"<http://x/s> <http://x/p> \"1\"^^<http://x/d> <http://x/g> .", Format::NQuads},
      {"<http://x/s> <http://x/p> \"1\"^^<http://x/d> .", Format::Turtle},
      {"<http://x/s> <http://x/p> \"1", Format::Turtle},
      {"<http://x/s> <http://x/p> 1 .", Format::Turtle},
      {"\xEF\xBB\xBF<?xml version='1.0'?><rdf:RDF ", Format::RdfXml},
      {"<!DOCTYPE html><html>", Format::Html},
      {"<div class='x'>", Format::Html},
      {"id;title", std::nullopt},
  };
  for (const auto& [text, format] : cases) {
    INFO(text);
    CHECK(syntax::sniff(text) == format);
  }
}

TEST_CASE("the best media type is chosen", "[negotiation]") {
  const std::array<std::string_view, 3> offered = {"text/html", "text/turtle", "application/ld+json"};
  struct Case {
    const char* accept;
    std::optional<std::size_t> chosen;
  };
  const std::vector<Case> cases = {
      {"", 0},
      {"*/*", 0},
      {"text/turtle", 1},
      {"TEXT/Turtle;charset=utf-8", 1},
      {"text/*;q=0.5, application/ld+json;q=0.6", 2},
      {"text/html;q=0, */*;q=0.1", 1},
      {"application/ld+json;q=0.9, text/turtle;q=0.9", 1},
      {"application/ld+json;profile=\"a,b;c\";q=1", 2},
      {"image/png", std::nullopt},
      {"text/html;q=0", std::nullopt},
      {"nonsense", 0},
      {"text/turtle;q=high", 0},
  };
  for (const Case& each : cases) {
    INFO(each.accept);
    CHECK(syntax::negotiate(each.accept, offered) == each.chosen);
  }
}

TEST_CASE("answers are packed as the client likes best", "[negotiation]") {
  using syntax::Packing;
  struct Case {
    const char* header;
    Packing packing;
  };
  for (const auto& [header, packing] : {Case{"", Packing::None},
                                        {"gzip", Packing::Gzip},
                                        {"X-GZIP", Packing::Gzip},
                                        {"zstd", Packing::Zstd},
                                        {"gzip, deflate, br, zstd", Packing::Zstd},
                                        {"zstd;q=0.5, gzip;q=0.6", Packing::Gzip},
                                        {"zstd; q=0, gzip;q=0.001", Packing::Gzip},
                                        {"br;q=1, *;q=0.5", Packing::Zstd},
                                        {"*, zstd;q=0", Packing::Gzip},
                                        {"*;q=0", Packing::None},
                                        {"identity, gzip;q=0.5", Packing::None},
                                        {"identity;q=0, gzip;q=0.5", Packing::Gzip},
                                        {"br, deflate", Packing::None},
                                        {"gzip;q=2", Packing::None},
                                        {",, ;;", Packing::None}}) {
    INFO(header);
    CHECK(syntax::negotiate_packing(header) == packing);
  }
}

TEST_CASE("IRIs are shortened only to what reads back", "[prefixes]") {
  const syntax::PrefixList prefixes = {{"s", "http://schema.org/"}, {"x", "http://schema.org/x/"}, {"", "urn:e:"}};
  const std::vector<std::pair<const char*, std::optional<std::string>>> cases = {
      {"http://schema.org/Event", "s:Event"},
      {"http://schema.org/x/1", "x:1"},
      {"http://schema.org/", "s:"},
      {"http://schema.org/a/b", "s:a\\/b"},
      {"http://schema.org/été.", "s:été\\."},
      {"http://schema.org/a%20b", "s:a%20b"},
      {"http://schema.org/a b", std::nullopt},
      {"http://other/", std::nullopt},
      {"urn:e:1", ":1"},
  };
  for (const auto& [iri, name] : cases) {
    INFO(iri);
    CHECK(syntax::shorten(prefixes, iri) == name);
  }
  CHECK(syntax::usual_namespace("schema") == "http://schema.org/");
  CHECK_FALSE(syntax::usual_namespace("nope"));
}

namespace {

std::string gzip(std::string text) {
  std::string out(text.size() + 256, '\0');
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(std::string_view text, int window_log = 0, bool checksum = true) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, checksum ? 1 : 0);
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
  if (window_log != 0) ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log);
  ZSTD_inBuffer in{text.data(), text.size(), 0};
  ZSTD_outBuffer to{out.data(), out.size(), 0};
  // In two calls, so that the frame cannot be made smaller than its window.
  while (in.pos < in.size) ZSTD_compressStream2(context, &to, &in, ZSTD_e_continue);
  while (ZSTD_compressStream2(context, &to, &in, ZSTD_e_end) != 0) continue;
  ZSTD_freeCCtx(context);
  out.resize(to.pos);
  return out;
}

std::string varied_text(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; text.size() < size; ++i) text += std::to_string(i * i % 100003) + " ";
  return text;
}

std::string inflated(std::string_view bytes) {
  const auto source = syntax::decompress(base::open_text(bytes), "a.gz");
  return base::read_all(*source, 0, "a.gz");
}

}  // namespace

TEST_CASE("gzip is undone, other bytes pass", "[compression]") {
  const std::string text(300000, 'x');
  CHECK(inflated("") == "");
  CHECK(inflated("a") == "a");
  CHECK(inflated(text) == text);
  CHECK(inflated(gzip("one") + gzip(text)) == "one" + text);
  const std::string packed = gzip(text);
  CHECK_THROWS_WITH(inflated(packed.substr(0, packed.size() / 2)), Catch::Contains("ends too early"));
  CHECK_THROWS_AS(inflated(gzip("one") + "junk"), base::Error);
}

TEST_CASE("zstd is undone", "[compression]") {
  const std::string text = varied_text(1'000'000);
  const std::string packed = zstd(text);
  const std::string passed_over("\x5A\x2A\x4D\x18\x03\x00\x00\x00xyz", 11);
  CHECK(packed.size() < text.size() / 2);
  CHECK(inflated(packed) == text);
  CHECK(inflated(zstd("")) == "");
  CHECK(inflated(zstd("one") + packed + zstd("two")) == "one" + text + "two");
  CHECK(inflated(passed_over + packed + passed_over) == text);
  CHECK(inflated("\x28\xB5") == "\x28\xB5");
}

TEST_CASE("what is packed can be unpacked", "[compression]") {
  using syntax::Packing;
  const std::string text = varied_text(300'000);
  for (const Packing packing : {Packing::None, Packing::Gzip, Packing::Zstd}) {
    for (const std::size_t piece : {std::size_t{1000}, text.size()}) {
      std::string packed;
      const auto packer = syntax::make_packer(packing, [&packed](std::string_view bytes) { packed += bytes; });
      for (std::size_t at = 0; at < text.size(); at += piece) packer->write(std::string_view(text).substr(at, piece));
      packer->finish();
      CHECK((packed == text) == (packing == Packing::None));
      CHECK(inflated(packed) == text);
    }
    std::string nothing;
    const auto packer = syntax::make_packer(packing, [&nothing](std::string_view bytes) { nothing += bytes; });
    packer->finish();
    CHECK(inflated(nothing) == "");
  }
  CHECK(syntax::parse_packing("zst") == Packing::Zstd);
  CHECK_THROWS_AS(syntax::parse_packing("rar"), base::Error);
}

TEST_CASE("damaged zstd data is refused", "[compression]") {
  const std::string packed = zstd(varied_text(300'000));
  for (std::size_t size = 5; size < packed.size(); size += packed.size() / 50) {
    INFO(size);
    CHECK_THROWS_WITH(inflated(packed.substr(0, size)), Catch::Contains("zstd data is damaged: it ends too early"));
  }
  for (std::size_t place = 4; place < packed.size(); place += packed.size() / 50) {
    INFO(place);
    std::string broken = packed;
    broken[place] = static_cast<char>(broken[place] ^ 0x55);
    CHECK_THROWS_AS(inflated(broken), base::Error);
  }
  CHECK_THROWS_WITH(inflated(packed + "junk"), Catch::Contains("zstd data is damaged"));
  CHECK_THROWS_WITH(inflated(zstd(varied_text(1000), 28)), Catch::Contains("more than 128 MiB"));
}

namespace {

std::string written(const std::string& trig, Format format, const syntax::WriteOptions& options) {
  std::string out;
  const auto writer = syntax::make_writer(
      format, [&out](std::string_view piece) { out += piece; }, options);
  const auto source = base::open_text(trig);
  syntax::read(*source, Format::TriG, {}, [&writer](const rdf::Quad& quad) { writer->write(quad); });
  writer->finish();
  return out;
}

}  // namespace

TEST_CASE("what is written is grouped and shortened", "[writer]") {
  const std::string trig =
      "@prefix s: <http://schema.org/> . s:e a s:Event ; s:name 'a'@fr, 'b\"' ; s:n 1, 1.5, 1e3, true ; s:x "
      "<http://b/c/d> ."
      "<http://b/g> { s:e s:name 'x' } s:f s:d '2025'^^<http://www.w3.org/2001/XMLSchema#gYear> .";
  syntax::WriteOptions options;
  options.base = "http://b/c/";
  CHECK(written(trig, Format::TriG, options) ==
        "@base <http://b/c/> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "@prefix schema: <http://schema.org/> .\n\n"
        "schema:e a schema:Event ;\n"
        "  schema:name \"a\"@fr, \"b\\\"\" ;\n"
        "  schema:n 1, 1.5, 1e3, true ;\n"
        "  schema:x <d> .\n"
        "<http://b/g> {\n"
        "  schema:e schema:name \"x\" .\n"
        "}\n"
        "schema:f schema:d \"2025\"^^xsd:gYear .\n");
  CHECK(written("<a:s> <a:p> 'x' .", Format::Turtle, {}) == "<a:s> <a:p> \"x\" .\n");
  CHECK(written("", Format::Turtle, {}) == "");
  CHECK_THROWS_WITH(written("<a:s> <http://x/1> 'x' .", Format::RdfXml, {}),
                    Catch::Contains("cannot name the property"));
  const std::string labels = written("_:1 <http://x/p> _:n1 .", Format::RdfXml, {});
  CHECK(labels.find("rdf:nodeID=\"n1\"") != std::string::npos);
  CHECK(labels.find("rdf:nodeID=\"nn1\"") != std::string::npos);
  for (const char* const name : {"li", "aboutEach", ":x", "x/y"}) {
    const std::string text = fmt::format("<a:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#{}> 'x' .", name);
    CHECK_THROWS_WITH(written(text, Format::RdfXml, {}), Catch::Contains("cannot name the property"));
  }
}

TEST_CASE("long documents are written in pieces that read back", "[writer]") {
  for (const Format format : {Format::TriG, Format::NQuads}) {
    std::size_t pieces = 0;
    std::string text;
    const auto writer = syntax::make_writer(format, [&](std::string_view piece) {
      ++pieces;
      text += piece;
    });
    rdf::Quad quad{rdf::Term::iri("http://x/s"), rdf::Term::iri("http://x/p"), {}, rdf::Term::iri("http://x/g")};
    for (int i = 0; i < 20000; ++i) {
      quad.object =
          i < 10000 ? rdf::Term::literal(std::to_string(i)) : rdf::Term::iri("http://schema.org/" + std::to_string(i));
      writer->write(quad);
    }
    writer->finish();
    CHECK(pieces > 1);
    std::size_t count = 0;
    const auto source = base::open_text(text);
    syntax::read(*source, format, {}, [&](const rdf::Quad& each) { count += each.graph == quad.graph ? 1U : 0U; });
    CHECK(count == 20000);
  }
}
