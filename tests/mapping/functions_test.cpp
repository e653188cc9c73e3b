#include <catch2/catch.hpp>

#include <map>

#include "mapping/functions/function.hpp"

using namespace scenograph::mapping::functions;

namespace {

struct Outcome {
  std::string results;     // joined by " | "
  std::string complaints;  // joined by " | "
};

/// Calls scgf:`name`; `inputs` are pairs of a parameter and a value, repeated for several values.
Outcome apply(const std::string& name, const std::vector<std::pair<std::string, std::string>>& inputs) {
  const Function* const function = find_function(expand_name(name));
  REQUIRE(function != nullptr);
  std::vector<Values> values(function->parameters.size());
  for (const auto& [parameter, text] : inputs) {
    const std::size_t index = find_parameter(*function, expand_name(parameter));
    REQUIRE(index < values.size());
    const auto kind = text.starts_with('{') || text.starts_with('[') ? Value::Kind::Json : Value::Kind::Text;
    values[index].push_back({text, {}, kind});
  }
  Outcome outcome;
  const Complaint complain = [&](std::string_view, const scenograph::base::Phrase& message) {
    outcome.complaints += message.en;
  };
  for (const Value& value : call(*function, Arguments(values, nullptr, complain))) {
    outcome.results += (outcome.results.empty() ? "" : " | ") + value.text;
  }
  return outcome;
}

}  // namespace

TEST_CASE("functions on texts, choices and numbers", "[functions]") {
  struct Case {
    std::string name;
    std::vector<std::pair<std::string, std::string>> inputs;
    std::string results;
  };
  const std::vector<Case> cases = {
      {"trim", {{"value", " \tPhèdre\xC2\xA0 \n"}}, "Phèdre"},
      {"trim", {{"value", " a "}, {"value", " b"}}, "a | b"},
      {"trim", {}, ""},
      {"lower", {{"value", "L'ÉCOLE"}}, "l'école"},
      {"upper", {{"value", "été"}}, "ÉTÉ"},
      {"fold", {{"value", "Œdipe à Noël"}}, "Oedipe a Noel"},
      {"strip_html",
       {{"value", "<p>Un <b>soir</b>&nbsp;d&eacute;t&#233;</p><p>&lt;3 &amp; a<br/>b</p>"}},
       "Un soir dété\n<3 & a\nb"},
      {"strip_html",
       {{"value", "2 < 3<script>if (a<b) x()</script> ok <!-- no -->&unknown; <"}},
       "2 < 3 ok &unknown; <"},
      {"replace", {{"value", "a-b-c"}, {"find", "-"}, {"with", "+"}}, "a+b+c"},
      {"replace", {{"value", "a-b"}, {"find", "-"}}, "ab"},
      {"split", {{"value", "théâtre, danse ,,cirque"}}, "théâtre | danse | cirque"},
      {"split", {{"value", "a;b"}, {"separator", ";"}}, "a | b"},
      {"concat", {{"value", "a"}, {"value", "b"}, {"separator", " "}}, "a b"},
      {"slug", {{"value", "L’École des femmes — 2025 !"}}, "lecole-des-femmes-2025"},
      {"hash", {{"value", "a"}, {"value", "b"}}, "826t8dn6ba5np"},
      {"default", {{"value", ""}, {"value", "x"}, {"value", "y"}}, "x"},
      {"to_boolean", {{"value", "Oui"}}, "true"},
      {"to_boolean",
       {{"value", "TRUE"}, {"value", "0"}, {"value", "Yes"}, {"value", "non"}},
       "true | false | true | false"},
      {"equals", {{"value", "Complet"}, {"other", "COMPLET"}}, "true"},
      {"if_equals", {{"value", "x"}, {"other", "y"}, {"then", "a"}, {"else", "b"}}, "b"},
      {"when", {{"condition", "1"}, {"then", "a"}}, "a"},
      {"when", {{"condition", "no"}, {"then", "a"}}, ""},
      {"is_present", {}, "false"},
      {"not", {{"value", "true"}}, "false"},
      {"json_field", {{"value", R"([{"begin":"2025"},{"begin":null}])"}, {"path", "$[*].begin"}}, "2025"},
      {"pick", {{"value", R"({"en":"Night","fr":"Nuit"})"}, {"language", "de,fr,en"}}, "Nuit"},
      {"pick", {{"value", "Nuit"}, {"language", "fr"}}, "Nuit"},
  };
  for (const Case& c : cases) {
    INFO(c.name << " " << (c.inputs.empty() ? "" : c.inputs[0].second));
    const Outcome outcome = apply(c.name, c.inputs);
    CHECK(outcome.results == c.results);
    CHECK(outcome.complaints.empty());
  }
}

