#include "ingest/score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "cli/internal/command.hpp"
#include "cli/internal/shapes_options.hpp"
#include "publish/json.hpp"
#include "rdf/iri.hpp"
#include "server/server.hpp"

namespace scenograph::cli {

namespace {

using base::Code;
using base::Error;
using shacl::Metric;

/// The fixed words of the table in one language.
struct Words {
  std::string_view quality;
  std::string_view contributors;
  std::string_view sources;
  std::string_view default_graph;
  std::string_view head;
  std::string_view by;
  std::string_view nothing;
};

constexpr Words english{"Quality of the whole",
                        "By contributor",
                        "By source",
                        "(default graph)",
                        "entries  quality  complete  valid  linked  fresh",
                        "by",
                        "Nothing is scored: the store has no performances, shows, places, organisations or people\n"};
constexpr Words french{
    "Qualité de l’ensemble",
    "Par contributeur",
    "Par source",
    "(graphe par défaut)",
    " fiches  qualité  complet  valide    lié  frais",
    "de",
    "Rien n’est mesuré : l’entrepôt n’a ni représentations, ni spectacles, ni lieux, ni organisations, "
    "ni personnes\n"};

class Table {
 public:
  Table(const shacl::QualityWeights& weights, const std::string& language, std::size_t improvements)
      : weights_(weights), language_(language), words_(language == "fr" ? french : english), most_(improvements) {}

  void write(const ingest::ScoreResult& result) const {
    if (result.all.entities == 0) {
      fmt::print("{}", words_.nothing);
      return;
    }
    fmt::print("{}\n", words_.head);
    write_row(std::string(words_.quality), result.all, true);
    write_contributors(result);
    write_sources(result);
  }

 private:
  void write_contributors(const ingest::ScoreResult& result) const {
    if (!result.contributors.empty()) fmt::print("\n{}\n", words_.contributors);
    for (const ingest::ScoredGroup& group : result.contributors) write_row(group.name, group.quality, true);
  }

  void write_sources(const ingest::ScoreResult& result) const {
    if (!result.sources.empty()) fmt::print("\n{}\n", words_.sources);
    for (const ingest::ScoredGroup& source : result.sources) {
      const rdf::Term& graph = source.graphs.front();
      std::string name = graph.is_iri() ? graph.value : std::string(words_.default_graph);
      if (!source.name.empty()) name += fmt::format(" {} {}", words_.by, source.name);
      // What would improve the one source of a contributor was told there.
      const auto told = [&](const ingest::ScoredGroup& group) { return group.graphs == source.graphs; };
      write_row(name, source.quality, std::none_of(result.contributors.begin(), result.contributors.end(), told));
    }
  }

  void write_row(const std::string& name, const shacl::Quality& quality, bool with_improvements) const {
    const auto text = [&](Metric metric) {
      return shacl::score_text(quality.scores[static_cast<std::size_t>(metric)], language_);
    };
    fmt::print("{:>7}  {:>7}  {:>8}  {:>5}  {:>6}  {:>5}  {}\n", base::with_thousands(quality.entities),
               text(Metric::Overall), text(Metric::Completeness), text(Metric::Validity), text(Metric::Links),
               text(Metric::Freshness), name);
    const std::size_t shown = with_improvements ? std::min(most_, quality.improvements.size()) : 0;
    for (std::size_t i = 0; i < shown; ++i) {
      const shacl::Improvement& each = quality.improvements[i];
      if (std::llround(each.gain * 100) == 0) break;
      fmt::print("{:>52}{}{}: +{}\n", "", improvement_text(weights_, each, language_),
                 language_ == "fr" ? "\u00A0" : "", shacl::score_text(each.gain, language_));
    }
  }

