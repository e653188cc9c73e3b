#include <fmt/format.h>

#include <charconv>

#include "base/utf8.hpp"
#include "mapping/functions/function.hpp"
#include "rdf/vocab.hpp"
#include "sources/unicode.hpp"

// Functions that mappings written for other RML engines use most, under the names of GREL and of IDLab's collection.

namespace scenograph::mapping::functions {

namespace {

Values text(std::string value) { return {Value{std::move(value)}}; }

Values to_upper_case(const Arguments& a) { return text(sources::to_upper(a.text(0))); }
Values to_lower_case(const Arguments& a) { return text(sources::to_lower(a.text(0))); }

// Offsets of the characters, and of the end.
std::vector<std::size_t> characters(std::string_view value) {
  std::vector<std::size_t> offsets;
  for (std::size_t at = 0; at < value.size(); std::ignore = base::next_code_point(value, at)) offsets.push_back(at);
  offsets.push_back(value.size());
  return offsets;
}

Values length(const Arguments& a) {
  return {Value{fmt::format("{}", characters(a.text(0)).size() - 1), rdf::xsd::integer}};
}

Values substring(const Arguments& a) {
  const std::string_view value = a.text(0);
  const std::vector<std::size_t> offsets = characters(value);
  const auto number = [&](std::size_t parameter, std::size_t fallback) {
    std::size_t parsed = fallback;
    const std::string_view digits = a.text(parameter);
    std::from_chars(digits.data(), digits.data() + digits.size(), parsed);
    return parsed;
  };
  const std::size_t from = number(1, 0);
  const std::size_t to = std::min(number(2, offsets.size() - 1), offsets.size() - 1);
  if (from >= offsets.size() || to < from) return {};
  return text(std::string(value.substr(offsets[from], offsets[to] - offsets[from])));
}

Values replace(const Arguments& a) {
  std::string value(a.text(0));
  const std::string_view find = a.text(1);
  const std::string_view with = a.text(2);
  if (find.empty()) return text(value);
  for (std::size_t at = value.find(find); at != std::string::npos; at = value.find(find, at + with.size())) {
    value.replace(at, find.size(), with);
  }
  return text(value);
}

Values escape(const Arguments& a) {
  if (a.text(1) != "html")
    return a.complain(a.text(1), {"the only mode of grel:escape known here is html",
                                  "le seul mode de grel:escape connu ici est html"});
  std::string escaped;
  for (const char c : a.text(0)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return text(escaped);
}

Values to_upper_case_url(const Arguments& a) {
  const std::string upper = sources::to_upper(a.text(0));
  const bool complete = upper.starts_with("HTTP://") || upper.starts_with("HTTPS://");
  return text(complete ? upper : "http://" + upper);
}

Values equal(const Arguments& a) { return {Value{a.text(0) == a.text(1) ? "true" : "false", rdf::xsd::boolean}}; }
Values not_equal(const Arguments& a) { return {Value{a.text(0) != a.text(1) ? "true" : "false", rdf::xsd::boolean}}; }

}  // namespace

std::span<const Function> grel_functions() {
  static const std::vector<std::string_view> string_out = {"grel:stringOut"};
  static const std::vector<std::string_view> bool_out = {"idlab:_boolOut", "grel:output_bool"};
  static const std::vector<Function> table = {
      {"grel:toUpperCase", {"grel:valueParam"}, Manner::Each, to_upper_case, string_out},
      {"grel:toLowerCase", {"grel:valueParam"}, Manner::Each, to_lower_case, string_out},
      {"grel:string_length", {"grel:valueParam"}, Manner::Each, length, {"grel:output_number"}},
      {"grel:string_substring",
       {"grel:valueParam", "grel:p_int_i_from", "grel:p_int_i_opt_to?"},
       Manner::Each,
       substring,
       string_out},
      {"grel:string_replace",
       {"grel:valueParam", "grel:param_find|grel:p_string_find", "grel:param_replace|grel:p_string_replace?"},
       Manner::Each,
       replace,
       string_out},
      {"grel:escape", {"grel:valueParam", "grel:modeParam"}, Manner::Each, escape, string_out},
      {"idlab:toUpperCaseURL", {"idlab:str"}, Manner::Each, to_upper_case_url, {"idlab:_stringOut"}},
      {"idlab:equal", {"grel:valueParam", "grel:valueParam2"}, Manner::All, equal, bool_out},
      {"idlab:notEqual", {"grel:valueParam", "grel:valueParam2"}, Manner::All, not_equal, bool_out},
  };
  return table;
}

}  // namespace scenograph::mapping::functions
