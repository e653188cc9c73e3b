#include "sparql/query.hpp"

#include <chrono>
#include <memory>

#include "fuzz/fuzz.hpp"
#include "sparql/algebra/to_string.hpp"
#include "sparql/parse/parser.hpp"
#include "sparql/results/writer.hpp"
#include "store/store.hpp"
#include "support/temporary_folder.hpp"
#include "syntax/reader.hpp"

// Parses SPARQL queries and runs those that are some on a small store, within a second and 64 MiB.

namespace {

using namespace scenograph;

constexpr std::string_view data = R"(
@prefix : <http://ex.test/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:ada :knows :bo, :cy ; :age 36 ; :name "Ada"@en, "Ada" ; :born "1815-12-10"^^xsd:date .
:bo :knows :ada, _:x ; :age 41.5 ; :name "Bo" .
:cy :knows :bo ; :age "x"^^xsd:integer ; :seen "2020-01-02T03:04:05Z"^^xsd:dateTime ; :score 1e0, true .
_:x :knows _:x ; :name "" .
:g { :ada :knows :cy ; :age 36 . :cy :name "Cy"@fr . }
)";

/// A store of the data, and the folder it lies in.
struct Sample {
  Sample() : store(store::Store::open(folder.path() / "store")) {
    const auto transaction = store->begin();
    store::BlankScope scope(*transaction);
    const auto source = base::open_text(data);
    syntax::read(*source, syntax::Format::TriG, {},
                 [&](const rdf::Quad& quad) { static_cast<void>(transaction->insert(scope.intern(quad))); });
    static_cast<void>(transaction->commit({}));
  }

  tests::TemporaryFolder folder;
  std::unique_ptr<store::Store> store;
};

void run(std::string_view text) {
  static const Sample sample;
  const auto budget = std::make_shared<base::Budget>(std::chrono::seconds(1), std::size_t{64} << 20U);
  const auto result = sparql::run_query(sample.store->snapshot(), text, {}, budget);
  std::size_t bytes = 0;
  if (result->form() == sparql::QueryForm::Select || result->form() == sparql::QueryForm::Ask) {
    const auto format = sparql::all_result_formats()[text.size() % sparql::all_result_formats().size()];
    sparql::write_results(*result, format, [&](std::string_view piece) { bytes += piece.size(); });
  } else {
    std::vector<rdf::Triple> triples;
    while (result->next(triples)) bytes += triples.size();
  }
  static_cast<void>(result->explain(sparql::ExplainFormat::Json));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const bool parsed = fuzz::answers(
      [&] { static_cast<void>(sparql::algebra::to_string(sparql::parse_query(text, {.base = "http://base.test/"}))); });
  if (parsed) fuzz::answers([&] { run(text); });
  return 0;
}
