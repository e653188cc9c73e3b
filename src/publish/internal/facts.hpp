#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "publish/language.hpp"
#include "store/store.hpp"

namespace scenograph::publish {

struct Fact {
  rdf::Term subject;
  rdf::Term predicate;
  rdf::Term object;
  std::vector<rdf::Term> graphs;  ///< that state it; sorted
};

/// What the readable graphs of one snapshot say, for pages: small reads by term. One thread. Names are remembered.
class Facts {
 public:
  Facts(const store::View& view, const store::GraphSet& readable) : view_(view), readable_(readable) {}

  /// Facts with this subject, at most `limit`, sorted.
  [[nodiscard]] std::vector<Fact> about(const rdf::Term& subject, std::size_t limit) const;

  /// Facts with this object, at most `limit`, by predicate. Parts and blank nodes among the subjects count.
  [[nodiscard]] std::vector<Fact> pointing_at(const rdf::Term& object, std::size_t limit) const;

  /// Subjects of facts with this predicate and object, at most `limit`.
  [[nodiscard]] std::vector<rdf::Term> subjects(std::string_view predicate, const rdf::Term& object,
                                                std::size_t limit) const;

  [[nodiscard]] std::vector<rdf::Term> values(const rdf::Term& subject, std::string_view predicate) const;

  /// The first value in the order of terms.
  [[nodiscard]] std::optional<rdf::Term> value(const rdf::Term& subject, std::string_view predicate) const;

  /// The value in the language, else one without, else the first.
  [[nodiscard]] std::string text(const rdf::Term& subject, std::string_view predicate, Language language) const;

  /// Types' IRIs, the most specific first, then sorted.
  [[nodiscard]] std::vector<std::string> types(const rdf::Term& subject) const;

  /// A name for people: schema:name, skos:prefLabel, rdfs:label, schema:alternateName; empty if there is none.
  [[nodiscard]] std::string name(const rdf::Term& subject, Language language) const;

  /// Whether anything is said about it.
  [[nodiscard]] bool knows(const rdf::Term& subject) const;

  [[nodiscard]] const store::View& view() const { return view_; }
  [[nodiscard]] const store::GraphSet& readable() const { return readable_; }

 private:
  [[nodiscard]] std::vector<Fact> read(const store::QuadId& pattern, store::Order order, std::size_t limit) const;

  const store::View& view_;
  const store::GraphSet& readable_;
  mutable std::map<std::pair<rdf::Term, Language>, std::string> names_;
};

/// How general a class of schema.org is: 0 for those without subclasses of use here and for other vocabularies, 3 for
/// Thing.
[[nodiscard]] int generality(std::string_view type);

/// The literal in the language, else one without any, else the first; nullopt if none is a literal.
[[nodiscard]] std::optional<rdf::Term> in_language(const std::vector<rdf::Term>& values, Language language);

}  // namespace scenograph::publish
