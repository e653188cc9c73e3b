#pragma once

#include <functional>
#include <string_view>

#include "jsonld/document.hpp"
#include "jsonld/json.hpp"
#include "markup/scripts.hpp"
#include "syntax/reader.hpp"

namespace scenograph::jsonld {

/// Parses the JSON of one script, repairing it where that is asked for. @throws Error at its place in the page.
using ScriptParser = std::function<Value(const markup::Script&)>;

/// Reads a web page: `read_any` says what of it. @param parse  called for each script, in document order
/// @param loader  of contexts
void read_page(std::string_view html, const syntax::ReadOptions& options, const ScriptParser& parse,
               const DocumentLoader& loader, const rdf::QuadSink& sink);

}  // namespace scenograph::jsonld