  const shacl::QualityWeights& weights_;
  const std::string& language_;
  const Words& words_;
  std::size_t most_;
};

void write_number(publish::JsonWriter& json, double value) {
  if (std::isnan(value)) {
    json.raw("null");
  } else {
    json.raw(fmt::format("{:.4g}", value));
  }
}

void write_quality(publish::JsonWriter& json, const shacl::QualityWeights& weights, const shacl::Quality& quality) {
  json.key("entities").value(static_cast<std::int64_t>(quality.entities));
  json.key("scores").begin_object();
  for (std::size_t i = 0; i < shacl::metric_count; ++i) {
    json.key(shacl::metric_names[i]);
    write_number(json, quality.scores[i]);
  }
  json.end_object().key("improvements").begin_array();
  for (const shacl::Improvement& each : quality.improvements) {
    json.begin_object();
    if (each.rule) json.key("shape").value(weights.rules[*each.rule].id.value);
    json.key("text").begin_object();
    for (const char* language : {"fr", "en"}) json.key(language).value(improvement_text(weights, each, language));
    json.end_object().key("entities").value(static_cast<std::int64_t>(each.entities)).key("gain");
    write_number(json, each.gain);
    json.end_object();
  }
  json.end_array();
}

void write_json(const ingest::ScoreResult& result, const shacl::QualityWeights& weights) {
  publish::JsonWriter json;
  json.begin_object();
  write_quality(json, weights, result.all);
  json.key("contributors").begin_array();
  for (const ingest::ScoredGroup& group : result.contributors) {
    json.begin_object().key("name").value(group.name).key("graphs").begin_array();
    for (const rdf::Term& graph : group.graphs) json.value(graph.value);
    json.end_array();
    write_quality(json, weights, group.quality);
    json.end_object();
  }
  json.end_array().key("sources").begin_array();
  for (const ingest::ScoredGroup& group : result.sources) {
    json.begin_object().key("graph").value(group.graphs.front().value).key("contributor").value(group.name);
    write_quality(json, weights, group.quality);
    json.end_object();
  }
  json.end_array().end_object();
  standard_output()(json.take() + "\n");
}

class ScoreCommand : public Command {
 public:
  std::string_view name() const override { return "score"; }
  std::string_view arguments() const override {
    return "[--weights FILE] [--dry-run] [--lang fr|en] [--format text|json]";
  }
  std::string_view summary() const override {
    return "score the quality of entries, sources and contributors, and store the scores";
  }
  std::string_view examples() const override {
    return "  scenograph score --lang fr\n"
           "  scenograph score --dry-run --weights my-weights.ttl --format json\n"
           "  scenograph score --no-entities --base-iri https://data.venue.example/\n";
  }

  void declare(po::options_description& options) const override {
    options.add_options()("dry-run", po::bool_switch(), "store nothing")(
        "no-entities", po::bool_switch(), "store scores of sources and contributors alone, not of every entry")(
        "base-iri", po::value<std::string>()->default_value(std::string(server::standard_base_iri))->value_name("IRI"),
        "where the store is served; scores go to the graph <IRI>graph/quality")(
        "actor", po::value<std::string>()->value_name("NAME"), "who, for the change log")(
        "format", po::value<std::string>()->default_value("text")->value_name("FORMAT"), "text or json")(
        "improvements", po::value<std::size_t>()->default_value(3)->value_name("N"),
        "improvements shown for each, the most worthwhile ones")(
        "timeout", po::value<std::string>()->default_value("0s")->value_name("TIME"), "of the scoring; 0s: none")(
        "query-memory", po::value<std::string>()->default_value("1G")->value_name("BYTES"), "memory for the scoring");
    declare_weights_option(options);
    declare_shapes_options(options);
  }

  Exit run(const Invocation& invocation) const override {
    const std::string language = report_language(invocation);
    const bool as_json = wants_json(invocation);
    const std::string base = invocation.text("base-iri");
    if (rdf::why_not_iri(base) || base.back() != '/') {
      throw Error(Code::BadArgument, "--base-iri must be an absolute IRI that ends in \"/\", not \"" + base + "\"");
    }
    const shacl::QualityWeights weights = weights_of(invocation);
    const shacl::Shapes shapes = shapes_of(invocation);
    const bool is_dry = invocation.options["dry-run"].as<bool>();
    base::Budget budget(std::chrono::milliseconds(parse_milliseconds("timeout", invocation.text("timeout"))),
                        parse_bytes("query-memory", invocation.text("query-memory")));
    const ingest::Scoring scoring{weights, shapes, base, ingest::today(),
                                  !invocation.options["no-entities"].as<bool>()};
    const auto store = open_store(invocation, is_dry);
    const std::uint64_t before = store->snapshot()->commit_number();
    const ingest::ScoreResult result = is_dry ? ingest::score(*store->snapshot(), scoring, budget)
                                              : ingest::store_scores(*store, scoring, budget, invocation.text("actor"));
    if (as_json) {
      write_json(result, weights);
    } else {
      Table(weights, language, invocation.options["improvements"].as<std::size_t>()).write(result);
    }
    if (!is_dry && !invocation.quiet) print_commit(result.commit, before);
    return Exit::Ok;
  }

 private:
  static void print_commit(const store::CommitResult& commit, std::uint64_t before) {
    if (commit.number == before) {
      fmt::print(stderr, "the stored scores were these already\n");
    } else {
      fmt::print(stderr, "scores stored: +{} -{} quads\n", base::with_thousands(commit.inserted),
                 base::with_thousands(commit.removed));
    }
  }
};

}  // namespace

std::unique_ptr<Command> make_score_command() { return std::make_unique<ScoreCommand>(); }

}  // namespace scenograph::cli
