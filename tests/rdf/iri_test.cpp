#include "rdf/iri.hpp"

#include <catch2/catch.hpp>

#include <utility>
#include <vector>

using namespace scenograph::rdf;

TEST_CASE("references resolve as RFC 3986, section 5.4 lists", "[iri]") {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {"..g", "http://a/b/c/..g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g;x", "http://a/b/c/g;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y#s"},
      {"../", "http://a/b/"},
      {"../../", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../../g", "http://a/g"},
      {".g", "http://a/b/c/.g"},
      {"g..", "http://a/b/c/g.."},
      {"./../g", "http://a/b/g"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
      {"g?y/./x", "http://a/b/c/g?y/./x"},
      {"g#s/./x", "http://a/b/c/g#s/./x"},
      {"g#s/../x", "http://a/b/c/g#s/../x"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"http:g", "http:g"},
  };
  for (const auto& [reference, expected] : cases) CHECK(resolve_iri("http://a/b/c/d;p?q", reference) == expected);
}

TEST_CASE("references resolve against any absolute base", "[iri]") {
  struct Case {
    const char* base;
    const char* reference;
    const char* expected;
  };
  const std::vector<Case> cases = {
      {"http://a", "g", "http://a/g"},
      {"http://a?q", "g", "http://a/g"},
      {"http://a?q", "", "http://a?q"},
      {"http://a#f", "#g", "http://a#g"},
      {"http://a/b", "?", "http://a/b?"},
      {"http://a/b?q", "#", "http://a/b?q#"},
      {"http://a/b/../c", "", "http://a/b/../c"},
      {"http://a/b", "//c/../d", "http://c/d"},
      {"http://a/b", "HTTP://c/./d", "HTTP://c/d"},
      {"file:///a/b", "c", "file:///a/c"},
      {"file:///a/b", "/../c", "file:///c"},
      {"urn:a:b", "#c", "urn:a:b#c"},
      {"urn:a:b", "c", "urn:c"},
      {"http://é.example/à/b", "ç?ü", "http://é.example/à/ç?ü"},
      {"http://a/b:c", "d:e", "d:e"},
      {"http://a/b:c", "./d:e", "http://a/d:e"},
  };
  for (const auto& [base, reference, expected] : cases) {
    CAPTURE(base, reference);
    CHECK(resolve_iri(base, reference) == expected);
  }
}

TEST_CASE("a fault in an IRI is named", "[iri]") {
  CHECK_FALSE(why_not_iri("https://théâtre.example/phèdre?a=%C3%A9"));
  CHECK(why_not_iri("").value() == "it is empty");
  CHECK(why_not_iri("/phedre").value() == "it has no scheme such as https:");
  CHECK(why_not_iri("https://a/b c").value() == "it has a space");
  CHECK(why_not_iri("https://a/%zz").value() == "it has a % without two hexadecimal digits");
  CHECK(why_not_iri("https://a/<b>").value() == "it has the character <");
}

TEST_CASE("template values are percent-encoded, accents kept", "[iri]") {
  CHECK(encode_iri_component("Phèdre & Cie/2") == "Phèdre%20%26%20Cie%2F2");
}
