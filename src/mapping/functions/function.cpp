#include "mapping/functions/function.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace scenograph::mapping::functions {

namespace {

using Index = std::map<std::string, const Function*, std::less<>>;

Index make_index() {
  Index index;
  for (const auto table :
       {text_functions(), choice_functions(), date_functions(), price_functions(), grel_functions()}) {
    for (const Function& function : table) index.emplace(expand_name(function.name), &function);
  }
  return index;
}

bool is_optional(std::string_view parameter) { return parameter.ends_with('?'); }

// Whether one of the names "a|b?" stands for the IRI.
bool names(std::string_view parameter, std::string_view iri) {
  while (true) {
    const std::size_t bar = parameter.find('|');
    if (expand_name(parameter.substr(0, bar)) == iri) return true;
    if (bar == std::string_view::npos) return false;
    parameter.remove_prefix(bar + 1);
  }
}

}  // namespace

std::string expand_name(std::string_view name) {
  if (is_optional(name)) name.remove_suffix(1);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> prefixes = {{
      {"grel:", "http://users.ugent.be/~bjdmeest/function/grel.ttl#"},
      {"idlab:", "https://w3id.org/imec/idlab/function#"},
  }};
  for (const auto& [prefix, ns] : prefixes) {
    if (name.starts_with(prefix)) return std::string(ns).append(name.substr(prefix.size()));
  }
  return std::string("https://w3id.org/scenograph/fn#").append(name);
}

const Function* find_function(std::string_view iri) {
  static const Index index = make_index();
  const auto found = index.find(iri);
  return found == index.end() ? nullptr : found->second;
}

std::size_t find_parameter(const Function& function, std::string_view iri) {
  const auto& known = function.parameters;
  const auto found = std::find_if(known.begin(), known.end(), [&](auto parameter) { return names(parameter, iri); });
  return found == known.end() ? std::string_view::npos : static_cast<std::size_t>(found - known.begin());
}

bool has_output(const Function& function, std::string_view iri) {
  return std::any_of(function.outputs.begin(), function.outputs.end(),
                     [&](std::string_view name) { return expand_name(name) == iri; });
}

Values call(const Function& function, Arguments arguments) {
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    if (!is_optional(function.parameters[i]) && !arguments.has(i)) return {};
  }
  if (function.manner == Manner::All || arguments.all(0).size() == 1) return function.call(arguments);
  Values results;
  const Values firsts = arguments.all(0);
  for (const Value& first : firsts) {
    arguments.set(0, {first});
    for (Value& result : function.call(arguments)) results.push_back(std::move(result));
  }
  return results;
}

}  // namespace scenograph::mapping::functions
