#include "syntax/reader.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace scenograph;

namespace {

struct Outcome {
  std::string quads;  ///< as N-Quads without the final full stops
  std::string error;  ///< "line:column message"
  std::vector<std::string> diagnostics;
};

std::string place(const base::Where& where) { return std::to_string(where.line) + ":" + std::to_string(where.column); }

Outcome read_text(std::string_view text, syntax::Format format, syntax::ReadOptions options = {}) {
  Outcome outcome;
  options.diagnostics = [&outcome](const base::Diagnostic& each) {
    outcome.diagnostics.push_back(place(each.where) + " " + each.message.en);
  };
  const auto source = base::open_text(text);
  try {
    syntax::read(*source, format, options, [&outcome](const rdf::Quad& quad) {
      for (const rdf::Term* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
        if (!term->is_default_graph()) outcome.quads += rdf::to_ntriples(*term) + " ";
      }
      outcome.quads.back() = '\n';
    });
  } catch (const base::Error& error) {
    outcome.error = place(error.where()) + " " + error.message();
  }
  return outcome;
}

using syntax::Format;

}  // namespace

TEST_CASE("documents are read as their grammars say", "[reader]") {
  struct Case {
    Format format;
    const char* text;
    const char* quads;
  };
  const std::vector<Case> cases = {
      {Format::NTriples, "\xEF\xBB\xBF<a:s> <a:p> \"x\\u00e9\\n\"@FR-ca .\r\n# end\r\n",
       "<a:s> <a:p> \"x\u00e9\\n\"@fr-ca\n"},
      {Format::NTriples, "_:a<a:p>_:b.", "_:a <a:p> _:b\n"},
      {Format::NQuads, "<a:s> <a:p> \"1\"^^<a:d> <a:g> . # why\n\n<a:s> <a:p> \"\" _:g .",
       "<a:s> <a:p> \"1\"^^<a:d> <a:g>\n<a:s> <a:p> \"\" _:g\n"},
      {Format::Turtle, "\xEF\xBB\xBF@prefix : <http://x/> .\n:s a :T ; :p 1, 1.5, true, [ :q \"a\"@fr ] .",
       "<http://x/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/T>\n"
       "<http://x/s> <http://x/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>\n"
       "<http://x/s> <http://x/p> \"1.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>\n"
       "<http://x/s> <http://x/p> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>\n"
       "<http://x/s> <http://x/p> _:g1\n"
       "_:g1 <http://x/q> \"a\"@fr\n"},
      {Format::Turtle, "_:b1 <a:p> _:B1 . [] <a:p> _:g1 .", "_:b1 <a:p> _:B1\n_:g1 <a:p> _:gg1\n"},
      {Format::Turtle, "@prefix a: <a:> . a:x_:y a:p \"_:z\", '''_:\"'# ''' , <a:_:b> . # _:c",
       "<a:x_:y> <a:p> \"_:z\"\n<a:x_:y> <a:p> \"_:\\\"'# \"\n<a:x_:y> <a:p> <a:_:b>\n"},
      {Format::TriG, "PREFIX : <a:> GRAPH :g { :s :p :o . :s :p 'x' } _:h { :s :p () }",
       "<a:s> <a:p> <a:o> <a:g>\n<a:s> <a:p> \"x\" <a:g>\n"
       "<a:s> <a:p> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> _:h\n"},
      {Format::RdfXml,
       "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:a='http://x/'>"
       "<rdf:Description rdf:about='http://x/s'><a:p xml:lang='fr'>é</a:p><a:q rdf:parseType='Resource'><a:r "
       "rdf:nodeID='g1'/></a:q></rdf:Description></rdf:RDF>",
       "<http://x/s> <http://x/p> \"é\"@fr\n_:g1 <http://x/r> _:gg1\n<http://x/s> <http://x/q> _:g1\n"},
  };
  for (const Case& each : cases) {
    INFO(each.text);
    const Outcome outcome = read_text(each.text, each.format);
    CHECK(outcome.error == "");
    CHECK(outcome.quads == each.quads);
  }
}

