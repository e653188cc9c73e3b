#include "canon/canonicalize.hpp"

#include "base/error.hpp"
#include "base/json_text.hpp"
#include "cli/internal/command.hpp"
#include "cli/internal/rdf_options.hpp"

namespace scenograph::cli {

namespace {

std::string to_json(const std::map<std::string, std::string>& labels) {
  std::string out = "{";
  for (const auto& [given, canonical] : labels) {
    out += out.size() == 1 ? "\n  " : ",\n  ";
    base::append_json_string(out, given);
    out += ": ";
    base::append_json_string(out, canonical);
  }
  return out + "\n}\n";
}

class CanonicalizeCommand : public Command {
 public:
  std::string_view name() const override { return "canonicalize"; }
  std::string_view arguments() const override { return "FILE [--hash | --labels]"; }
  std::string_view summary() const override { return "write RDF as canonical N-Quads, or its hash"; }
  std::string_view examples() const override {
    return "  scenograph canonicalize season.ttl > season.nq\n"
           "  scenograph canonicalize season.jsonld --hash\n"
           "  scenograph canonicalize season.trig --labels --algorithm sha384\n";
  }

  void declare(po::options_description& options) const override {
    options.add_options()("in", po::value<std::string>(), "the file; - is standard input")(
        "from", po::value<std::string>()->value_name("FORMAT"), "its syntax; else told by the file")(
        "hash", po::bool_switch(), "only the hash of the result")("labels", po::bool_switch(),
                                                                  "only which label each blank node gets, as JSON")(
        "algorithm", po::value<std::string>()->default_value("sha256")->value_name("NAME"), "sha256 or sha384")(
        "max-steps", po::value<std::uint64_t>()->default_value(canon::CanonicalizeOptions{}.max_steps)->value_name("N"),
        "spent on telling blank nodes apart");
    declare_held_memory(options);
    declare_rdf_options(options);
  }

  void declare_positional(po::positional_options_description& positional) const override { positional.add("in", 1); }

  Exit run(const Invocation& invocation) const override {
    if (!invocation.has("in")) throw base::Error(base::Code::BadArgument, "canonicalize needs a file");
    canon::CanonicalizeOptions options;
    options.algorithm = canon::parse_hash_algorithm(invocation.text("algorithm"));
    options.max_steps = invocation.options["max-steps"].as<std::uint64_t>();
    Remarks remarks(invocation.options["messages"].as<std::size_t>());
    HeldQuads quads(invocation);
    ingest::RdfInput input = rdf_input(invocation, invocation.text("in"), remarks);
    if (invocation.has("from")) input.format = syntax::parse_format(invocation.text("from"));
    quads.read(input);
    const canon::Canonical canonical = canon::canonicalize(quads.take(), options);
    const base::ByteSink out = standard_output();
    if (invocation.options["hash"].as<bool>()) {
      out(canon::hash_of(canonical, options.algorithm) + "\n");
    } else if (invocation.options["labels"].as<bool>()) {
      out(to_json(canonical.labels));
    } else {
      for (const std::string& line : canonical.lines) out(line);
    }
    return remarks.count() > 0 ? Exit::Found : Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_canonicalize_command() { return std::make_unique<CanonicalizeCommand>(); }

}  // namespace scenograph::cli
