#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "rdf/term.hpp"

namespace scenograph::mapping::internal {

inline constexpr std::string_view rml_ns = "http://w3id.org/rml/";

/// The triples of a mapping, in document order by subject. IRIs of R2RML and of the older RML are read as those of
/// http://w3id.org/rml/.
class Document {
 public:
  /// @throws Error(Code::BadSyntax) with line and column.
  static Document parse(std::string_view turtle, std::string_view source_name);

  /// Objects of the property rml:`name`, or of a full IRI.
  [[nodiscard]] std::vector<rdf::Term> objects(const rdf::Term& subject, std::string_view name) const;

  /// Every property of the subject.
  [[nodiscard]] const std::vector<std::pair<std::string, rdf::Term>>& properties(const rdf::Term& subject) const;

  /// Subjects that have the property rml:`name`, in document order, each once.
  [[nodiscard]] std::vector<rdf::Term> subjects_with(std::string_view name) const;

  /// The members of an RDF list. @throws Error(Code::BadData) if it never ends.
  [[nodiscard]] std::vector<rdf::Term> list(const rdf::Term& head) const;

 private:
  std::vector<rdf::Term> subjects_;
  std::unordered_map<rdf::Term, std::vector<std::pair<std::string, rdf::Term>>> properties_;
};

/// "http://w3id.org/rml/name"; a full IRI stays.
[[nodiscard]] std::string rml_iri(std::string_view name);

/// The term as messages name it: the IRI, "_:label", or the lexical form.
[[nodiscard]] std::string shown(const rdf::Term& term);

}  // namespace scenograph::mapping::internal