TEST_CASE("the first fault is named with its place", "[reader]") {
  struct Case {
    Format format;
    const char* text;
    const char* error;
  };
  const std::vector<Case> cases = {
      {Format::NTriples, "<a:s> <a:p> <a:o>\n", "1:18 the statement must end with a full stop"},
      {Format::NTriples, "\n<a:é> <p> <a:o> .\n", "2:7 <p> is not an absolute IRI: it has no scheme such as https:"},
      {Format::NTriples, "<a:s> <a:p> <a:o> <a:g> .", "1:19 a triple must end with a full stop after its object"},
      {Format::NTriples, "<1:s> <a:p> <a:o> .", "1:1 <1:s> is not an absolute IRI: it has no scheme such as https:"},
      {Format::NTriples, "<a:s> <a:p> <a:%4> .",
       "1:13 <a:%4> is not an absolute IRI: it has a % without two hexadecimal digits"},
      {Format::NTriples, "<a:s> <a:p> <a:o\\u0020> .", "1:13 <a:o > is not an absolute IRI: it has a space"},
      {Format::NTriples, "<a:s> <a:p> <a:o .", "1:19 the IRI is not closed; put > after it"},
      {Format::NTriples, "<a:s> <a:p> \"x\\\" .", "1:19 the literal is not closed; put \" after it"},
      {Format::NTriples, "<a:s> <a:p> \"é\\ud800\" .", "1:15 the escape names no Unicode character"},
      {Format::NTriples, "<a:s> <a:p> \"x\"@1 .", "1:17 a language tag is written as @fr or @fr-CA"},
      {Format::NTriples, "<a:s> <a:p> \"x\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .",
       "1:18 rdf:langString needs a language tag such as @fr in its place"},
      {Format::NTriples, "<a:s> <a:p> \"x\xFF\" .", "1:15 the byte 0xFF is not UTF-8; convert the file to UTF-8"},
      {Format::Turtle, "<a:s> <a:p>\n  schema:Event .",
       "2:3 the prefix schema: is not declared; add @prefix schema: <http://schema.org/> ."},
      {Format::Turtle, "<a:s> <a:p> <o> .",
       "1:13 the IRI <o> is relative and there is no base; give a base IRI, or @base <…> in the document"},
      {Format::Turtle, "<a:s> <a:p> \"é\xFF\" .", "1:15 the byte 0xFF is not UTF-8; convert the file to UTF-8"},
      {Format::Turtle, "<a:s> <a:p> \"x\n\" .",
       "1:15 the string is not closed; put a quotation mark after it, or three around several lines"},
      {Format::Turtle, "<a:s> <a:p> '''x",
       "1:17 the string is not closed; put ''' after it; the document may be cut short"},
      {Format::Turtle, "<a:s> <a:p> 'é\\x' .", "1:15 no such escape; write a backslash as \\\\"},
      {Format::Turtle, "<a:s> <a:p> <a:b c> .", "1:17 an IRI cannot hold « »; write it as %20"},
      {Format::Turtle, "<a:s>\r\n<a:p>\r<a:b .\n", "3:7 the IRI is not closed; put > after it"},
      {Format::Turtle, "<a:s> <a:p> <a:o>", "1:18 expected . , ; or a further object; the document may be cut short"},
      {Format::Turtle, "<a:g> { }", "1:7 graphs in braces are TriG, not Turtle; say that it is trig"},
      {Format::Turtle, "<< <a:s> <a:p> <a:o> >> <a:p> 1 .",
       "1:1 triples as terms and reified triples (RDF 1.2) are not read"},
      {Format::TriG, "<a:g> { <a:s> <a:p> 1", "1:22 expected . , ; or }; the document may be cut short"},
      {Format::RdfXml, "<a>\n<b></a>", "2:0 XML parser error - Opening and ending tag mismatch: b line 0 and a"},
  };
  for (const Case& each : cases) {
    INFO(each.text);
    CHECK(read_text(each.text, each.format).error == each.error);
  }
  CHECK(read_text("<a:s> <a:p> <a:o> ;;; ]", Format::Turtle).error.starts_with("1:23 expected"));
}

