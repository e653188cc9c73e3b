#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cases/case_file.hpp"
#include "sparql/query.hpp"
#include "store/store.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::cases {

/// Runs the sections of a file one after the other on one store. Sections:
///
///   == data                    TriG: what the store holds from here on, and nothing else
///   == dataset union|unnamed   what the default graph of queries and of WHERE is; union at first
///   == query, == update        runs; the next section tells what comes out
///   == rows [ordered]          W3C TSV; a multiset unless ordered
///   == yes, == no              of ASK
///   == graph                   of CONSTRUCT and DESCRIBE: the triples; of an update: all the store then holds, as TriG
///   == shapes                  Turtle: a shapes graph that the data is validated by; the next section tells the
///                              outcome
///   == rules                   Turtle: a shapes graph whose rules are applied to the data, for the next section only
///   == inferred                Turtle: the triples that are new
///   == report                  a line for each result: focus node, path, value, component and English message, as
///                              N-Triples has terms, "-" for what is not there; a multiset. Queries of SHACL-SPARQL run
///                              both ways, for all focus nodes at once and for each
///   == error CODE [LINE:COLUMN]  the message below may be left out
class Runner {
 public:
  /// @return  what is wrong with the section, "" if nothing.
  [[nodiscard]] std::string run(const Section& section);

  /// How many outcomes were compared.
  [[nodiscard]] std::size_t checks() const { return checks_; }

 private:
  void reset(const std::string& trig);
  [[nodiscard]] std::string check(const Section& section);
  [[nodiscard]] std::string check_error(const Section& section);
  [[nodiscard]] std::string check_rows(const Section& section, bool ordered);
  [[nodiscard]] std::string check_answer(bool expected);
  [[nodiscard]] std::string check_graph(const Section& section);
  [[nodiscard]] std::string check_report(const Section& section);
  [[nodiscard]] std::vector<std::string> report(bool node_by_node) const;
  [[nodiscard]] std::unique_ptr<sparql::QueryResult> query();
  [[nodiscard]] std::vector<rdf::Quad> infer() const;
  void update();
  void run_text();

  std::unique_ptr<tests::TemporaryFolder> folder_;
  std::unique_ptr<store::Store> store_;
  sparql::QueryOptions options_;
  std::string text_;  ///< of the query or update to run, or of the shapes or rules
  std::string kind_;  ///< the title of its section
  std::size_t checks_ = 0;
};

}  // namespace scenograph::cases
