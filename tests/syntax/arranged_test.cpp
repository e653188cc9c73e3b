#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "canon/compare.hpp"
#include "syntax/reader.hpp"
#include "syntax/writer.hpp"

using namespace scenograph;
using syntax::Format;

namespace {

std::vector<rdf::Quad> read_text(const std::string& text, syntax::ReadOptions options = {}) {
  std::vector<rdf::Quad> quads;
  const auto source = base::open_text(text);
  syntax::read(*source, Format::TriG, options, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
  return quads;
}

std::string arrange(const std::vector<rdf::Quad>& quads, Format format = Format::TriG,
                    std::size_t bytes = std::size_t{1} << 20U) {
  std::string text;
  syntax::WriteOptions options;
  options.prefixes = {{"", "http://x/"}};
  options.arrange_bytes = bytes;
  const auto writer = syntax::make_writer(
      format, [&text](std::string_view piece) { text += piece; }, options);
  for (const rdf::Quad& quad : quads) writer->write(quad);
  writer->finish();
  return text;
}

const std::string prefix = "@prefix : <http://x/> .\n\n";

}  // namespace

TEST_CASE("arranged TriG is written in one way", "[writer]") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {":b :p 2 , 1 ; a :T . :a :p 'x' , :o .", ":a :p :o ,\n        \"x\" .\n\n:b a :T ;\n    :p 1 ,\n        2 .\n"},
      {":a :p _:x . _:x :q 1 ; :r 2 .", ":a :p [\n        :q 1 ;\n        :r 2\n    ] .\n"},
      {":a :p _:x , [] . _:x :q [ :r 1 ] .", ":a :p [ :q [ :r 1 ] ] ,\n        [] .\n"},
      {":a :p _:x ; :q _:x . _:x :r 1 .", ":a :p _:x ;\n    :q _:x .\n\n_:x :r 1 .\n"},
      {":a :p ( 1 ( 'x' ) [ :q 2 ] () ) .", ":a :p ( 1 ( \"x\" ) [ :q 2 ] () ) .\n"},
      {"[ :p 2 ] . _:z :p 1 .", "[] :p 1 .\n\n[] :p 2 .\n"},
      {"_:a :p _:b . _:b :p _:c . _:c :p _:b .", "_:b :p [ :p _:b ] .\n\n[] :p _:b .\n"},
      {"_:a :p _:a .", "_:a :p _:a .\n"},
      {"_:a :p _:b . _:b :p _:a .", "_:a :p _:b .\n\n_:b :p _:a .\n"},
      {"_:s :p 1 . :g { _:s :p 1 }", "_:s :p 1 .\n\n:g {\n    _:s :p 1 .\n}\n"},
      {":g { :s :p [ :q 1 ] } :s :p 1 . :g { :s :p 1 }",
       ":s :p 1 .\n\n:g {\n    :s :p 1 ,\n            [ :q 1 ] .\n}\n"},
      {":g { :s :p _:x } _:x :q 1 .", "_:x :q 1 .\n\n:g {\n    :s :p _:x .\n}\n"},
      {"_:g { :s :p _:g }", "_:g {\n    :s :p _:g .\n}\n"},
      {"", ""},
  };
  for (const auto& [given, expected] : cases) {
    INFO(given);
    std::vector<rdf::Quad> quads = read_text(prefix + given);
    const std::string text = arrange(quads);
    CHECK(text == (given.empty() ? "" : prefix + expected));
    std::reverse(quads.begin(), quads.end());
    CHECK(arrange(quads) == text);
    CHECK(arrange(read_text(text)) == text);
    CHECK(canon::isomorphic(read_text(text), quads));
  }
}

