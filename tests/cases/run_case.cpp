#include "cases/run_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "canon/compare.hpp"
#include "shacl/rules.hpp"
#include "shacl/validate.hpp"
#include "sparql/results/writer.hpp"
#include "sparql/term_indexes.hpp"
#include "sparql/update/run_update.hpp"
#include "support/nquads.hpp"
#include "support/results/solutions.hpp"
#include "syntax/reader.hpp"

namespace scenograph::cases {

namespace {

std::vector<rdf::Quad> read_trig(const std::string& text) {
  std::vector<rdf::Quad> quads;
  const auto source = base::open_text(text);
  syntax::read(*source, syntax::Format::TriG, {}, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
  return quads;
}

std::vector<rdf::Quad> quads_of(const store::View& view) {
  std::vector<rdf::Quad> out;
  const auto term = [&view](store::TermId id) { return id == store::default_graph ? rdf::Term{} : view.term(id); };
  const auto scan = view.scan({});
  store::QuadBatch batch;
  while (scan->next(batch)) {
    for (std::size_t i = 0; i < batch.size; ++i) {
      out.push_back(
          {term(batch.columns[0][i]), term(batch.columns[1][i]), term(batch.columns[2][i]), term(batch.columns[3][i])});
    }
  }
  return out;
}

std::vector<rdf::Quad> quads_of(sparql::QueryResult& result) {
  std::vector<rdf::Quad> out;
  std::vector<rdf::Triple> triples;
  while (result.next(triples)) {
    for (auto& triple : triples) out.push_back({triple.subject, triple.predicate, triple.object, {}});
  }
  return out;
}

/// @return  what is wrong, "" if nothing.
std::string compare(const std::vector<rdf::Quad>& got, const std::vector<rdf::Quad>& expected) {
  if (canon::isomorphic(got, expected)) return {};
  return "got\n" + tests::to_nquads(got) + "expected\n" + tests::to_nquads(expected);
}

/// "BadSyntax 1:13" and the message in the next line.
std::string describe(const base::Error& error) {
  std::string out(base::name_of(error.code()));
  if (error.where().line > 0) out += fmt::format(" {}:{}", error.where().line, error.where().column);
  return out + "\n" + error.message();
}

}  // namespace

std::string Runner::run(const Section& section) {
  if (section.title == "data") return reset(section.text), "";
  if (section.title.starts_with("dataset ")) {
    options_.union_default_graph = section.title == "dataset union";
    return {};
  }
  if (section.title == "query" || section.title == "update" || section.title == "shapes" || section.title == "rules") {
    text_ = section.text;
    kind_ = section.title;
    return {};
  }
  ++checks_;
  if (!store_) reset({});
  if (section.title.starts_with("error ")) return check_error(section);
  try {
    return check(section);
  } catch (const base::Error& error) {
    return "got error " + describe(error);
  }
}

std::string Runner::check(const Section& section) {
  if (section.title == "rows" || section.title == "rows ordered") return check_rows(section, section.title != "rows");
  if (section.title == "yes" || section.title == "no") return check_answer(section.title == "yes");
  if (section.title == "graph") return check_graph(section);
  if (section.title == "inferred") return compare(infer(), read_trig(section.text));
  if (section.title == "report") return check_report(section);
  return "there is no section of that title";
}

void Runner::reset(const std::string& trig) {
  store_.reset();
  folder_ = std::make_unique<tests::TemporaryFolder>();
  store::StoreOptions options;
  options.indexes = sparql::make_term_indexes();
  store_ = store::Store::open(folder_->path(), options);
  const auto transaction = store_->begin();
  store::BlankScope scope(*transaction);
  for (const rdf::Quad& quad : read_trig(trig)) transaction->insert(scope.intern(quad));
  transaction->commit({});
}

std::unique_ptr<sparql::QueryResult> Runner::query() { return sparql::run_query(store_->snapshot(), text_, options_); }

void Runner::update() {
  sparql::UpdateOptions options;
  options.union_default_graph = options_.union_default_graph;
  sparql::run_update(*store_, text_, options);
}

void Runner::run_text() {
  if (kind_ == "update") {
    update();
  } else if (kind_ == "rules") {
    static_cast<void>(infer());
  } else if (kind_ == "shapes") {
    static_cast<void>(report(false));
  } else {
    static_cast<void>(query());
  }
}

std::vector<rdf::Quad> Runner::infer() const {
  const auto transaction = store_->begin();
  std::vector<rdf::Quad> made;
  base::Budget budget;
  static_cast<void>(
      shacl::infer(*transaction, shacl::load_shapes(read_trig(text_), {.with_rules = true}), {}, budget,
                   [&](const rdf::Triple& triple) {
                     const rdf::Quad quad{triple.subject, triple.predicate, triple.object, {}};
                     if (!transaction->insert({transaction->intern(quad.subject), transaction->intern(quad.predicate),
                                               transaction->intern(quad.object), store::default_graph})) {
                       return false;
                     }
                     made.push_back(quad);
                     return true;
                   }));
  return made;
}

std::vector<std::string> Runner::report(bool node_by_node) const {
  base::Budget budget;
  shacl::Options options;
  options.node_by_node = node_by_node;
  const shacl::Shapes shapes = shacl::load_shapes(read_trig(text_));
  const shacl::Report report = shacl::validate(*store_->snapshot(), shapes, options, budget);
  std::vector<std::string> lines;
  for (const auto& result : report.results) {
    const shacl::Check& check = report.check_of(result);
    lines.push_back(fmt::format("{} {} {} <{}> {}", rdf::to_ntriples(result.focus_node),
                                check.path ? shacl::to_string(*check.path) : "-",
                                result.value ? rdf::to_ntriples(*result.value) : "-", check.component_iri,
                                rdf::to_ntriples(rdf::Term::literal(shacl::pick(report.messages_of(result), "en")))));
    for (const auto& [property, value] : result.annotations) {
      lines.back() += fmt::format(" ; <{}> {}", property, rdf::to_ntriples(value));
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::string Runner::check_report(const Section& section) {
  std::vector<std::string> expected;
  std::istringstream text(section.text);
  for (std::string line; std::getline(text, line);) {
    if (!line.empty()) expected.push_back(line);
  }
  std::sort(expected.begin(), expected.end());
  for (const bool node_by_node : {false, true}) {
    const auto got = report(node_by_node);
    if (got == expected) continue;
    return fmt::format("{}, got\n{}\nexpected\n{}", node_by_node ? "node by node" : "all at once", fmt::join(got, "\n"),
                       fmt::join(expected, "\n"));
  }
  return {};
}

std::string Runner::check_error(const Section& section) {
  const std::string expected = section.title.substr(6) + (section.text.empty() ? "" : "\n" + section.text);
  std::string got = "no error";
  try {
    run_text();
  } catch (const base::Error& error) {
    got = describe(error);
  }
  if (section.text.empty()) got = got.substr(0, got.find('\n'));
  return got == expected ? "" : "got\n" + got + "\nexpected\n" + expected;
}

std::string Runner::check_rows(const Section& section, bool ordered) {
  const auto result = query();
  std::string text;
  sparql::write_results(*result, sparql::ResultFormat::Tsv, [&text](std::string_view piece) { text += piece; });
  return tests::difference(tests::read_solutions(text, sparql::ResultFormat::Tsv),
                           tests::read_solutions(section.text + "\n", sparql::ResultFormat::Tsv),
                           ordered ? tests::RowOrder::Stated : tests::RowOrder::Any);
}

std::string Runner::check_answer(bool expected) {
  return query()->boolean() == expected ? "" : "the answer should be the other one";
}

std::string Runner::check_graph(const Section& section) {
  if (kind_ == "update") update();
  const auto got = kind_ == "update" ? quads_of(*store_->snapshot()) : quads_of(*query());
  return compare(got, read_trig(section.text));
}

}  // namespace scenograph::cases