TEST_CASE("lenient reading goes on after the broken statement", "[reader]") {
  syntax::ReadOptions lenient;
  lenient.lenient = true;
  const std::string good = "<a:s> <a:p> <a:1>\n<a:s> <a:p> <a:2>\n";
  const std::vector<std::pair<Format, const char*>> cases = {
      {Format::NTriples, "<a:s> <a:p> <a:1> .\nnothing\n<a:s> <a:p> <a:2> ."},
      {Format::Turtle, "<a:s> <a:p> <a:1> .\n<a:s> <a:p> .\n<a:s> <a:p> <a:2> ."},
      {Format::Turtle, "@prefix a: <a:> . a:s a:p a:1 .\n<a:s> ] \"x. \" ( .) ; <a:q> .\na:s a:p a:2 ."},
      {Format::Turtle, "<a:s> <a:p> <a:1> .\n<a:s> <a:p> \"broken\n. <a:s> <a:p> <a:2> ."},
      {Format::Turtle, "<a:s> <a:p> <a:1> .\n<a:s> <a:p> x:y .\n<a:s> <a:p> <a:2> ."},
      {Format::Turtle, "<a:s> <a:p> <a:1> .\n<a:s> <a:p> \"\xFF\" .\n<a:s> <a:p> <a:2> ."},
      {Format::TriG, "<a:s> <a:p> <a:1> .\n<a:g> { <a:s> <a:p> . <a:s> <a:p> <a:3> }\n<a:s> <a:p> <a:2> ."},
  };
  for (const auto& [format, text] : cases) {
    INFO(text);
    const Outcome outcome = read_text(text, format, lenient);
    CHECK(outcome.error == "");
    CHECK(outcome.quads == good);
    CHECK(outcome.diagnostics.size() == 1);
  }
}

TEST_CASE("lenient reading leaves out single triples whose terms are wrong", "[reader]") {
  syntax::ReadOptions lenient;
  lenient.lenient = true;
  for (const std::string wrong : {"<a:b c>", "<rel>", "x:y", "'\\x'", "'x'^^<d>", "'x'@9", "<a:%4>", "'\\ud800'"}) {
    INFO(wrong);
    const Outcome outcome = read_text("<a:s> <a:p> 'x' , " + wrong + " ; <a:q> 'y' .", Format::Turtle, lenient);
    CHECK(outcome.quads == "<a:s> <a:p> \"x\"\n<a:s> <a:q> \"y\"\n");
    CHECK(outcome.diagnostics.size() == 1);
  }
}

TEST_CASE("statements may be longer than what is read at a time", "[reader]") {
  std::string text = "<a:s> <a:p> '''";
  for (int i = 0; i < 100000; ++i) text += "é' line\n";
  text += "''' , [ <a:q> ";
  for (int i = 0; i < 100000; ++i) text += (i == 0 ? "<a:o" : " , <a:o") + std::to_string(i) + ">";
  const Outcome outcome = read_text(text + " ] . #", Format::Turtle);
  CHECK(outcome.error == "");
  CHECK(std::count(outcome.quads.begin(), outcome.quads.end(), '\n') == 100002);
  CHECK(outcome.quads.ends_with("_:g1 <a:q> <a:o99999>\n"));
}

