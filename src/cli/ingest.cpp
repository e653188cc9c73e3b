#include "ingest/ingest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "cli/internal/command.hpp"
#include "cli/internal/shapes_options.hpp"
#include "cli/internal/source_options.hpp"
#include "ingest/score.hpp"
#include "shacl/report.hpp"

namespace scenograph::cli {

namespace {

using base::with_thousands;

void print_result(const std::string& source, const ingest::IngestResult& result, std::uint64_t before, double seconds) {
  std::string read = fmt::format("{} quads", with_thousands(result.quads));
  if (result.records > 0) read = fmt::format("{} records, {}", with_thousands(result.records), read);
  if (result.by_rules > 0) read += fmt::format(", {} of them by rules", with_thousands(result.by_rules));
  if (result.rejected > 0) read += fmt::format(", {} records left out", with_thousands(result.rejected));
  if (result.left_out > 0) read += fmt::format(", {} values left out", with_thousands(result.left_out));
  const std::string change =
      result.commit.number == before
          ? "nothing new"
          : fmt::format("+{} -{}", with_thousands(result.commit.inserted), with_thousands(result.commit.removed));
  fmt::print("{}: {}; {}; {:.2f} s\n", source, read, change, seconds);
}

/// What the validation found, in a line; the report in full where it held the source back.
void print_report(const Invocation& invocation, const ingest::IngestResult& result) {
  if (!result.report || (result.report->conforms && !result.held_back)) return;
  shacl::ReportOptions options;
  options.language = report_language(invocation);
  if (result.held_back) return shacl::write_text(*result.report, options, standard_output());
  fmt::print("{}: `scenograph validate --graph {}` tells more\n", shacl::counts_line(*result.report, options.language),
             invocation.text("graph"));
}

void print_held_back(const Invocation& invocation, const ingest::Gate& gate) {
  fmt::print(stderr, "held back by --gate {}: the graph is as it was{}\n", invocation.text("gate"),
             gate.quarantine ? "; what was held back is in <" + gate.quarantine->value + ">" : "");
}

class IngestCommand : public Command {
 public:
  std::string_view name() const override { return "ingest"; }
  std::string_view arguments() const override { return "SOURCE --graph IRI [--mapping FILE]"; }
  std::string_view summary() const override {
    return "make a named graph hold exactly what an export, a web page or a file of RDF says";
  }
  std::string_view examples() const override {
    return "  scenograph ingest agenda.csv --mapping agenda.rml.ttl --graph https://venue.example/graph/agenda\n"
           "  scenograph ingest show.html --graph https://venue.example/graph/site --address "
           "https://venue.example/show\n";
  }

  void declare(po::options_description& options) const override {
    declare_source_options(options);
    options.add_options()("graph", po::value<std::string>()->value_name("IRI"), "the contributor's named graph")(
        "actor", po::value<std::string>()->value_name("NAME"), "who, for the change log and the provenance")(
        "gate", po::value<std::string>()->default_value("none")->value_name("SEVERITY"),
        "violation, warning or info: hold the source back if what it changes has results so severe or worse; none: "
        "tell them only; off: validate nothing")(
        "quarantine", po::value<std::string>()->value_name("IRI"),
        "the graph for what the gate holds back, which is not served; without it, that is not stored")(
        "score", po::bool_switch(), "then score the quality of the whole store, as the command score does");
    declare_weights_option(options);
    declare_shapes_options(options);
  }

  void declare_positional(po::positional_options_description& positional) const override {
    positional.add("source", 1);
  }

  Exit run(const Invocation& invocation) const override {
    const ingest::Source source = source_of(invocation);
    if (!invocation.has("graph")) {
      throw base::Error(base::Code::BadArgument,
                        "ingest needs --graph IRI: the named graph of this contributor and source");
    }
    const rdf::Term graph = graph_option(invocation, "graph");
    std::optional<shacl::Shapes> shapes;
    const ingest::Gate gate = gate_of(invocation, shapes);
    Remarks remarks(invocation.options["messages"].as<std::size_t>(), report_language(invocation));
    const auto start = std::chrono::steady_clock::now();
    const auto store = open_store(invocation, false);
    const std::uint64_t before = store->snapshot()->commit_number();
    const ingest::IngestResult result =
        ingest::ingest(*store, source, graph, invocation.text("actor"), gate, remarks.sink(), !invocation.quiet);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (!invocation.quiet) print_result(source.path.filename().string(), result, before, seconds);
    if (!invocation.quiet || result.held_back) print_report(invocation, result);
    if (result.held_back) print_held_back(invocation, gate);
    if (invocation.options["score"].as<bool>() && result.commit.number != before)
      score(invocation, *store, source, graph);
    return result.rejected > 0 || result.held_back ? Exit::Found : Exit::Ok;
  }

 private:
  /// Brings the scores of the store up to date.
  static void score(const Invocation& invocation, store::Store& store, const ingest::Source& source,
                    const rdf::Term& graph) {
    const shacl::QualityWeights weights = weights_of(invocation);
    const shacl::Shapes shapes = shapes_of(invocation);
    base::Budget budget(std::chrono::milliseconds(parse_milliseconds("timeout", invocation.text("timeout"))),
                        parse_bytes("query-memory", invocation.text("query-memory")));
    const ingest::Scoring scoring{weights, shapes, source.base_iri, ingest::today(), true};
    const ingest::ScoreResult scores = ingest::store_scores(store, scoring, budget, invocation.text("actor"));
    const auto mine = std::find_if(scores.sources.begin(), scores.sources.end(),
                                   [&](const ingest::ScoredGroup& group) { return group.graphs.front() == graph; });
    if (invocation.quiet || mine == scores.sources.end()) return;
    const std::string language = report_language(invocation);
    fmt::print("{} {}\n", language == "fr" ? "qualité" : "quality",
               shacl::score_text(mine->quality.scores[static_cast<std::size_t>(shacl::Metric::Overall)], language));
  }

  static ingest::Gate gate_of(const Invocation& invocation, std::optional<shacl::Shapes>& shapes) {
    const std::string level = invocation.text("gate");
    ingest::Gate gate;
    if (level == "off" && !invocation.has("quarantine")) return gate;
    gate.holds_back = shacl::parse_severity(level);
    if (!gate.holds_back && level != "none" && level != "off") {
      throw base::Error(base::Code::BadArgument,
                        "--gate is violation, warning, info, none or off, not \"" + level + "\"");
    }
    if (invocation.has("quarantine") && !gate.holds_back) {
      throw base::Error(base::Code::BadArgument, "--quarantine needs --gate violation, warning or info");
    }
    gate.shapes = &shapes.emplace(shapes_of(invocation));
    if (invocation.has("quarantine")) gate.quarantine = graph_option(invocation, "quarantine");
    gate.timeout = std::chrono::milliseconds(parse_milliseconds("timeout", invocation.text("timeout")));
    gate.memory = parse_bytes("query-memory", invocation.text("query-memory"));
    return gate;
  }
};

}  // namespace

std::unique_ptr<Command> make_ingest_command() { return std::make_unique<IngestCommand>(); }

}  // namespace scenograph::cli
