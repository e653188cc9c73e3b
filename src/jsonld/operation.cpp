#include "jsonld/operation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <map>

#include "base/error.hpp"
#include "jsonld/any_syntax.hpp"
#include "syntax/reader.hpp"

namespace scenograph::jsonld {

namespace {

using base::Code;
using base::Error;

Error bad_value(std::string_view name, std::string_view wanted, std::string_view value) {
  return {Code::BadArgument, fmt::format("the option {} is {}, not \"{}\"", name, wanted, value)};
}

bool parse_flag(std::string_view name, std::string_view value) {
  if (value != "true" && value != "false") throw bad_value(name, "true or false", value);
  return value == "true";
}

std::size_t parse_count(std::string_view name, std::string_view value) {
  std::size_t count = 0;
  const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), count);
  if (fault != std::errc() || end != value.data() + value.size() || count == 0) {
    throw bad_value(name, "a number above 0", value);
  }
  return count;
}

void set_direction(Task& task, std::string_view name, std::string_view value) {
  if (value == "i18n-datatype") {
    task.options.rdf_direction = RdfDirection::I18nDatatype;
  } else if (value == "compound-literal") {
    task.options.rdf_direction = RdfDirection::CompoundLiteral;
  } else if (value == "null") {
    task.options.rdf_direction = RdfDirection::None;
  } else {
    throw bad_value(name, "i18n-datatype, compound-literal or null", value);
  }
}

void set_mode(Task& task, std::string_view name, std::string_view value) {
  if (value != "json-ld-1.0" && value != "json-ld-1.1") throw bad_value(name, "json-ld-1.0 or json-ld-1.1", value);
  task.options.json_ld_1_0 = value == "json-ld-1.0";
}

void set_embed(Task& task, std::string_view name, std::string_view value) {
  if (value != "@always" && value != "@once" && value != "@never") {
    throw bad_value(name, "@always, @once or @never", value);
  }
  task.framing.embed = value;
}

using Set = std::function<void(Task&, std::string_view name, std::string_view value)>;

/// An option that is true or false.
template <typename Place>
Set flag(Place place) {
  return [place](Task& task, std::string_view name, std::string_view value) { place(task) = parse_flag(name, value); };
}

const std::map<std::string_view, Set>& settings() {
  static const std::map<std::string_view, Set> all = {
      {"base", [](Task& task, std::string_view, std::string_view value) { task.options.base = value; }},
      {"compactArrays", flag([](Task& task) -> bool& { return task.options.compact_arrays; })},
      {"compactToRelative", flag([](Task& task) -> bool& { return task.options.compact_to_relative; })},
      {"embed", set_embed},
      {"explicit", flag([](Task& task) -> bool& { return task.framing.is_explicit; })},
      {"extractAllScripts", flag([](Task& task) -> std::optional<bool>& { return task.all_scripts; })},
      {"maxSteps", [](Task& task, std::string_view name,
                      std::string_view value) { task.framing.max_steps = parse_count(name, value); }},
      {"maxTerms", [](Task& task, std::string_view name,
                      std::string_view value) { task.options.max_terms = parse_count(name, value); }},
      {"omitDefault", flag([](Task& task) -> bool& { return task.framing.omit_default; })},
      {"omitGraph", flag([](Task& task) -> std::optional<bool>& { return task.framing.omit_graph; })},
      // Everything is written in order anyway.
      {"ordered", [](Task&, std::string_view name, std::string_view value) { (void)parse_flag(name, value); }},
      {"processingMode", set_mode},
      {"produceGeneralizedRdf", flag([](Task& task) -> bool& { return task.options.generalized_rdf; })},
      {"pruneBlankNodeIdentifiers",
       flag([](Task& task) -> std::optional<bool>& { return task.framing.prune_blank_names; })},
      {"rdfDirection", set_direction},
      {"requireAll", flag([](Task& task) -> bool& { return task.framing.require_all; })},
      {"useNativeTypes", flag([](Task& task) -> bool& { return task.options.use_native_types; })},
      {"useRdfType", flag([](Task& task) -> bool& { return task.options.use_rdf_type; })}};
  return all;
}

std::vector<rdf::Quad> read_quads(const Task& task) {
  std::vector<rdf::Quad> quads;
  syntax::ReadOptions options;
  options.base = task.options.base.empty() ? task.document.address : task.options.base;
  options.source_name = task.document.address;
  const auto source = base::open_text(task.document.text);
  read_any(*source, task.format, options, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
  return quads;
}

void write_quads(const Task& task, const Document& document, const ProcessorOptions& options,
                 const base::ByteSink& sink) {
  const auto writer = make_any_writer(task.format, sink);
  to_rdf(expand(document.json, options), options, [&writer](const rdf::Quad& quad) { writer->write(quad); });
  writer->finish();
}

Value run_on_document(const Task& task, const Document& document, ProcessorOptions options) {
  const Value expanded = expand(document.json, options);
  switch (task.operation) {
    case Operation::Compact:
      if (!task.context) throw Error(Code::BadArgument, "compact needs a context");
      return compact(expanded, *task.context, options);
    case Operation::Flatten:
      options.wrap_graph = true;
      return task.context ? compact(flatten(expanded), *task.context, options) : flatten(expanded);
    case Operation::Frame:
      if (!task.frame) throw Error(Code::BadArgument, "frame needs a frame");
      return frame(expanded, *task.frame, task.framing, options);
    default:
      return expanded;
  }
}

}  // namespace

std::optional<Operation> parse_operation(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, Operation>, 6> names = {{{"expand", Operation::Expand},
                                                                                   {"compact", Operation::Compact},
                                                                                   {"flatten", Operation::Flatten},
                                                                                   {"frame", Operation::Frame},
                                                                                   {"to-rdf", Operation::ToRdf},
                                                                                   {"from-rdf", Operation::FromRdf}}};
  const auto found = std::find_if(names.begin(), names.end(), [name](const auto& each) { return each.first == name; });
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string_view> option_names() {
  std::vector<std::string_view> names;
  for (const auto& [name, set] : settings()) names.push_back(name);
  return names;
}

void set_option(Task& task, std::string_view name, std::string_view value) {
  const auto found = settings().find(name);
  if (found != settings().end()) return found->second(task, name, value);
  throw Error(Code::BadArgument,
              fmt::format("there is no option \"{}\"; there are {}", name, fmt::join(option_names(), ", ")));
}

void run_task(const Task& task, const base::ByteSink& sink) {
  const auto write = [&](const Value& value) { sink(to_json(value, task.indent) + "\n"); };
  if (task.operation == Operation::FromRdf) return write(from_rdf(read_quads(task), task.options));
  DocumentOptions reading;
  reading.loader = task.options.loader;
  reading.base = task.options.base;
  reading.all_scripts = task.all_scripts.value_or(task.operation == Operation::ToRdf);
  const Document document = read_document(task.document, reading);
  ProcessorOptions options = task.options;
  options.base = document.base;
  options = with_document(options, document);
  if (task.operation == Operation::ToRdf) return write_quads(task, document, options, sink);
  write(run_on_document(task, document, options));
}

}  // namespace scenograph::jsonld
