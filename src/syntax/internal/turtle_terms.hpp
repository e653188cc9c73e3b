#pragma once

#include <set>
#include <string>

#include "rdf/term.hpp"
#include "syntax/writer.hpp"

namespace scenograph::syntax {

/// Writes terms as Turtle has them, and notes which prefixes that takes.
class TurtleTerms {
 public:
  explicit TurtleTerms(WriteOptions options);

  /// As `Writer::add_prefix`: a name is taken once it is used.
  void add_prefix(std::string_view name, std::string_view iri);

  void append(std::string& out, const rdf::Term& term);

  /// As `append`, and a for rdf:type.
  void append_predicate(std::string& out, const rdf::Term& predicate);

  /// The declarations that what was appended needs, by name, but for those handed out before.
  [[nodiscard]] std::string take_declarations();

 private:
  void append_iri(std::string& out, const std::string& iri);
  [[nodiscard]] std::string relative(const std::string& iri) const;

  WriteOptions options_;
  bool base_declared_ = false;
  std::set<std::string> used_;
  std::set<std::string> declared_;
};

}  // namespace scenograph::syntax