TEST_CASE("dates are read as French, English and machines write them", "[functions]") {
  const std::map<std::string, std::string> cases = {
      {"2025-12-12", "2025-12-12"},
      {"12/12/2025", "2025-12-12"},
      {"03/04/2025", "2025-04-03"},
      {"03/14/2025", "2025-03-14"},
      {"3.4.2025", "2025-04-03"},
      {"03-04-25", "2025-04-03"},
      {"ven. 12 déc. 2025 à 20h30", "2025-12-12T20:30:00"},
      {"Vendredi 12 décembre 2025, 20 h", "2025-12-12T20:00:00"},
      {"1er janvier 2026", "2026-01-01"},
      {"le mardi 3 mars 2026 - 18:00", "2026-03-03T18:00:00"},
      {"15 août 2025 à 9 heures 15", "2025-08-15T09:15:00"},
      {"20h30 le 14 juillet 2025", "2025-07-14T20:30:00"},
      {"14 juin 2025", "2025-06-14"},
      {"December 12, 2025 8:30 pm", "2025-12-12T20:30:00"},
      {"Fri Dec 12th 2025 12am", "2025-12-12T00:00:00"},
      {"12 Dec 2025 8 p.m.", "2025-12-12T20:00:00"},
      {"2013-06-27 09:00:00", "2013-06-27T09:00:00"},
      {"2013-06-27T09:00", "2013-06-27T09:00:00"},
      {"2013-06-27T09:00:00.000Z", "2013-06-27T09:00:00Z"},
      {"2013-06-27T09:00:00-0500", "2013-06-27T09:00:00-05:00"},
      {"2013-06-27T09:00:00+02:00", "2013-06-27T09:00:00+02:00"},
      {"20251212T203000Z", "2025-12-12T20:30:00Z"},
      {"20251212", "2025-12-12"},
      {"32/13/2025", ""},
      {"29/02/2025", ""},
      {"12 décembre", ""},
      {"bientôt", ""},
      {"2025", ""},
  };
  for (const auto& [text, result] : cases) {
    INFO(text);
    const Outcome outcome = apply("parse_date_time", {{"date", text}});
    CHECK(outcome.results == result);
    CHECK(outcome.complaints.empty() == !result.empty());
  }
}