TEST_CASE("tokens end where the grammar says", "[reader]") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"a:s a:p a:b.c.", "<a:b.c>"},
      {"a:s a:p-1 .", ""},
      {"a:s a: -1.", "\"-1\"^^<http://www.w3.org/2001/XMLSchema#integer>"},
      {"a:s a:-1 .", "\"-1\"^^<http://www.w3.org/2001/XMLSchema#integer>"},
      {"a:s a:p 1.e5.", "\"1.e5\"^^<http://www.w3.org/2001/XMLSchema#double>"},
      {"a:s a:p .5.", "\".5\"^^<http://www.w3.org/2001/XMLSchema#decimal>"},
      {"a:s a:p true.", "\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>"},
      {"a:s a:p 'x' @en-GB .", "\"x\"@en-gb"},
      {"a:s a:p 'x' ^^ a:d .", "\"x\"^^<a:d>"},
      {"a:s a:p a:%41\\~\\%20é .", "<a:%41~%20é>"},
      {"a:s a:p _:a.b. ", "_:a.b"},
      {"a:s a a:.", "<a:>"},
  };
  for (const auto& [text, object] : cases) {
    INFO(text);
    const Outcome outcome = read_text("@prefix a: <a:> . " + text, Format::Turtle);
    CHECK((outcome.error == "") == (object != ""));
    if (!object.empty()) CHECK(outcome.quads.ends_with(" " + object + "\n"));
  }
}

TEST_CASE("a fault of the input does not leave terms cut short", "[reader]") {
  syntax::ReadOptions lenient;
  lenient.lenient = true;
  for (const std::string_view text :
       {"<a:s> <a:p> _: .", "<a:s> <a:p> _:a\xFF .", "<a:s> <a:p> 12\xFF .", "@prefix a\xFF"}) {
    const Outcome outcome = read_text(text, Format::Turtle, lenient);
    CHECK(outcome.quads == "");
    CHECK(outcome.diagnostics.size() == 1);
  }
}

TEST_CASE("a document may not end within a blank node", "[reader]") {
  syntax::ReadOptions lenient;
  lenient.lenient = true;
  CHECK(read_text("<a:s> <a:p> _:", Format::Turtle).error == "1:14 a blank node label is missing");
  CHECK(read_text("<a:s> <a:p> _:", Format::Turtle, lenient).quads == "");
}

TEST_CASE("made-up labels stay unique after a fault", "[reader]") {
  syntax::ReadOptions lenient;
  lenient.lenient = true;
  const Outcome outcome = read_text("[] <a:p> 'x' . <a:s> . [] <a:p> 'y' .", Format::Turtle, lenient);
  CHECK(outcome.quads == "_:g1 <a:p> \"x\"\n_:g2 <a:p> \"y\"\n");
}

TEST_CASE("untrusted input is bounded", "[reader]") {
  std::string deep = "<a:s> <a:p> ";
  for (int i = 0; i < 100000; ++i) deep += "[<a:p>";
  CHECK(read_text(deep, Format::Turtle).error == "1:1549 brackets nested more than 256 deep");
  CHECK(read_text("<a:s> <a:p> " + std::string(100000, '('), Format::Turtle).error ==
        "1:269 brackets nested more than 256 deep");
  syntax::ReadOptions options;
  options.max_line = 1000;
  const std::string literal = "<a:s> <a:p> \"" + std::string(200000, 'x') + "\" .";
  CHECK(read_text(literal, Format::Turtle, options).error.find("--max-line") != std::string::npos);
  CHECK(read_text(literal, Format::NTriples, options).error.find("--max-line") != std::string::npos);
  options.max_bytes = 10;
  CHECK(read_text(literal, Format::NTriples, options).error.find("--max-bytes") != std::string::npos);
  std::string bomb = "<!DOCTYPE r [<!ENTITY a0 'xxxxxxxxxxxxxxxxxxxx'>";
  for (int i = 1; i < 12; ++i) {
    bomb += "<!ENTITY a" + std::to_string(i) + " '";
    for (int k = 0; k < 10; ++k) bomb += "&a" + std::to_string(i - 1) + ";";
    bomb += "'>";
  }
  bomb += "]><r xmlns='http://x/'><p>&a11;</p></r>";
  CHECK(read_text(bomb, Format::RdfXml).error != "");
}

