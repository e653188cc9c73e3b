#include "markup/reading.hpp"

using namespace scenograph;
using tests::Case;

TEST_CASE("subjects", "[rdfa]") {
  const std::vector<Case> cases = {
      {"the page", "<p property=dc:title>x</p>", "<> dc:title \"x\" ."},
      {"about", "<p about=e><b property=dc:title>x</b>", "<e> dc:title \"x\" ."},
      {"about beside property", "<p about='#e' property=dc:title>x", "<#e> dc:title \"x\" ."},
      {"resource, href and src, without property", "<p resource=e href=f src=g><b property=dc:title>x</b>",
       "<e> dc:title \"x\" ."},
      {"a link", "<a href=f><b property=dc:title>x</b></a>", "<f> dc:title \"x\" ."},
      {"an image", "<img src=g property=dc:title content=x>", "<g> dc:title \"x\" ."},
      {"a type makes a subject", "<p typeof=s:Event xmlns:s=http://schema.org/><b property=dc:title>x</b>",
       "[] a s:Event ; dc:title \"x\" ."},
      {"typed by about", "<p about=e typeof=schema:Event property=dc:title>x", "<e> a s:Event ; dc:title \"x\" ."},
      {"typed by resource", "<p resource=e typeof='schema:Event schema:Festival'>x", "<e> a s:Event, s:Festival ."},
      {"the root is the page", "<html typeof=schema:WebPage property=dc:title content=x>",
       "<> a s:WebPage ; dc:title \"x\" ."},
      {"and the object of its own property", "<html typeof=schema:WebPage property=dc:a>",
       "<> a s:WebPage ; dc:a <> ."},
      {"the root by another name",
       "<html about=e><head property=dc:title content=x></head><body property=dc:date content=y>",
       "<e> dc:title \"x\" ; dc:date \"y\" ."},
      {"body has its parent's", "<body typeof=schema:WebPage><b property=dc:title>x</b>",
       "<> a s:WebPage ; dc:title \"x\" ."},
      {"a blank node by name",
       "<p about=_:a property=dc:title>x</p><p about='[_:a]' property=dc:date>y</p><p about=_:b "
       "rel=dc:relation resource=[_:]>",
       "_:a dc:title \"x\" ; dc:date \"y\" . _:b dc:relation [] ."},
      {"brackets that mean nothing are passed over", "<p about='[no:x]' property=dc:title>x</p>",
       "<> dc:title \"x\" ."},
      {"a prefixed name", "<p about=schema:e property=dc:title>x</p>", "s:e dc:title \"x\" ."},
      {"base", "<base href=/deep/><p about=e property=dc:title>x", "<http://page.test/deep/e> dc:title \"x\" ."},
  };
  for (const Case& each : cases) tests::check(each);
}

TEST_CASE("objects of properties", "[rdfa]") {
  const std::vector<Case> cases = {
      {"resource, href and src",
       "<a property=dc:a resource=r href=h>x</a><a property=dc:b href=h src=i>x</a>"
       "<img property=dc:c src=i>",
       "<> dc:a <r> ; dc:b <h> ; dc:c <i> ."},
      {"content before all", "<a about=e property=dc:a href=h content=x>y</a>", "<e> dc:a \"x\" ."},
      {"content, and the link is the subject", "<a property=dc:a href=h content=x>y</a>", "<h> dc:a \"x\" ."},
      {"a typed object", "<p property=dc:a typeof=schema:Event><b property=dc:b>x</b>",
       "<> dc:a [ a s:Event ; dc:b \"x\" ] ."},
      {"a typed object by name", "<p property=dc:a typeof=schema:Event href=h><b property=dc:b>x</b>",
       "<> dc:a <h> . <h> a s:Event ; dc:b \"x\" ."},
      {"about takes the type, and the object is the text", "<p about=e property=dc:a typeof=schema:Event>x",
       "<e> a s:Event ; dc:a \"x\" ."},
      {"several properties", "<p property=' dc:a\ndc:b '>x", "<> dc:a \"x\" ; dc:b \"x\" ."},
      {"a text with elements in it", "<p property=dc:a> a <b>b&amp;</b>\n</p>", "<> dc:a \" a b&\\n\" ."},
      {"no text", "<p property=dc:a></p>", "<> dc:a \"\" ."},
      {"a datatype", "<p property=dc:a datatype=xsd:integer>5</p><p property=dc:b datatype=xsd:integer content=6>x</p>",
       "<> dc:a 5 ; dc:b 6 ."},
      {"an empty datatype", "<p lang=fr property=dc:a datatype=''>a<b>b</b></p>", "<> dc:a \"ab\"@fr ."},
      {"a datatype keeps the link out", "<a about=e property=dc:a datatype='' href=h>x</a>", "<e> dc:a \"x\" ."},
      {"XML", "<p property=dc:a datatype=rdf:XMLLiteral>a<br class='x\"'><b>b &amp; &lt;</b></p>",
       "<> dc:a \"a<br class=\\\"x&quot;\\\"/><b>b &amp; &lt;</b>\"^^rdf:XMLLiteral ."},
      {"HTML", "<p property=dc:a datatype=rdf:HTML>a<br><I>b</I></p>", "<> dc:a \"a<br><i>b</i>\"^^rdf:HTML ."},
      {"elements of any name", "<p property=dc:a datatype=rdf:HTML><x-\xF1>y</x-\xF1></p>",
       "<> dc:a \"<x-\uFFFD>y</x-\uFFFD>\"^^rdf:HTML ."},
      {"content before datetime", "<time property=dc:a content=x datetime=2027-01-01>y</time>", "<> dc:a \"x\" ."},
      {"a datatype for datetime", "<time property=dc:a datatype=xsd:string datetime=2027-01-01>y</time>",
       "<> dc:a \"2027-01-01\" ."},
      {"datetime of any element", "<b property=dc:a datetime=2027-01-01>y</b>", "<> dc:a \"2027-01-01\"^^xsd:date ."},
      {"languages",
       "<div lang=fr><p property=dc:a>x</p><p property=dc:b lang=''>x</p><p property=dc:c xml:lang=EN>x</p>",
       "<> dc:a \"x\"@fr ; dc:b \"x\" ; dc:c \"x\"@en ."},
  };
  for (const Case& each : cases) tests::check(each);
}