TEST_CASE("times, zones and patterns", "[functions]") {
  struct Case {
    std::string name;
    std::vector<std::pair<std::string, std::string>> inputs;
    std::string results;
  };
  const std::vector<Case> cases = {
      {"parse_date", {{"value", "ven. 12 déc. 2025 à 20h30"}}, "2025-12-12"},
      {"parse_date", {{"value", "03/04/2025"}, {"pattern", "MM/DD/YYYY"}}, "2025-03-04"},
      {"parse_date", {{"value", "4 mars 25"}, {"pattern", "D MMM YY"}}, "2025-03-04"},
      {"parse_time", {{"value", "20h30"}}, "20:30:00"},
      {"parse_time", {{"value", "8pm"}}, "20:00:00"},
      {"parse_date_time", {{"date", "12/12/2025"}, {"time", "20h30"}}, "2025-12-12T20:30:00"},
      {"parse_date_time",
       {{"date", "12/12/2025"}, {"time", "20:30"}, {"zone", "Europe/Paris"}},
       "2025-12-12T20:30:00+01:00"},
      {"parse_date_time", {{"date", "2025-07-01 20:30"}, {"zone", "America/Toronto"}}, "2025-07-01T20:30:00-04:00"},
      {"parse_date_time", {{"date", "2025-07-01T20:30Z"}, {"zone", "America/Toronto"}}, "2025-07-01T20:30:00Z"},
      {"parse_date_time", {{"date", "2025-03-30 02:30"}, {"zone", "Europe/Paris"}}, "2025-03-30T02:30:00+01:00"},
      {"parse_date_time", {{"date", "2025-10-26 02:30"}, {"zone", "Europe/Paris"}}, "2025-10-26T02:30:00+02:00"},
      {"parse_date_time", {{"date", "12/12/2025"}, {"zone", "Europe/Paris"}}, "2025-12-12"},
      {"parse_date_time", {{"date", "07/04/2025 08:30 PM"}, {"pattern", "MM/DD/YYYY HH:mm a"}}, "2025-07-04T20:30:00"},
  };
  for (const Case& c : cases) {
    INFO(c.name << " " << c.inputs[0].second);
    const Outcome outcome = apply(c.name, c.inputs);
    CHECK(outcome.results == c.results);
    CHECK(outcome.complaints.empty());
  }
  CHECK_THAT(apply("parse_date_time", {{"date", "12/12/2025 20:00"}, {"zone", "Paris"}}).complaints,
             Catch::Contains("Europe/Paris"));
  CHECK_THAT(apply("parse_date", {{"value", "2025-03-04"}, {"pattern", "MM/DD/YYYY"}}).complaints,
             Catch::Contains("not a date"));
}

TEST_CASE("prices and currencies", "[functions]") {
  struct Case {
    std::string text, low, high, currency;
  };
  const std::vector<Case> cases = {
      {"12,50 €", "12.5", "12.5", "EUR"},
      {"de 12 à 25 €", "12", "25", "EUR"},
      {"20€, 16€, 12€", "12", "20", "EUR"},
      {"gratuit", "0", "0", ""},
      {"Entrée libre", "0", "0", ""},
      {"10 € / gratuit - de 12 ans", "0", "10", "EUR"},
      {"1 200,50 EUR", "1200.5", "1200.5", "EUR"},
      {"1.200 €", "1200", "1200", "EUR"},
      {"CHF 35.-", "35", "35", "CHF"},
      {"35 $ CA", "35", "35", "CAD"},
      {"£9.99", "9.99", "9.99", "GBP"},
      {"15", "15", "15", ""},
      {"réduit (moins de 26 ans) 8 €", "8", "8", "EUR"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(apply("parse_price", {{"value", c.text}}).results == c.low);
    CHECK(apply("parse_price_low", {{"value", c.text}}).results == c.low);
    CHECK(apply("parse_price_high", {{"value", c.text}}).results == c.high);
    CHECK(apply("parse_currency", {{"value", c.text}}).results == c.currency);
  }
  CHECK_THAT(apply("parse_price", {{"value", "nous consulter"}}).complaints, Catch::Contains("not a price"));
  CHECK_THAT(apply("parse_currency", {{"value", "12 $"}}).complaints, Catch::Contains("which dollar"));
  CHECK(apply("parse_currency", {{"value", "12 $"}, {"else", "CAD"}}).results == "CAD");
}

TEST_CASE("what a function cannot use is told, not guessed", "[functions]") {
  CHECK_THAT(apply("to_boolean", {{"value", "peut-être"}}).complaints, Catch::Contains("neither a yes nor a no"));
  CHECK_THAT(apply("json_field", {{"value", "[1,"}, {"path", "$"}}).complaints, Catch::Contains("ends too early"));
  CHECK_THAT(apply("slug", {{"value", "!!"}}).complaints, Catch::Contains("no letter or digit"));
}
