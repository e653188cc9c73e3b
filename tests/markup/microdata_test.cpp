#include "markup/reading.hpp"

using namespace scenograph;
using tests::Case;

TEST_CASE("items have types, names and properties", "[microdata]") {
  const std::vector<Case> cases = {
      {"a type and a text", "<p itemscope itemtype=http://schema.org/Event><b itemprop=name>Phèdre</b>",
       "[] a s:Event ; s:name \"Phèdre\" ."},
      {"several types; the first one's vocabulary",
       "<p itemscope itemtype='http://schema.org/Event http://v.test/Show'><b itemprop=name>x</b>",
       "[] a s:Event, v:Show ; s:name \"x\" ."},
      {"the other scheme of schema.org", "<p itemscope itemtype=https://schema.org/Event><b itemprop=name>x</b>",
       "[] a <https://schema.org/Event> ; <https://schema.org/name> \"x\" ."},
      {"another vocabulary, up to the last slash or the hash",
       "<p itemscope itemtype=http://v.test/Show><b itemprop=a>x</b></p>"
       "<p itemscope itemtype=http://v.test/n#Show><b itemprop=a>x</b></p>"
       "<p itemscope itemtype=http://microformats.org/profile/hcard><b itemprop=fn>x</b></p>",
       "[] a v:Show ; v:a \"x\" . [] a <http://v.test/n#Show> ; <http://v.test/n#a> \"x\" ."
       "[] a <http://microformats.org/profile/hcard> ; <http://microformats.org/profile/hcard#fn> \"x\" ."},
      {"a name of its own", "<p itemscope itemtype=http://schema.org/Event itemid=' /e 1'><b itemprop=name>x</b>",
       "</e%201> a s:Event ; s:name \"x\" ."},
      {"several names, and absolute ones",
       "<p itemscope itemtype=http://schema.org/Event><b itemprop=' name http://v.test/n\nalternateName'>x</b>",
       "[] a s:Event ; s:name \"x\" ; v:n \"x\" ; s:alternateName \"x\" ."},
      {"without a type, names are of the page", "<p itemscope><b itemprop='a b'>x</b>", "[] <#a> \"x\" ; <#b> \"x\" ."},
      {"an inner item without a type has the outer one's vocabulary",
       "<p itemscope itemtype=http://schema.org/Event><span itemprop=location itemscope><b itemprop=name>x</b></span>",
       "[] a s:Event ; s:location [ s:name \"x\" ] ."},
      {"inner items",
       "<div itemscope itemtype=http://schema.org/Event><div itemprop=offers itemscope "
       "itemtype=http://schema.org/Offer><b itemprop=price>9</b></div><b itemprop=name>x</b></div>",
       "[] a s:Event ; s:name \"x\" ; s:offers [ a s:Offer ; s:price \"9\" ] ."},
      {"items that are no property stand alone",
       "<div itemscope itemtype=http://schema.org/Event><div itemscope itemtype=http://schema.org/Offer><b "
       "itemprop=price>9"
       "</b></div></div>",
       "[] a s:Event . [] a s:Offer ; s:price \"9\" ."},
      {"additionalType is a type",
       "<p itemscope itemtype=http://schema.org/Event><link itemprop=additionalType href=http://v.test/Show>",
       "[] a s:Event, v:Show ; s:additionalType v:Show ."},
      {"properties of no item", "<b itemprop=name>x</b>", ""},
      {"what lies in a template is no part of the page",
       "<p itemscope itemtype=http://schema.org/Event><template><b itemprop=name>x</b></template>", "[] a s:Event ."},
  };
  for (const Case& each : cases) tests::check(each);
}

