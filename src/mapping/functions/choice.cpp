#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "mapping/functions/function.hpp"
#include "rdf/vocab.hpp"
#include "sources/json_path.hpp"

namespace scenograph::mapping::functions {

namespace {

using internal::fold_key;

Values truth(bool value) { return {Value{value ? "true" : "false", rdf::xsd::boolean}}; }

bool is_true(std::string_view text) {
  constexpr std::array<std::string_view, 8> words = {"true", "1", "yes", "oui", "vrai", "y", "o", "x"};
  return std::find(words.begin(), words.end(), fold_key(text)) != words.end();
}

bool is_false(std::string_view text) {
  constexpr std::array<std::string_view, 6> words = {"false", "0", "no", "non", "faux", "n"};
  return std::find(words.begin(), words.end(), fold_key(text)) != words.end();
}

Values to_boolean(const Arguments& a) {
  if (is_true(a.text(0))) return truth(true);
  if (is_false(a.text(0))) return truth(false);
  return a.complain(a.text(0), {"neither a yes nor a no; write yes or no, oui or non, 1 or 0, true or false",
                                "ni oui, ni non ; écrivez oui ou non, yes ou no, 1 ou 0, true ou false"});
}

Values first_of(const Arguments& a) {
  for (const Value& value : a.all(0)) {
    if (!value.text.empty()) return {value};
  }
  return {};
}

bool any_equal(const Arguments& a) {
  return std::any_of(a.all(0).begin(), a.all(0).end(), [&](const Value& value) {
    return std::any_of(a.all(1).begin(), a.all(1).end(),
                       [&](const Value& other) { return fold_key(value.text) == fold_key(other.text); });
  });
}

Values equals(const Arguments& a) { return truth(any_equal(a)); }
Values if_equals(const Arguments& a) { return any_equal(a) ? a.all(2) : a.all(3); }
Values when(const Arguments& a) { return a.has(0) && is_true(a.text(0)) ? a.all(1) : a.all(2); }
Values is_present(const Arguments& a) { return truth(!first_of(a).empty()); }
Values negate(const Arguments& a) { return truth(!is_true(a.text(0))); }

Values lookup(const Arguments& a) {
  if (a.table() == nullptr)
    return a.complain(a.text(0), {"the lookup has no table", "la correspondance n’a pas de table"});
  const auto found = a.table()->find(fold_key(a.text(0)));
  if (found != a.table()->end()) return {found->second};
  if (a.has(2)) return a.all(2);
  return a.complain(a.text(0), {"not in the table of the mapping; add it there, or correct it at the source",
                                "absent de la table du mapping ; ajoutez-l’y, ou corrigez-le à la source"});
}

Value from_source(const sources::Value& value) {
  switch (value.type) {
    case sources::ValueType::Boolean:
      return {value.text, rdf::xsd::boolean};
    case sources::ValueType::Integer:
      return {value.text, rdf::xsd::integer};
    case sources::ValueType::Double:
      return {value.text, rdf::xsd::double_};
    case sources::ValueType::Json:
      return {value.text, {}, Value::Kind::Json};
    default:
      return {value.text};
  }
}

Values ask(const Arguments& a, std::string_view json, const sources::JsonPath& path) {
  try {
    Values values;
    for (const sources::Value& value : sources::query_json(json, path)) {
      if (value.type != sources::ValueType::Null) values.push_back(from_source(value));
    }
    return values;
  } catch (const base::Error& error) {
    return a.complain(json, base::explained({"not read as JSON", "pas lu comme du JSON"}, error.message()));
  }
}

Values json_field(const Arguments& a) {
  try {
    return ask(a, a.text(0), sources::parse_json_path(a.text(1)));
  } catch (const base::Error& error) {
    return a.complain(a.text(1), base::explained({"not a JSONPath", "ce n’est pas un JSONPath"}, error.message()));
  }
}

// The languages wanted, best first: "fr,en" or several values.
std::vector<std::string> languages(const Values& values) {
  std::vector<std::string> wanted(1);
  for (const Value& value : values) {
    for (const char c : value.text + ",") {
      if (c == ',' && !wanted.back().empty()) wanted.emplace_back();
      if (c != ',' && c != ' ') wanted.back() += c;
    }
  }
  wanted.pop_back();
  return wanted;
}

Values pick(const Arguments& a) {
  if (a.all(0).front().kind != Value::Kind::Json) return a.all(0);
  for (const std::string& language : languages(a.all(1))) {
    Values found = ask(a, a.text(0), {{.kind = sources::PathStep::Kind::Name, .name = language}});
    if (!found.empty() && !found.front().text.empty()) return found;
  }
  return {};
}

}  // namespace

std::span<const Function> choice_functions() {
  static const std::vector<Function> table = {
      {"default", {"value?"}, Manner::All, first_of},
      {"to_boolean", {"value"}, Manner::Each, to_boolean},
      {"equals", {"value?", "other"}, Manner::All, equals},
      {"if_equals", {"value?", "other", "then?", "else?"}, Manner::All, if_equals},
      {"when", {"condition?", "then?", "else?"}, Manner::All, when},
      {"is_present", {"value?"}, Manner::All, is_present},
      {"not", {"value?"}, Manner::All, negate},
      {"lookup", {"value", "table?", "else?"}, Manner::Each, lookup},
      {"json_field", {"value", "path"}, Manner::Each, json_field},
      {"pick", {"value", "language"}, Manner::Each, pick},
  };
  return table;
}

}  // namespace scenograph::mapping::functions
