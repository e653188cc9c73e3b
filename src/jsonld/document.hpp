#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jsonld/json.hpp"

namespace scenograph::jsonld {

/// What an address gave, not read yet.
struct LoadedDocument {
  std::string text;
  std::string address;                               ///< after redirects; may be empty
  std::string content_type = "application/ld+json";  ///< as sent, with parameters
  std::vector<std::string> links;                    ///< values of Link headers, in order
};

/// Finds the document at an absolute address; nullopt if it knows none. May throw base::Error, whose message says why.
/// Called from the thread that processes.
using DocumentLoader = std::function<std::optional<LoadedDocument>(std::string_view address)>;

/// Knows the documents that the program holds: the context of schema.org under its usual addresses and Scenograph's own
/// (ontology/context.jsonld, at https://w3id.org/scenograph/context.jsonld). No network.
[[nodiscard]] std::optional<LoadedDocument> bundled_document(std::string_view address);

struct DocumentOptions {
  DocumentLoader loader = bundled_document;  ///< for the document that a Link header names in place of another
  std::string base;                          ///< rather than the document's address
  bool all_scripts = false;                  ///< of a page: all of them as one document, rather than the first
};

/// A document of JSON, or what the scripts of a page hold.
struct Document {
  Value json;
  std::string base;     ///< against which its references resolve
  std::string context;  ///< address of the context that a Link header gives it; may be empty
};

/// Reads JSON, and pages by their scripts: that which the fragment of the address names, or the first, or all.
/// Heeds the Link headers `alternate` (documents that are not JSON) and `http://www.w3.org/ns/json-ld#context` (JSON
/// that is not JSON-LD).
///
/// @throws Error(Code::BadSyntax) at the fault of JSON; Error(Code::BadData) beginning with "loading document failed",
///         "invalid script element" or "multiple context link headers".
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, sections 9.4 and 9.5; JSON-LD 1.1, section 6.1.
[[nodiscard]] Document read_document(const LoadedDocument& loaded, const DocumentOptions& options = {});

/// As `read_document`, for what the loader finds. @throws also what the loader does, and Error(Code::Denied) where
/// it knows nothing; all beginning with "loading document failed".
[[nodiscard]] Document load_document(std::string_view address, const DocumentOptions& options);

}  // namespace scenograph::jsonld