TEST_CASE("values come from where the kind of element keeps them", "[microdata]") {
  const auto value = [](const std::string& element, const std::string& turtle) {
    tests::check({"", "<div itemscope itemtype=http://schema.org/Event itemid=e>" + element + "</div>",
                  "<e> a s:Event" + (turtle.empty() ? "" : " ; s:x " + turtle) + " ."});
  };
  value("<meta itemprop=x content='a &amp; b'>", "\"a & b\"");
  value("<meta itemprop=x>", "\"\"");
  value("<span itemprop=x content=12.50>12,50 €</span>", "\"12.50\"");
  value("<a itemprop=x href='../a b'>y</a>", "</a%20b>");
  value("<a itemprop=x>y</a>", "");
  value("<link itemprop=x href=http://v.test/>", "v:");
  value("<map><area itemprop=x href=a></map>", "<a>");
  value("<img itemprop=x src=i.jpg>", "<i.jpg>");
  value("<video itemprop=x src=i><source itemprop=x src=j><track itemprop=x src=k></video>", "<i>, <j>, <k>");
  value("<audio itemprop=x src=i></audio><embed itemprop=x src=j><iframe itemprop=x src=k></iframe>", "<i>, <j>, <k>");
  value("<object itemprop=x data=d></object>", "<d>");
  value("<data itemprop=x value=5>five</data>", "5");
  value("<meter itemprop=x value=0.5>half</meter>", "\"0.5\"^^xsd:double");
  value("<data itemprop=x value='-1E3'>y</data>", "-1E3");
  value("<data itemprop=x value='5 €'>y</data>", "\"5 €\"");
  value("<data itemprop=x>y</data>", "\"y\"");
  value("<b itemprop=x> a\n<i>b</i> &eacute; <!-- no --> </b>", "\" a\\nb é  \"");
  value("<b itemprop=x></b>", "\"\"");
}

TEST_CASE("times have the datatype that they are written as", "[microdata]") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"2027-03-12", "date"},
      {"2027-03-12Z", "date"},
      {"20:30:00", "time"},
      {"2027-03-12T20:30:00+01:00", "dateTime"},
      {"2027-03-12T20:30:00.5Z", "dateTime"},
      {"2027", "gYear"},
      {"2027-03", "gYearMonth"},
      {"PT1H30M", "duration"},
      {"P1Y2M3DT4H5M6.7S", "duration"},
      {"-P1D", "duration"},
      {"2027-03-12T20:30", ""},
      {"2027-02-30", ""},
      {"20:30", ""},
      {"2027-13", ""},
      {"P", ""},
      {"PT", ""},
      {"P1H", ""},
      {"PT1.S", ""},
      {"P1.5D", ""},
      {"PT1M1H", ""},
      {"1h 30m", ""},
      {"", ""},
      {"03-12", ""},
      {"12 mars", ""},
  };
  for (const auto& [text, datatype] : cases) {
    const std::string literal =
        "\"" + text + "\"" + (datatype.empty() ? "@fr" : "^^<http://www.w3.org/2001/XMLSchema#" + datatype + ">");
    const std::string item = "<p lang=fr itemscope itemid=e><time itemprop=http://v.test/t";
    tests::check({"datetime", item + " datetime='" + text + "'>x</time>", "<e> v:t " + literal + " ."});
    tests::check({"text", item + ">" + text + "</time>", "<e> v:t " + literal + " ."});
    tests::check({"RDFa", "<p lang=fr about=e><time property=http://v.test/t datetime='" + text + "'>x</time>",
                  "<e> v:t " + literal + " ."});
  }
}

TEST_CASE("languages come from the elements around", "[microdata]") {
  const std::vector<Case> cases = {
      {"",
       "<html lang=fr-CA><p itemscope itemid=e><b itemprop=http://v.test/a>x</b><b itemprop=http://v.test/b lang=EN>"
       "y</b><b itemprop=http://v.test/c lang=''>z</b><b itemprop=http://v.test/d lang='no tag'>z</b>"
       "<meta itemprop=http://v.test/e content=m>",
       "<e> v:a \"x\"@fr-ca ; v:b \"y\"@en ; v:c \"z\" ; v:d \"z\" ; v:e \"m\"@fr-ca ."},
      {"", "<p itemscope itemid=e xml:lang=fr><b itemprop=http://v.test/a>x</b>", "<e> v:a \"x\"@fr ."},
  };
  for (const Case& each : cases) tests::check(each);
}

TEST_CASE("lenient reading gives no language to what is in none", "[microdata]") {
  for (const std::string text :
       {"12.50", "2027-03-12T20:30", "2027-03-12 20:30", "PT2H", "EUR", "FR", "http://v.test/a"}) {
    const std::string page = "<p lang=fr itemscope itemid=e><meta itemprop=http://v.test/a content='" + text + "'>";
    tests::check({"lenient", page, "<e> v:a \"" + text + "\" ."}, true);
    tests::check({"strict", page, "<e> v:a \"" + text + "\"@fr ."});
  }
  for (const std::string text : {"12 mars", "Phèdre", "HAMLET", "Ubu", "http://v.test/ a", "2027, année du théâtre"}) {
    tests::check({"text", "<p lang=fr about=e property=http://v.test/a>" + text, "<e> v:a \"" + text + "\"@fr ."},
                 true);
  }
}

