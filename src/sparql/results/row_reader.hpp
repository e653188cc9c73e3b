#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sparql/results/input.hpp"
#include "sparql/results/reader.hpp"

namespace scenograph::sparql::results {

[[nodiscard]] std::unique_ptr<ResultReader> make_json_reader(std::unique_ptr<Input> input);
[[nodiscard]] std::unique_ptr<ResultReader> make_xml_reader(std::unique_ptr<Input> input);
[[nodiscard]] std::unique_ptr<ResultReader> make_csv_reader(std::unique_ptr<Input> input);
[[nodiscard]] std::unique_ptr<ResultReader> make_tsv_reader(std::unique_ptr<Input> input);

/// Why the term may not stand in results: text that is not UTF-8, an empty label, an IRI or a language tag that is
/// none.
/// "" if it may.
[[nodiscard]] std::string why_not_term(const rdf::Term& term);

/// Names of variables, numbered as they are met, and rows that grow with them.
class Columns {
 public:
  /// The name's number, a new one if it was not met before.
  std::size_t number_of(std::string_view name);
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::map<std::string, std::size_t, std::less<>> numbers_;
};

}  // namespace scenograph::sparql::results