TEST_CASE("relations", "[rdfa]") {
  const std::vector<Case> cases = {
      {"rel", "<a rel=dc:a href=h>x</a>", "<> dc:a <h> ."},
      {"rev", "<a rev=dc:a href=h>x</a>", "<h> dc:a <> ."},
      {"both", "<a about=e rel=dc:a rev=dc:b resource=h>x</a>", "<e> dc:a <h> . <h> dc:b <e> ."},
      {"an image", "<img about=e rel=dc:a src=i>", "<e> dc:a <i> ."},
      {"a typed object", "<p rel=dc:a typeof=schema:Event><b property=dc:b>x</b>",
       "<> dc:a [ a s:Event ; dc:b \"x\" ] ."},
      {"a typed subject", "<p about=e rel=dc:a typeof=schema:Event resource=r>", "<e> a s:Event ; dc:a <r> ."},
      {"what is inside is about the object", "<p rel=dc:a resource=r><b property=dc:b>x</b>",
       "<> dc:a <r> . <r> dc:b \"x\" ."},
      {"incomplete", "<div rel='dc:a dc:c' rev=dc:d><p about=x></p><p><a href=y>z</a></p></div>",
       "<> dc:a <x>, <y> ; dc:c <x>, <y> . <x> dc:d <> . <y> dc:d <> ."},
      {"incomplete, completed by a blank node", "<div rel=dc:a><p property=dc:b>x</p><p property=dc:c>y</p></div>",
       "<> dc:a [ dc:b \"x\" ; dc:c \"y\" ] ."},
      {"incomplete, and typed", "<div about=e rel=dc:a><p typeof=schema:Event></p><p typeof=schema:Event></p></div>",
       "<e> dc:a [ a s:Event ], [ a s:Event ; ] ."},
      {"incomplete, and nothing follows", "<div rel=dc:a></div>", ""},
      {"chains", "<div about=a rel=dc:x><div about=b rel=dc:y><div about=c></div></div></div>",
       "<a> dc:x <b> . <b> dc:y <c> ."},
      {"terms known to all", "<a rel=License href=h>x</a><a rel='nofollow describedby' href=i>x</a>",
       "<> <http://www.w3.org/1999/xhtml/vocab#license> <h> ; <http://www.w3.org/2007/05/powder-s#describedby> <i> ."},
      {"a colon alone", "<a rel=:next href=h>x</a>", "<> <http://www.w3.org/1999/xhtml/vocab#next> <h> ."},
      {"words that mean nothing", "<a rel='nofollow next' href=h>x</a><p property=dc:a>y</p>", "<> dc:a \"y\" ."},
      {"beside property, words do not count", "<a rel=license property=dc:a href=h>x</a>", "<> dc:a <h> ."},
      {"nor with a vocabulary", "<a vocab=http://v.test/ rel='next dc:b' property=a href=h>x</a>",
       "<> rdfa:usesVocabulary v: ; v:a \"x\" ; dc:b <h> ."},
      {"beside property, names do", "<a rel=dc:b property=dc:a href=h>x</a>", "<> dc:b <h> ; dc:a \"x\" ."},
  };
  for (const Case& each : cases) tests::check(each);
}