TEST_CASE("itemref adds elements from elsewhere", "[microdata]") {
  const std::vector<Case> cases = {
      {"",
       "<div itemscope itemtype=http://schema.org/Event itemref='b a nothing'><b itemprop=name>x</b></div>"
       "<p id=a><b itemprop=y>1</b></p><div id=b itemprop=location itemscope><b itemprop=name>z</b></div>",
       "[] a s:Event ; s:name \"x\" ; s:y \"1\" ; s:location [ s:name \"z\" ] ."},
      {"an element that two items refer to",
       "<p itemscope itemid=e1 itemref=l><p itemscope itemid=e2 itemref=l><p id=l itemprop=http://v.test/l itemscope>"
       "<b itemprop=http://v.test/n>x</b>",
       "<e1> v:l _:l . <e2> v:l _:l . _:l v:n \"x\" ."},
      {"an element that is inside too counts once",
       "<p itemscope itemid=e itemref=l><b id=l itemprop=http://v.test/n>x</b>", "<e> v:n \"x\" ."},
      {"loops end",
       "<div id=a itemscope itemid=e1 itemref=b></div>"
       "<div id=b itemprop=http://v.test/x itemscope itemid=e2 itemref='c b'></div>"
       "<div id=c itemprop=http://v.test/y itemscope itemid=e3 itemref=b></div>",
       "<e1> v:x <e2> . <e2> v:y <e3> . <e3> v:x <e2> ."},
      {"an item that holds itself",
       "<div itemscope itemid=e><div itemprop=http://v.test/x itemscope itemid=f itemref=g>"
       "<div id=g><div itemprop=http://v.test/y itemscope itemid=h></div></div></div></div>",
       "<e> v:x <f> . <f> v:y <h> ."},
  };
  for (const Case& each : cases) tests::check(each);
}

TEST_CASE("addresses go by the page's base", "[microdata]") {
  const std::vector<Case> cases = {
      {"", "<base href=/season/><p itemscope itemid=e><a itemprop=http://v.test/u href=u>x</a><b itemprop=n>y</b>",
       "<http://page.test/season/e> v:u <http://page.test/season/u> ; <http://page.test/season/#n> \"y\" ."},
      {"space around, and what no IRI holds",
       "<p itemscope itemid=e><a itemprop=http://v.test/u href=' a\nb|c%d\"é '>x</a>", "<e> v:u <ab%7Cc%25d%22é> ."},
  };
  for (const Case& each : cases) {
    INFO(each.html);
    tests::check(each);
  }
  const tests::Reading unknown = tests::read_page(
      "<p itemscope itemtype=http://schema.org/Event>\n<a itemprop=url href=a>x</a><a itemprop=url href=b>x</a>", false,
      "");
  CHECK(unknown.quads.size() == 1);
  REQUIRE(unknown.diagnostics.size() == 1);
  CHECK(unknown.diagnostics[0].starts_with("2:1 the page has relative addresses"));
}

TEST_CASE("Microdata that is written wrong is told", "[microdata]") {
  const tests::Reading type = tests::read_page("<p itemscope itemtype=Event><b itemprop=name>x</b>");
  CHECK(type.quads.size() == 1);
  REQUIRE(type.diagnostics.size() == 1);
  CHECK(type.diagnostics[0] == "1:1 an itemtype is written as an address, such as http://schema.org/Event");
  const std::string prefixed = "<p itemscope itemtype=http://schema.org/Event><b itemprop=schema:name>x</b>";
  CHECK(tests::read_page(prefixed).quads.size() == 2);
  CHECK(tests::read_page(prefixed, true).quads.size() == 1);
  CHECK(tests::read_page(prefixed, true).diagnostics.size() == 1);
  tests::check(
      {"space", "<p itemscope itemid=e><b itemprop=http://v.test/a> a \n b <i>c</i> </b>", "<e> v:a \"a b c\" ."},
      true);
}
