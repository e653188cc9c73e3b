#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "markup/internal/tree.hpp"
#include "rdf/term.hpp"
#include "syntax/reader.hpp"

namespace scenograph::markup {

/// What the readers of Microdata and of RDFa share: the page they read, its address, terms, and where quads go.
class Output {
 public:
  /// All must outlive this. @param last_label  blank nodes are named after this number
  Output(const syntax::ReadOptions& options, std::size_t page_size, std::uint64_t last_label,
         const rdf::QuadSink& sink);

  /// @throws Error(Code::TooLarge) where a page says much more than it holds.
  void write(const rdf::Term& subject, std::string_view predicate, const rdf::Term& object);

  /// Accounts for work that is not in proportion to what is written. @throws as `write`.
  void spend(std::size_t steps);

  [[nodiscard]] rdf::Term blank();
  [[nodiscard]] std::uint64_t last_label() const { return last_label_; }
  [[nodiscard]] std::uint64_t quads() const { return quads_; }

  /// The page's own address, without fragment; absent if none is known.
  [[nodiscard]] std::optional<rdf::Term> page() const;
  [[nodiscard]] const std::string& source() const { return options_.source_name; }
  [[nodiscard]] bool lenient() const { return options_.lenient; }

  /// What the value of an attribute such as href leads to, as browsers read it: space around it does not count, and
  /// what IRIs may not hold is encoded. Absent, with a diagnostic at the first, if it is no IRI even so: if it is
  /// relative and the page's address is not known.
  [[nodiscard]] std::optional<rdf::Term> link(const GumboElement& element, std::string_view reference);

  /// A literal with the language, if that is a tag. Lenient reading gives none to numbers, times, addresses, and codes
  /// such as EUR, which are in no language.
  [[nodiscard]] rdf::Term text(std::string_view lexical, std::string_view language) const;

  /// The text of an element as a literal's lexical form. Lenient reading runs space together, as browsers show it.
  [[nodiscard]] std::string text_in(const GumboElement& element) const;

  void warn(const GumboElement& element, std::string_view found, base::Phrase message) const;

 private:
  const syntax::ReadOptions& options_;
  const rdf::QuadSink& sink_;
  std::uint64_t left_;
  std::uint64_t last_label_;
  std::uint64_t quads_ = 0;
  bool warned_of_relative_ = false;
};

/// The words of a list that spaces separate. Views into `list`.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view list);

/// The datatype whose lexical forms the text is one of: xsd:date, time, dateTime, duration, gYear or gYearMonth; empty
/// if of none.
[[nodiscard]] std::string_view time_datatype(std::string_view text);

/// The datatype of a number: xsd:integer or xsd:double; empty if the text is none.
[[nodiscard]] std::string_view number_datatype(std::string_view text);

/// Whether an absolute IRI is one that a page means by what it writes in the place of a prefixed name, such as
/// "https://schema.org/name", rather than a name whose prefix nobody declared, such as "fb:app_id".
[[nodiscard]] bool is_meant_as_iri(std::string_view iri);

/// Percent-encodes what an IRI may not hold.
[[nodiscard]] std::string encode_iri(std::string_view reference);

}  // namespace scenograph::markup
