#include "shacl/validate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/error.hpp"
#include "base/time.hpp"
#include "cli/internal/command.hpp"
#include "cli/internal/shapes_options.hpp"
#include "ingest/load.hpp"
#include "ingest/report_history.hpp"
#include "ingest/scratch_store.hpp"
#include "ingest/shapes.hpp"
#include "ingest/trace.hpp"
#include "jsonld/any_syntax.hpp"
#include "shacl/report.hpp"

namespace scenograph::cli {

namespace {

store::Snapshot snapshot_of_files(ingest::ScratchStore& scratch, const Invocation& invocation, Remarks& remarks) {
  std::vector<ingest::RdfInput> inputs;
  for (const std::filesystem::path& path : ingest::rdf_files(invocation.list("file"))) {
    ingest::RdfInput input;
    input.path = path;
    input.lenient = true;
    input.diagnostics = remarks.sink();
    input.show_progress = !invocation.quiet;
    inputs.push_back(std::move(input));
  }
  (void)ingest::load(scratch.store(), inputs, {}, {});
  return scratch.store().snapshot();
}

store::GraphSet graphs_to_check(const store::View& view, const Invocation& invocation) {
  if (!invocation.has("graph")) return store::GraphSet::all();
  const auto graph = view.find(graph_option(invocation, "graph"));
  if (!graph || view.count({{}, {}, {}, *graph}) == 0) {
    throw base::Error(base::Code::NotFound,
                      "the store has no graph " + invocation.text("graph") + " (info lists them)");
  }
  return store::GraphSet::of({*graph});
}

void write_report(const shacl::Report& report, const std::string& format, const shacl::ReportOptions& options) {
  if (format == "text") return shacl::write_text(report, options, standard_output());
  if (format == "json") return shacl::write_json(report, standard_output(), options);
  if (format == "sarif") return shacl::write_sarif(report, options, standard_output());
  if (format == "html") return shacl::write_html(report, options, standard_output());
  const auto writer = jsonld::make_any_writer(syntax::parse_format(format), standard_output());
  shacl::write_graph(report, [&](const rdf::Quad& quad) { writer->write(quad); });
  writer->finish();
}

/// The least severe result that counts as a failure.
shacl::Severity threshold(const std::string& name) {
  if (const auto severity = shacl::parse_severity(name)) return *severity;
  throw base::Error(base::Code::BadArgument, "--fail-on is violation, warning or info, not \"" + name + "\"");
}

class ValidateCommand : public Command {
 public:
  std::string_view name() const override { return "validate"; }
  std::string_view arguments() const override {
    return "[FILE…] [--shapes FILE] [--format text|html|json|sarif|turtle]";
  }
  std::string_view summary() const override { return "check the store, or files, against SHACL shapes"; }
  std::string_view examples() const override {
    return "  scenograph validate --lang fr\n"
           "  scenograph validate --graph https://venue.example/graph/agenda --format html > report.html\n"
           "  scenograph validate season.ttl --shapes my-shapes.ttl --format turtle\n"
           "  scenograph validate --fail-fast --counts\n"
           "  scenograph validate season.ttl --since last-week.json\n";
  }

  void declare(po::options_description& options) const override {
    options.add_options()("file", po::value<std::vector<std::string>>(),
                          "files or folders of RDF, in place of the store")(
        "graph", po::value<std::string>()->value_name("IRI"), "only this named graph of the store")(
        "format", po::value<std::string>()->default_value("text")->value_name("FORMAT"),
        "text, html, json, sarif, turtle, ntriples, jsonld")(
        "fail-on", po::value<std::string>()->default_value("violation")->value_name("SEVERITY"),
        "exit with 1 from this severity on: violation, warning or info")("fail-fast", po::bool_switch(),
                                                                         "stop at the first result of that severity")(
        "counts", po::bool_switch(), "only say how many results there are of each check")(
        "since", po::value<std::string>()->value_name("FILE"),
        "what changed since an earlier report of --format json (default: since the last validation of the store)")(
        "no-history", po::bool_switch(), "leave no trace in the store for later reports to say what changed")(
        "all", po::bool_switch(), "show every entity in a text report")(
        "timeout", po::value<std::string>()->default_value("0s")->value_name("TIME"), "0s: none")(
        "threads", po::value<std::size_t>()->value_name("N"), "default: as many as processors, at most 16")(
        "query-memory", po::value<std::string>()->default_value("1G")->value_name("BYTES"),
        "memory for the validation")(
        "max-results", po::value<std::size_t>()->default_value(shacl::Options{}.max_results)->value_name("N"),
        "most results a report holds")("messages", po::value<std::size_t>()->default_value(20)->value_name("N"),
                                       "remarks shown in full");
    declare_shapes_options(options);
  }

  void declare_positional(po::positional_options_description& positional) const override { positional.add("file", -1); }

