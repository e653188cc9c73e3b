#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "jsonld/processor.hpp"
#include "syntax/format.hpp"

namespace scenograph::jsonld {

enum class Operation : std::uint8_t { Expand, Compact, Flatten, Frame, ToRdf, FromRdf };

/// From "expand", "compact", "flatten", "frame", "to-rdf" or "from-rdf"; nullopt for anything else.
[[nodiscard]] std::optional<Operation> parse_operation(std::string_view name);

/// An operation of the JSON-LD API, as the command line and the HTTP service run it.
struct Task {
  Operation operation = Operation::Expand;
  LoadedDocument document;       ///< from_rdf: RDF, in `format`
  std::optional<Value> context;  ///< compact, and flatten
  std::optional<Value> frame;    ///< of that operation alone
  ProcessorOptions options;
  FrameOptions framing;
  std::optional<bool> all_scripts;                 ///< of a page; absent: only to_rdf does
  syntax::Format format = syntax::Format::NQuads;  ///< of RDF that is read or written
  unsigned indent = 2;                             ///< of JSON that is written; 0: none
};

/// Names of options that `set_option` knows, those of the JSON-LD API and of framing ("compactArrays", "rdfDirection",
/// "omitGraph" …) and "maxSteps", "maxTerms"; sorted.
[[nodiscard]] std::vector<std::string_view> option_names();

/// Sets an option of the API by its name there. @throws Error(Code::BadArgument) for a name or a value it has not.
void set_option(Task& task, std::string_view name, std::string_view value);

/// Runs the operation and writes what it makes: JSON, or RDF in the task's format.
/// @throws as the functions of processor.hpp; Error(Code::BadArgument) where the context or the frame is missing.
void run_task(const Task& task, const base::ByteSink& sink);

}  // namespace scenograph::jsonld