TEST_CASE("what is deep or broken is arranged so that it can be read", "[writer]") {
  std::string deep = ":s :p ";
  for (int i = 0; i < 200; ++i) deep += "[ :p ";
  deep += "1" + std::string(200, ']') + " .";
  std::string list = ":s :p (";
  for (int i = 0; i < 5000; ++i) list += " " + std::to_string(i);
  const std::string rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n";
  for (const std::string& text :
       {deep, list + " ) .", rdf + ":s :p _:h . _:h rdf:first 1 .",
        rdf + ":s :p _:h . _:h rdf:first 1, 2 ; rdf:rest () .",
        rdf + ":s :p _:h . _:h rdf:first 1 ; rdf:rest _:t . _:t rdf:first 2 ; rdf:rest _:h .",
        rdf + ":s :p _:h . _:h rdf:first 1 ; rdf:rest _:t . _:t rdf:first 2 ; rdf:rest () . :o :q _:t .",
        rdf + ":s :p _:h . _:h rdf:first 1 ; rdf:rest <http://x/l> ."}) {
    const std::vector<rdf::Quad> quads = read_text(prefix + text);
    CHECK(canon::isomorphic(read_text(arrange(quads)), quads));
  }
}

TEST_CASE("more than the memory for it is written as it comes", "[writer]") {
  std::string text = prefix;
  for (int i = 999; i >= 0; --i) text += ":s" + std::to_string(i) + " :p " + std::to_string(i) + " .\n";
  const std::vector<rdf::Quad> quads = read_text(text);
  const std::string written = arrange(quads, Format::Turtle, 10000);
  CHECK(written == text);
  CHECK(arrange(quads, Format::Turtle).find(":s0 :p 0 .") < 100);
}

TEST_CASE("prefixes of the source are kept", "[writer]") {
  for (const std::size_t bytes : {0, 1, 1000000}) {
    std::string text;
    syntax::WriteOptions options;
    options.arrange_bytes = bytes;
    const auto writer = syntax::make_writer(
        Format::Turtle, [&text](std::string_view piece) { text += piece; }, options);
    syntax::ReadOptions read;
    read.on_prefix = [&](std::string_view name, std::string_view iri) { writer->add_prefix(name, iri); };
    const std::string given =
        "@prefix ex: <http://x/> .\n@prefix schema: <https://schema.org/> .\n"
        "ex:a a schema:Play .\n@prefix ex: <http://y/> .\nex:b ex:p 1 .";
    const auto source = base::open_text(given);
    syntax::read(*source, Format::Turtle, read, [&](const rdf::Quad& quad) { writer->write(quad); });
    writer->finish();
    INFO(text);
    CHECK(text.find("@prefix schema: <https://schema.org/> .") != std::string::npos);
    CHECK(text.find("a schema:Play") != std::string::npos);
    CHECK(canon::isomorphic(read_text(text), read_text(given)));
  }
}

TEST_CASE("prefixes of RDF/XML are kept where Turtle has such names", "[writer]") {
  std::string text;
  const auto writer = syntax::make_writer(Format::Turtle, [&text](std::string_view piece) { text += piece; });
  syntax::ReadOptions read;
  read.on_prefix = [&](std::string_view name, std::string_view iri) { writer->add_prefix(name, iri); };
  const std::string given =
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:a.='http://dot/' xmlns='http://d/' "
      "xmlns:_b='http://under/' xmlns:é='http://e/'><rdf:Description rdf:about='http://x/s'><a.:p>1</a.:p>"
      "<_b:p>2</_b:p><é:p>3</é:p><p>4</p></rdf:Description></rdf:RDF>";
  const auto source = base::open_text(given);
  std::vector<rdf::Quad> quads;
  syntax::read(*source, Format::RdfXml, read, [&](const rdf::Quad& quad) {
    writer->write(quad);
    quads.push_back(quad);
  });
  writer->finish();
  INFO(text);
  CHECK(text.find(" é:p \"3\"") != std::string::npos);
  CHECK(text.find(" :p \"4\"") != std::string::npos);
  CHECK(text.find(" <http://dot/p> \"1\"") != std::string::npos);
  CHECK(canon::isomorphic(read_text(text), quads));
}