  Exit run(const Invocation& invocation) const override {
    const shacl::Severity least = threshold(invocation.text("fail-on"));
    shacl::ReportOptions report_options;
    report_options.language = report_language(invocation);
    if (invocation.options["all"].as<bool>()) report_options.max_entities = 0;
    const shacl::Shapes shapes = shapes_of(invocation);
    Remarks remarks(invocation.options["messages"].as<std::size_t>(), report_language(invocation));
    for (const base::Diagnostic& notice : shapes.notices) remarks.sink()(notice);
    report_options.counts_only = invocation.options["counts"].as<bool>();
    const std::string format = invocation.text("format");
    if (report_options.counts_only && format != "text" && format != "json") {
      throw base::Error(base::Code::BadArgument, "--counts goes with --format text or json");
    }
    std::optional<shacl::Baseline> baseline;
    if (invocation.has("since")) baseline = earlier_report(invocation.text("since"));
    const shacl::Report report = invocation.has("file") ? check_files(invocation, shapes, remarks)
                                                        : check_store(invocation, shapes, remarks, baseline);
    std::optional<shacl::Trend> trend;
    if (baseline && !report.stopped) report_options.trend = &trend.emplace(compare(report, std::move(*baseline)));
    report_options.time_ms = base::now_ms();
    write_report(report, format, report_options);
    return report.has(least) ? Exit::Found : Exit::Ok;
  }

 private:
  static shacl::Report check_files(const Invocation& invocation, const shacl::Shapes& shapes, Remarks& remarks) {
    ingest::ScratchStore scratch;
    const auto budget = budget_of(invocation);
    return shacl::validate(*snapshot_of_files(scratch, invocation, remarks), shapes, options_of(invocation), *budget);
  }

  /// @param baseline  set to what the last validation found, if it is empty
  static shacl::Report check_store(const Invocation& invocation, const shacl::Shapes& shapes, Remarks& remarks,
                                   std::optional<shacl::Baseline>& baseline) {
    const auto budget = budget_of(invocation);
    shacl::Options options = options_of(invocation);
    const store::Snapshot view = open_store(invocation, true)->snapshot();
    options.graphs = graphs_to_check(*view, invocation);
    shacl::Report report = shacl::validate(*view, shapes, options, *budget);
    ingest::trace(*view, options.graphs, *budget, report);
    if (!report.stopped && keeps_history(invocation)) {
      remember(invocation, report, view->commit_number(), remarks, baseline);
    }
    return report;
  }

  /// Shapes from standard input are gone once they are read, and cannot be told from others.
  static bool keeps_history(const Invocation& invocation) {
    const auto shapes = invocation.list("shapes");
    return !invocation.options["no-history"].as<bool>() && std::find(shapes.begin(), shapes.end(), "-") == shapes.end();
  }

  /// Finds the last report, and keeps this one. That the data directory may not be written is no reason to fail.
  static void remember(const Invocation& invocation, const shacl::Report& report, std::uint64_t commit,
                       Remarks& remarks, std::optional<shacl::Baseline>& baseline) {
    const ingest::ReportHistory history(invocation.data, shapes_fingerprint(invocation), invocation.text("graph"));
    if (!baseline) {
      attempt(remarks,
              {"the last report cannot be read, so what changed is not told",
               "le dernier rapport est illisible, ce qui a changé n’est donc pas dit"},
              [&] { baseline = history.before(commit); });
    }
    attempt(remarks,
            {"this report is not kept to be compared with (--no-history asks for that)",
             "ce rapport n’est pas gardé pour être comparé (--no-history le demande)"},
            [&] { history.keep(report, base::now_ms(), commit); });
  }

  /// Does what the command can do without; a remark tells of failure.
  template <typename Work>
  static void attempt(Remarks& remarks, base::PhraseView failure, const Work& work) {
    try {
      work();
    } catch (const base::Error& error) {
      remarks.sink()({base::Severity::Info, error.where(), {}, {}, {}, base::explained(failure, error.message())});
    }
  }

  static shacl::Baseline earlier_report(const std::string& file) {
    return ingest::read_baseline(base::open_file(file), file);
  }

  static std::unique_ptr<base::Budget> budget_of(const Invocation& invocation) {
    return std::make_unique<base::Budget>(
        std::chrono::milliseconds(parse_milliseconds("timeout", invocation.text("timeout"))),
        parse_bytes("query-memory", invocation.text("query-memory")));
  }

  static shacl::Options options_of(const Invocation& invocation) {
    shacl::Options options;
    options.max_results =
        invocation.options["counts"].as<bool>() ? 0 : invocation.options["max-results"].as<std::size_t>();
    if (invocation.options["fail-fast"].as<bool>()) options.stop_at = threshold(invocation.text("fail-on"));
    options.threads = threads_option(invocation);
    return options;
  }
};

}  // namespace

std::unique_ptr<Command> make_validate_command() { return std::make_unique<ValidateCommand>(); }

}  // namespace scenograph::cli