TEST_CASE("property attributes have the language of their element", "[reader]") {
  struct Case {
    const char* body;
    const char* quads;
  };
  const std::vector<Case> cases = {
      {"<rdf:Description rdf:about='a:s' xml:lang='fr' a:p='x'/>", "<a:s> <http://x/p> \"x\"@fr\n"},
      {"<rdf:Description a:p='&gt;x' xml:lang = \"fr\" rdf:about='a:s'><a:q>y</a:q></rdf:Description>",
       "<a:s> <http://x/p> \">x\"@fr\n<a:s> <http://x/q> \"y\"@fr\n"},
      {"<rdf:Description rdf:about='a:s' xml:lang='fr'><a:q xml:lang='' a:p='x'/></rdf:Description>",
       "_:g2 <http://x/p> \"x\"\n<a:s> <http://x/q> _:g2\n"},
      {"<rdf:Description rdf:about='a:s' xml:lang='fr' a:lang='en'><a:q xml:lang='de' rdf:datatype='a:t'>x</a:q>"
       "</rdf:Description>",
       "<a:s> <http://x/lang> \"en\"@fr\n<a:s> <http://x/q> \"x\"^^<a:t>\n"},
      {"<!-- <a xml:lang='it' b='c'> --><rdf:Description rdf:about='a:s' a:xml-lang='fr' a:p='x'/>",
       "<a:s> <http://x/xml-lang> \"fr\"\n<a:s> <http://x/p> \"x\"\n"},
  };
  for (const Case& each : cases) {
    // With blanks in front so that tags lie across the blocks that are read.
    for (const std::size_t blanks : {std::size_t{0}, std::size_t{16'384 - 140}, std::size_t{16'384 - 170}}) {
      INFO(each.body << " " << blanks);
      const Outcome outcome = read_text(
          "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:a='http://x/' xml:lang='en'>" +
              std::string(blanks, ' ') + "<rdf:Description xml:lang=''>" + "</rdf:Description>" + each.body +
              "</rdf:RDF>",
          Format::RdfXml);
      CHECK(outcome.error == "");
      CHECK(outcome.quads == each.quads);
    }
  }
}

TEST_CASE("what makes an XML parser slow is bounded", "[reader]") {
  const std::string start = "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://e/'>";
  const auto repeat = [](std::string_view text, unsigned times) {
    std::string out;
    for (unsigned i = 0; i < times; ++i) out += text;
    return out;
  };
  CHECK(read_text(start + repeat("<e:C><e:p>", 100000), Format::RdfXml).error ==
        "1:1358 more than 256 elements nested");
  std::string attributes = start + "<e:C";
  for (unsigned i = 0; i < 100000; ++i) attributes += " e:p" + std::to_string(i) + "='<'";
  CHECK(read_text(attributes + "/>", Format::RdfXml).error ==
        "1:11248 more than 1024 attributes on the elements open here");
  CHECK(read_text("<!DOCTYPE a [\n<!ENTITY e '" + repeat("<b>", 2000) + "'>]>", Format::RdfXml).error ==
        "2:3085 more than 1024 pieces of markup in entities");
  const std::string flat = repeat("<!-- <a> --><?a <a ?><e:C e:p='>'/><e:C><e:q><![CDATA[<a>]]></e:q></e:C>", 300);
  const std::string entity = "<!DOCTYPE a [<!-- ' --><?a ?><!ELEMENT a ANY><!ENTITY x '&#233;<e:C/>'>]>";
  CHECK(read_text(entity + start + flat + "</r:RDF>", Format::RdfXml).error == "");
}

TEST_CASE("what the sink throws comes through", "[reader]") {
  for (const Format format : {Format::NTriples, Format::Turtle}) {
    const auto source = base::open_text("<a:s> <a:p> <a:o> .");
    CHECK_THROWS_AS(syntax::read(*source, format, {}, [](const rdf::Quad&) { throw std::runtime_error("full"); }),
                    std::runtime_error);
  }
}
