#include "base/bytes.hpp"
#include "sparql/results/reader.hpp"
#include "support/results/solutions.hpp"

namespace scenograph::tests {

Solutions read_solutions(std::string_view text, sparql::ResultFormat format) {
  const auto reader = sparql::read_results(base::open_text(text), format, "results", std::make_shared<base::Budget>());
  Solutions out;
  for (sparql::SolutionRow row; reader->next(row);) {
    auto& named = out.rows.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i]) named[reader->variables()[i]] = *row[i];
    }
  }
  out.variables = reader->variables();
  out.boolean = reader->boolean();
  return out;
}

}  // namespace scenograph::tests