TEST_CASE("names", "[rdfa]") {
  const std::vector<Case> cases = {
      {"a vocabulary", "<div vocab=http://schema.org/ typeof=Event><b property=name>x</b></div>",
       "<> rdfa:usesVocabulary s: . [] a s:Event ; s:name \"x\" ."},
      {"none again", "<div vocab=http://schema.org/><b vocab='' property=name>x</b><b property=name>y</b></div>",
       "<> rdfa:usesVocabulary s: ; s:name \"y\" ."},
      {"prefix", "<div prefix='a: http://v.test/ B:\nhttp://schema.org/ c'><b property='A:x b:y c:z'>x</b></div>",
       "<> v:x \"x\" ; s:y \"x\" ; <c:z> \"x\" ."},
      {"prefix before xmlns", "<div xmlns:a=http://schema.org/ prefix='a: http://v.test/'><b property=a:x>x</b></div>",
       "<> v:x \"x\" ."},
      {"inner before outer",
       "<div prefix='a: http://v.test/'><b prefix='a: http://schema.org/' property=a:x>x</b>"
       "<b property=a:x>y</b></div>",
       "<> s:x \"x\" ; v:x \"y\" ."},
      {"an underscore is no prefix", "<p prefix='_: http://v.test/' about=_:a property=dc:a>x", "[] dc:a \"x\" ."},
      {"whole addresses", "<p property='http://v.test/a urn:x:y'>x", "<> v:a \"x\" ; <urn:x:y> \"x\" ."},
      {"words without a vocabulary", "<p property='title dc:a'>x", "<> dc:a \"x\" ."},
      {"prefixes known to all", "<p property='foaf:name skos:note schema:name dcterms:title'>x",
       "<> <http://xmlns.com/foaf/0.1/name> \"x\" ; <http://www.w3.org/2004/02/skos/core#note> \"x\" ; s:name \"x\" ; "
       "dc:title \"x\" ."},
  };
  for (const Case& each : cases) tests::check(each);
}

TEST_CASE("lists", "[rdfa]") {
  const std::vector<Case> cases = {
      {"texts", "<p><b property=dc:a inlist>x</b><b property=dc:a inlist>y</b></p>", "<> dc:a (\"x\" \"y\") ."},
      {"texts and links", "<p about=e><b property=dc:a inlist>x</b><a rel=dc:a inlist href=h>y</a></p>",
       "<e> dc:a (\"x\" <h>) ."},
      {"an empty one", "<p rel=dc:a inlist></p>", "<> dc:a () ."},
      {"of elements below", "<ul rel=dc:a inlist><li about=x></li><li typeof=schema:Event></li></ul>",
       "<> dc:a (<x> _:b) . _:b a s:Event ."},
      {"one for each subject", "<p about=e property=dc:a inlist>x</p><p about=f property=dc:a inlist>y</p>",
       "<e> dc:a (\"x\") . <f> dc:a (\"y\") ."},
      {"one for each property", "<p about=e><b property='dc:a dc:b' inlist>x</b><b property=dc:b inlist>y</b></p>",
       "<e> dc:a (\"x\") ; dc:b (\"x\" \"y\") ."},
      {"of the object that is spoken of", "<p about=e rel=dc:r resource=r><b property=dc:a inlist>x</b></p>",
       "<e> dc:r <r> . <r> dc:a (\"x\") ."},
      {"of typed objects", "<p about=e><b property=dc:a inlist typeof=schema:Event resource=r></b></p>",
       "<e> dc:a (<r>) . <r> a s:Event ."},
  };
  for (const Case& each : cases) tests::check(each);
}

TEST_CASE("Open Graph is RDFa", "[rdfa]") {
  const std::string page =
      "<html><head><meta property=og:title content=x><meta property=og:image:width content=5>"
      "<meta property=article:author content=y><meta property=fb:app_id content=z>"
      "<meta name=twitter:card content=summary><meta name=description content=t></head>";
  tests::check({"lenient", page, "<> og:title \"x\" ; og:image:width \"5\" ."}, true);
  tests::check(
      {"strict", page, "<> og:title \"x\" ; og:image:width \"5\" ; <article:author> \"y\" ; <fb:app_id> \"z\" ."});
  CHECK(tests::read_page(page, true).diagnostics.empty());
  CHECK(tests::read_page(page, true).summary.open_graph);
  CHECK_FALSE(tests::read_page(page, true).summary.typed);
  const std::string wordpress = "<link rel=https://api.w.org/ href=/wp-json/>";
  tests::check({"strict", wordpress, "<> <https://api.w.org/> </wp-json/> ."});
  tests::check({"lenient", wordpress, ""}, true);
  const std::string declared =
      "<html prefix='og: https://ogp.me/ns# article: https://ogp.me/ns/article#'><head>"
      "<meta property=og:title content=x><meta property=article:tag content=y></head>";
  tests::check({"strict", declared, "<> <https://ogp.me/ns#title> \"x\" ; <https://ogp.me/ns/article#tag> \"y\" ."});
  tests::check({"lenient", declared, "<> og:title \"x\" ; <https://ogp.me/ns/article#tag> \"y\" ."}, true);
  CHECK(tests::read_page(declared).summary.open_graph);
  const std::string misnamed = "<head>\n<meta name=og:title content=x><meta name=og:url content=y></head>";
  tests::check({"lenient", misnamed, "<> og:title \"x\" ; og:url \"y\" ."}, true);
  tests::check({"strict", misnamed, ""});
  const auto diagnostics = tests::read_page(misnamed, true).diagnostics;
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].starts_with("2:1 Open Graph is written as"));
}
