#include "base/error.hpp"
#include "cli/internal/output_options.hpp"

namespace scenograph::cli {

namespace {

/// Writes the quads of a scan, a batch of terms at a time.
void write_scan(const store::View& view, const store::ScanRequest& request, syntax::Writer& writer) {
  const auto scan = view.scan(request);
  for (store::QuadBatch batch; scan->next(batch);) {
    std::array<std::vector<rdf::Term>, 4> terms;
    for (std::size_t i = 0; i < terms.size(); ++i) terms[i] = view.terms(batch.column(static_cast<store::Position>(i)));
    for (std::size_t row = 0; row < batch.size; ++row) {
      writer.write(
          {std::move(terms[0][row]), std::move(terms[1][row]), std::move(terms[2][row]), std::move(terms[3][row])});
    }
  }
}

class ExportCommand : public Command {
 public:
  std::string_view name() const override { return "export"; }
  std::string_view arguments() const override { return "[--graph IRI] [--format FORMAT]"; }
  std::string_view summary() const override { return "write the store, or one graph, as RDF to standard output"; }
  std::string_view examples() const override {
    return "  scenograph export | gzip > backup.nq.gz\n"
           "  scenograph export --format trig --pack zstd > backup.trig.zst\n"
           "  scenograph export --graph https://venue.example/graph/agenda --format turtle\n";
  }

  void declare(po::options_description& options) const override {
    options.add_options()("graph", po::value<std::string>()->value_name("IRI"), "only this named graph")(
        "format", po::value<std::string>()->value_name("FORMAT"),
        "nquads (default), trig, jsonld; or, of all graphs merged, turtle, ntriples, rdfxml");
    declare_output_options(options);
  }

  Exit run(const Invocation& invocation) const override {
    const auto format =
        invocation.has("format") ? syntax::parse_format(invocation.text("format")) : syntax::Format::NQuads;
    const store::Snapshot view = open_store(invocation, true)->snapshot();
    store::ScanRequest request;
    request.order = syntax::has_graphs(format) ? store::Order::Gspo : store::Order::Spog;
    request.distinct_triples = !syntax::has_graphs(format);
    if (invocation.has("graph")) {
      const auto graph = view->find(graph_option(invocation, "graph"));
      if (!graph || view->count({{}, {}, {}, *graph}) == 0) {
        throw base::Error(base::Code::NotFound,
                          "the store has no graph " + invocation.text("graph") + " (info lists them)");
      }
      request.pattern.graph = *graph;
      request.order = store::Order::Gspo;
      request.distinct_triples = false;
    }
    RdfOutput output(invocation, format);
    write_scan(*view, request, output.writer());
    output.finish();
    return Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_export_command() { return std::make_unique<ExportCommand>(); }

}  // namespace scenograph::cli
