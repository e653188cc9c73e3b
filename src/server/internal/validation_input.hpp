#pragma once

#include <optional>
#include <string>

#include "server/internal/exchange.hpp"
#include "syntax/format.hpp"

namespace scenograph::server {

/// A document as a request brings it.
struct SentDocument {
  std::string text;
  std::string content_type;  ///< as sent; may be empty
  std::string name;          ///< of the file, or what it is, for messages
  bool is_named = false;     ///< whether its sender calls it so

  /// Its syntax: by `content_type`, unless that says nothing, else by the ending of `name`, else by how it begins.
  /// @throws  Error(Code::Unsupported) if it is no RDF or web page, or cannot be told, saying how to name it.
  [[nodiscard]] syntax::Format format() const;
};

/// What a request to /validate asks for.
struct ValidationInput {
  Parameters parameters;   ///< of the address and of a form's fields, documents excepted
  SentDocument document;   ///< its text is empty if `address` is to be fetched
  std::string address;     ///< may be empty
  bool is_pasted = false;  ///< the document is a form's text field
  std::optional<SentDocument> shapes;
};

/// Takes a body that is the document, or a form of either kind: with the fields `file`, `address` or `input`, the first
/// of them that is not empty, and `shapes`.
///
/// @throws  Error(Code::BadArgument) if there is no document; Error(Code::BadSyntax) for a form that is none.
[[nodiscard]] ValidationInput read_validation_input(const Request& request);

}  // namespace scenograph::server
