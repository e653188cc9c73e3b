#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scenograph::server {

/// Whether a Content-Type header says multipart/form-data.
[[nodiscard]] bool is_multipart(std::string_view content_type);

/// One field of a multipart/form-data body.
struct FormPart {
  std::string name;
  std::string file_name;     ///< empty: no file, or none was chosen
  std::string content_type;  ///< as sent; may be empty
  std::string_view body;     ///< of the whole body
};

/// The fields of a multipart/form-data body, in order. @throws Error(Code::BadSyntax) for a body that is not of the
/// form.
///
/// Source: RFC 7578.
[[nodiscard]] std::vector<FormPart> form_parts(std::string_view body, std::string_view content_type);

/// The RDF of all parts of a multipart/form-data body together, as N-Triples. Blank nodes of different parts stay
/// apart.
///
/// @param base  of relative IRIs.
/// @throws  Error(Code::BadSyntax) for a body that is not of the form, or for a fault in a part, with the part's name,
///          line and column; Error(Code::Unsupported) for a part whose media type and file name tell of no RDF of one
///          graph.
///
/// Source: RFC 7578; SPARQL 1.1 Graph Store HTTP Protocol, section 5.5.
[[nodiscard]] std::string join_parts(std::string_view body, std::string_view content_type, const std::string& base);

}  // namespace scenograph::server
