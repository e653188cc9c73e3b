#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "shacl/naive_validator.hpp"
#include "shacl/random_shapes.hpp"
#include "shacl/validate.hpp"
#include "sparql/memory_view.hpp"
#include "sparql/parse/parser.hpp"
#include "support/layered_store.hpp"
#include "support/nquads.hpp"

// The validator beside the naive one, on random shapes and data.

namespace scenograph::shacl {

namespace {

using naive::Outcomes;
using rdf::Quad;
using rdf::Term;
using Labels = std::map<std::string, std::string>;

struct Case {
  std::vector<Quad> shapes;
  std::vector<Quad> data;
  bool in_store = false;
  std::optional<Term> graph;  ///< validate this one alone
};

std::string path_text(const Path& path) {
  static constexpr std::array<const char*, 7> names{
      "", "inversePath", "sequence", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"};
  if (path.kind == Path::Kind::Predicate) return rdf::to_ntriples(path.predicate);
  std::string parts;
  for (const Path& part : path.parts) parts += (parts.empty() ? "" : " ") + path_text(part);
  return fmt::format("{}({})", names.at(static_cast<std::size_t>(path.kind)), parts);
}

std::string component_name(const std::string& iri) {
  const std::size_t start = iri.find('#') + 1;
  return iri.substr(start, iri.size() - start - std::string_view("ConstraintComponent").size());
}

Outcomes outcomes_of(const Report& report, const Labels& labels) {
  const auto relabelled = [&labels](Term term) {
    const auto label = term.is_blank() ? labels.find(term.value) : labels.end();
    if (label != labels.end()) term.value = label->second;
    return term;
  };
  Outcomes out;
  for (const Result& result : report.results) {
    const Check& check = report.check_of(result);
    naive::Outcome& made = out.emplace_back();
    made.focus = relabelled(result.focus_node);
    if (check.path) made.path = path_text(*check.path);
    if (result.value) made.value = relabelled(*result.value);
    made.component = component_name(check.component_iri);
    made.shape = check.source_shape;
    made.severity = check.severity_iri;
  }
  std::sort(out.begin(), out.end());
  return out;
}

Outcomes validate_view(const store::View& view, const Shapes& shapes, const Case& made, const Labels& labels,
                       std::size_t threads) {
  Options options;
  options.threads = threads;
  if (made.graph) {
    const auto id = view.find(*made.graph);
    options.graphs = store::GraphSet::of({id.value_or(store::TermId::make(store::IdKind::Local, 0))});
  }
  base::Budget budget;
  const Report report = validate(view, shapes, options, budget);
  CHECK(report.total == report.results.size());
  CHECK(report.conforms == report.results.empty());
  return outcomes_of(report, labels);
}

Outcomes by_engine(const Case& made, const Shapes& shapes) {
  if (made.in_store) {
    const tests::LayeredStore store(made.data);
    return validate_view(*store.snapshot(), shapes, made, store.labels(), 3);
  }
  sparql::tests::MemoryView view;
  for (const Quad& quad : made.data) view.add(quad.subject, quad.predicate, quad.object, quad.graph);
  return validate_view(view, shapes, made, {}, 1);
}

Outcomes by_words(const Case& made) {
  std::vector<rdf::Triple> triples;
  for (const Quad& quad : made.data) {
    if (!made.graph || quad.graph == *made.graph) triples.push_back({quad.subject, quad.predicate, quad.object});
  }
  return naive::Validator(made.shapes, triples).validate();
}

std::string to_text(const Outcomes& outcomes) {
  std::string out;
  for (const auto& [focus, path, value, component, shape, severity] : outcomes) {
    out += fmt::format("{} {} {} at {} of {} ({})\n", rdf::to_ntriples(focus), path,
                       value ? rdf::to_ntriples(*value) : "-", component, rdf::to_ntriples(shape), severity);
  }
  return out;
}

/// What only one of both found, once per time more; nullopt where the shapes are refused.
std::optional<std::string> difference(const Case& made) {
  std::optional<Shapes> shapes;
  try {
    shapes = load_shapes(made.shapes);
  } catch (const base::Error&) {
    return std::nullopt;
  }
  const Outcomes mine = by_engine(made, *shapes);
  const Outcomes words = by_words(made);
  Outcomes more;
  Outcomes less;
  std::set_difference(mine.begin(), mine.end(), words.begin(), words.end(), std::back_inserter(more));
  std::set_difference(words.begin(), words.end(), mine.begin(), mine.end(), std::back_inserter(less));
  if (more.empty() && less.empty()) return std::string();
  return "too much:\n" + to_text(more) + "missing:\n" + to_text(less);
}

bool differs(const Case& made) {
  const auto found = difference(made);
  return found && !found->empty();
}

/// Leaves out quads for as long as both still differ.
void shrink(Case& made) {
  for (bool is_smaller = true; is_smaller;) {
    is_smaller = false;
    for (auto member : {&Case::data, &Case::shapes}) {
      for (std::size_t i = (made.*member).size(); i-- > 0;) {
        Case smaller = made;
        (smaller.*member).erase((smaller.*member).begin() + static_cast<std::ptrdiff_t>(i));
        if (!differs(smaller)) continue;
        made = std::move(smaller);
        is_smaller = true;
      }
    }
  }
}

Case make_case(std::uint32_t seed) {
  naive::Generator generator(seed);
  Case made;
  made.data = generator.data();
  made.shapes = generator.shapes();
  made.in_store = seed % 100 == 0;
  if (seed % 4 == 0) made.graph = Term::iri("http://ex.test/g");
  return made;
}

struct Tally {
  std::size_t cases = 0;
  std::size_t refused = 0;
  std::size_t with_results = 0;
  std::size_t results = 0;
  std::set<std::string> components;  ///< that had results
};

/// Compares both on the shapes and data of some seeds, up to the first that differs.
/// @return  whether all agreed
bool compare(std::uint32_t first, std::uint32_t last, Tally& tally) {
  for (std::uint32_t seed = first; seed <= last; ++seed) {
    Case made = make_case(seed);
    const auto found = difference(made);
    ++tally.cases;
    if (!found) {
      ++tally.refused;
      continue;
    }
    if (found->empty()) {
      const Outcomes results = by_words(made);
      tally.results += results.size();
      tally.with_results += results.empty() ? 0 : 1;
      for (const auto& result : results) tally.components.insert(result.component);
      continue;
    }
    shrink(made);
    UNSCOPED_INFO("seed " << seed << (made.in_store ? ", store" : ", memory") << (made.graph ? ", one graph" : "")
                          << "\ndata\n"
                          << tests::to_nquads(made.data) << "\nshapes\n"
                          << tests::to_nquads(made.shapes) << "\n"
                          << difference(made).value());
    CHECK(false);
    return false;
  }
  return true;
}

}  // namespace

TEST_CASE("The validator agrees with the specification's words on random shapes and data", "[naive]") {
  Tally tally;
  if (!compare(1, 2000, tally)) return;
  CHECK(tally.with_results > tally.cases / 2);  // else the comparison says little
  CHECK(tally.refused < tally.cases / 20);
  for (int i = 0; i <= static_cast<int>(Component::Expression); ++i) {
    Constraint constraint;
    constraint.component = static_cast<Component>(i);
    const std::string iri = component_iri(constraint);
    CAPTURE(iri);
    if (static_cast<Component>(i) != Component::Property) CHECK(tally.components.contains(component_name(iri)));
  }
}

TEST_CASE("SPARQL reads the paths of random shapes as they are written", "[naive]") {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    for (const Shape& shape : load_shapes(make_case(seed).shapes).shapes) {
      if (!shape.is_property()) continue;
      const std::string path = to_string(shape.path.front());
      CAPTURE(seed, path);
      REQUIRE_NOTHROW(sparql::parse_query(fmt::format("SELECT * {{ ?s {} ?o }}", path), {}));
    }
  }
}

// Hidden: an hour of it, or as many seconds as SCENOGRAPH_SECONDS says, with "[hour]".
TEST_CASE("The validator agrees on random shapes for a long time", "[.][hour]") {
  const char* const seconds = std::getenv("SCENOGRAPH_SECONDS");
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::seconds(seconds == nullptr ? 3600 : std::atoi(seconds));
  const char* const start = std::getenv("SCENOGRAPH_SEED");
  constexpr std::uint32_t at_once = 1000;
  Tally tally;
  for (auto first = static_cast<std::uint32_t>(start == nullptr ? 100'000 : std::atoi(start));
       std::chrono::steady_clock::now() < end; first += at_once) {
    if (!compare(first, first + at_once - 1, tally)) break;
  }
  WARN(tally.cases << " pairs of shapes and data compared, " << tally.with_results << " with " << tally.results
                   << " results, " << tally.refused << " refused");
}

}  // namespace scenograph::shacl
