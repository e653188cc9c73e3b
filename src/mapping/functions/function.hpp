#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrase.hpp"
#include "mapping/internal/value.hpp"

namespace scenograph::mapping::functions {

using internal::LookupTable;
using internal::Value;
using internal::Values;

/// Says that a function could make nothing of `found`.
using Complaint = std::function<void(std::string_view found, base::Phrase message)>;

/// What a function is called with: the values of its parameters, in the order of its table row.
class Arguments {
 public:
  Arguments(std::vector<Values> values, const LookupTable* table, const Complaint& complain)
      : values_(std::move(values)), table_(table), complain_(complain) {}

  [[nodiscard]] const Values& all(std::size_t parameter) const { return values_[parameter]; }
  [[nodiscard]] bool has(std::size_t parameter) const { return !values_[parameter].empty(); }

  /// The first value's text, or `fallback` without values.
  [[nodiscard]] std::string_view text(std::size_t parameter, std::string_view fallback = {}) const {
    return has(parameter) ? std::string_view(values_[parameter].front().text) : fallback;
  }

  /// The table of the parameter `table`; null if the call has none.
  [[nodiscard]] const LookupTable* table() const { return table_; }

  /// Tells the diagnostics, and yields nothing.
  Values complain(std::string_view found, base::Phrase message) const {
    complain_(found, std::move(message));
    return {};
  }

  void set(std::size_t parameter, Values values) { values_[parameter] = std::move(values); }

 private:
  std::vector<Values> values_;
  const LookupTable* table_;
  const Complaint& complain_;
};

enum class Manner : std::uint8_t {
  Each,  ///< called once for every value of the first parameter
  All,   ///< called once with all values
};

/// A row of a function table. Names without prefix are in https://w3id.org/scenograph/fn#; "grel:" and "idlab:" are
/// known too. A parameter may have several names, "a|b". One that ends in '?' may be left out or be without value;
/// without any other, nothing comes out.
struct Function {
  std::string_view name;
  std::vector<std::string_view> parameters;
  Manner manner;
  Values (*call)(const Arguments&);
  std::vector<std::string_view> outputs = {"result"};
};

/// The function with this IRI; null if there is none.
[[nodiscard]] const Function* find_function(std::string_view iri);

/// The place of the parameter with this IRI; npos if the function has none.
[[nodiscard]] std::size_t find_parameter(const Function& function, std::string_view iri);

/// Whether the function may be asked for the output with this IRI.
[[nodiscard]] bool has_output(const Function& function, std::string_view iri);

/// Applies the function as its manner says.
[[nodiscard]] Values call(const Function& function, Arguments arguments);

/// A prefixed name of a table row, "?" aside, as an IRI.
[[nodiscard]] std::string expand_name(std::string_view name);

[[nodiscard]] std::span<const Function> text_functions();
[[nodiscard]] std::span<const Function> choice_functions();
[[nodiscard]] std::span<const Function> date_functions();
[[nodiscard]] std::span<const Function> price_functions();
[[nodiscard]] std::span<const Function> grel_functions();

}  // namespace scenograph::mapping::functions
