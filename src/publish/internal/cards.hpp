#pragma once

#include <string>
#include <vector>

#include "publish/internal/dates.hpp"
#include "publish/internal/facts.hpp"
#include "publish/internal/template.hpp"

namespace scenograph::publish {

/// What an entity is, as far as its page is laid out differently.
enum class Kind : std::uint8_t { Event, Series, Work, Place, Agent, Other };

[[nodiscard]] Kind kind_of(const std::vector<std::string>& types);

/// The IRI of a schema.org term.
[[nodiscard]] std::string schema(std::string_view name);

/// Reads what pages show of entities, in one language.
class Cards {
 public:
  Cards(const Site& site, const Facts& facts, Language language) : site_(site), facts_(facts), language_(language) {}

  /// Its name, else the end of its IRI.
  [[nodiscard]] std::string title(const rdf::Term& entity) const;

  /// The name of a property or class: from the texts, from the data, else shortened.
  [[nodiscard]] std::string label(const std::string& iri) const;

  /// As `label`, but IRIs that have no name stay whole.
  [[nodiscard]] std::string short_text(const std::string& iri) const;

  /// "Théâtre, Lieu": the types, most specific first; empty if there are none.
  [[nodiscard]] std::string type_text(const rdf::Term& entity) const;

  /// {name, href?, note?} of an entity or literal; a role node stands for whoever plays it.
  [[nodiscard]] Data link(const rdf::Term& value) const;
  [[nodiscard]] DataList links(const rdf::Term& entity, std::initializer_list<const char*> predicates) const;

  /// The address of a page for it: here if something is said of it, else its own; empty if it has none.
  [[nodiscard]] std::string href(const rdf::Term& term) const;

  /// "12 rue des Lices, 49100 Angers, FR"; empty if it is not known.
  [[nodiscard]] std::string address(const rdf::Term& place) const;

  [[nodiscard]] std::optional<Moment> start(const rdf::Term& event) const { return moment(event, "startDate"); }
  [[nodiscard]] std::string when(const rdf::Term& event) const;

  /// {name, href, day, month, year, time, place, status…} of an event.
  [[nodiscard]] Data event(const rdf::Term& event) const;

  /// {text, tone} of an event that will not take place as planned; nullopt for the others.
  [[nodiscard]] std::optional<Data> status(const rdf::Term& event) const;

  /// {name, price, availability, href} of each offer.
  [[nodiscard]] DataList offers(const rdf::Term& event) const;

  /// The entity that a blank node or part belongs to; itself for others.
  [[nodiscard]] rdf::Term owner(rdf::Term node) const;

 private:
  [[nodiscard]] std::optional<Moment> moment(const rdf::Term& event, std::string_view predicate) const;
  [[nodiscard]] rdf::Term player(const rdf::Term& role) const;
  [[nodiscard]] std::string price(const rdf::Term& offer) const;
  [[nodiscard]] bool is_nested(const rdf::Term& term) const;

  const Site& site_;
  const Facts& facts_;
  Language language_;
};

/// Events among `candidates` from today on, soonest first, and those before, latest first; each at most `limit`.
struct Agenda {
  DataList coming;
  DataList past;
  std::size_t coming_count = 0;
  std::size_t past_count = 0;
};
[[nodiscard]] Agenda make_agenda(const Cards& cards, std::vector<rdf::Term> candidates, std::size_t limit);

}  // namespace scenograph::publish
