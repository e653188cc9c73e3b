#include <fmt/format.h>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "cli/internal/command.hpp"
#include "cli/internal/remote_options.hpp"
#include "jsonld/operation.hpp"

namespace scenograph::cli {

namespace {

using base::Code;
using base::Error;
using jsonld::Operation;

class JsonLdCommand : public Command {
 public:
  std::string_view name() const override { return "jsonld"; }
  std::string_view arguments() const override {
    return "expand|compact|flatten|frame|to-rdf|from-rdf [FILE|ADDRESS|-] [OPTIONS]";
  }
  std::string_view summary() const override { return "process JSON-LD, also of web pages, on standard output"; }
  std::string_view examples() const override {
    return "  scenograph jsonld expand event.jsonld\n"
           "  scenograph jsonld compact event.jsonld --context https://schema.org\n"
           "  scenograph jsonld flatten page.html --option extractAllScripts=true\n"
           "  scenograph jsonld frame season.jsonld --frame event.frame.jsonld --option embed=@always\n"
           "  scenograph jsonld to-rdf event.jsonld --to turtle --base https://venue.example/show\n"
           "  scenograph jsonld from-rdf season.ttl --from turtle --option useNativeTypes=true\n"
           "  scenograph jsonld expand https://venue.example/show --allow-context venue.example\n"
           "  scenograph jsonld expand - --context-file https://ex.example/context=context.jsonld < event.jsonld\n";
  }

  void declare(po::options_description& options) const override {
    const auto words = [](const char* name) {
      return po::value<std::vector<std::string>>()->composing()->value_name(name);
    };
    options.add_options()("operation", po::value<std::string>(), "what to do")(
        "input", po::value<std::string>()->default_value("-"), "the document; - is standard input")(
        "context", po::value<std::string>()->value_name("FILE|ADDRESS"), "to compact with; for compact and flatten")(
        "frame", po::value<std::string>()->value_name("FILE|ADDRESS"), "to frame with")(
        "expand-context", po::value<std::string>()->value_name("FILE|ADDRESS"), "put before that of the document")(
        "base", po::value<std::string>()->value_name("IRI"), "of the document (default: its address)")(
        "option", words("NAME=VALUE"),
        "an option of the JSON-LD API or of framing; repeatable. --option help lists them")(
        "to", po::value<std::string>()->default_value("nquads")->value_name("FORMAT"),
        "to-rdf: turtle, trig, ntriples, nquads or rdfxml")("from", po::value<std::string>()->value_name("FORMAT"),
                                                            "from-rdf: else told by the file's name, else nquads")(
        "max-document", po::value<std::string>()->default_value("64M")->value_name("BYTES"), "largest document")(
        "indent", po::value<unsigned>()->default_value(2)->value_name("N"), "blanks a level; 0 writes one line");
    declare_context_options(options);
    declare_remote_limits(options);
  }

  void declare_positional(po::positional_options_description& positional) const override {
    positional.add("operation", 1).add("input", 1);
  }

  Exit run(const Invocation& invocation) const override {
    jsonld::Task task;
    task.framing.max_steps_option = "--option maxSteps";
    task.options.max_terms_option = "--option maxTerms";
    task.options.loader = context_loader(invocation);
    for (const std::string& option : invocation.list("option")) {
      if (option == "help") {
        for (const std::string_view name : jsonld::option_names()) fmt::print("{}\n", name);
        return Exit::Ok;
      }
      const auto [name, value] = parse_pair("option", option);
      set_option(task, name, value);
    }
    const auto operation = jsonld::parse_operation(invocation.text("operation"));
    if (!operation) {
      throw Error(Code::BadArgument, "jsonld needs one of expand, compact, flatten, frame, to-rdf, from-rdf");
    }
    task.operation = *operation;
    if (invocation.has("base")) task.options.base = invocation.text("base");
    task.indent = invocation.options["indent"].as<unsigned>();
    read_inputs(invocation, task);
    run_task(task, standard_output());
    return Exit::Ok;
  }

 private:
  static void read_inputs(const Invocation& invocation, jsonld::Task& task) {
    const std::string input = invocation.text("input");
    const bool from_rdf = task.operation == Operation::FromRdf;
    if (is_address(input) && !from_rdf) {
      task.document = loaded(input, task);
    } else {
      task.document = file(input, parse_bytes("max-document", invocation.text("max-document")));
    }
    const auto by_name = syntax::format_of_path(input);
    if (!from_rdf) {
      task.format = syntax::parse_format(invocation.text("to"));
    } else if (invocation.has("from")) {
      task.format = syntax::parse_format(invocation.text("from"));
    } else if (by_name) {
      task.format = *by_name;
    }
    if (invocation.has("context")) task.context = named(invocation.text("context"), task);
    if (invocation.has("expand-context")) task.options.expand_context = named(invocation.text("expand-context"), task);
    if (invocation.has("frame")) {
      const std::string frame = invocation.text("frame");
      jsonld::DocumentOptions reading;
      reading.loader = task.options.loader;
      task.frame = read_document(is_address(frame) ? loaded(frame, task) : file(frame, 0), reading).json;
    }
  }

  static jsonld::LoadedDocument loaded(const std::string& address, const jsonld::Task& task) {
    auto document = task.options.loader(address);
    if (!document) throw Error(Code::NotFound, fmt::format("<{}> is not to be had", address));
    return std::move(*document);
  }

  static jsonld::LoadedDocument file(const std::string& path, std::uint64_t max_bytes) {
    const auto source = base::open_file(path);
    jsonld::LoadedDocument document;
    document.text = base::read_all(*source, max_bytes, path, "--max-document");
    const bool page = path.ends_with(".html") || path.ends_with(".htm") || path.ends_with(".xhtml");
    if (page) document.content_type = "text/html";
    return document;
  }

  /// A context: that of a file, or the address itself.
  static jsonld::Value named(const std::string& name, const jsonld::Task& task) {
    if (is_address(name)) return jsonld::Value(name);
    jsonld::DocumentOptions reading;
    reading.loader = task.options.loader;
    return read_document(file(name, 0), reading).json;
  }
};

}  // namespace

std::unique_ptr<Command> make_jsonld_command() { return std::make_unique<JsonLdCommand>(); }

}  // namespace scenograph::cli
