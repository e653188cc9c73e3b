#include "shacl/internal/default_messages.hpp"

#include <fmt/format.h>

#include <array>

#include "rdf/vocab.hpp"

namespace scenograph::shacl {

namespace {

struct Words {
  Component component;
  std::string_view english;  // {0}: the terms, {1}: the number, {2}: the pattern, {3}: the name
  std::string_view french;
};

constexpr std::array<Words, 32> sentences{{
    {Component::Class, "The value must be of type {0}.", "La valeur doit être du type {0}."},
    {Component::Datatype, "The value must be written as {0}.", "La valeur doit être écrite au format {0}."},
    {Component::NodeKind, "The value must be of kind {0}.", "La valeur doit être de la sorte {0}."},
    {Component::MinCount, "At least {1} value(s) needed.", "Il faut au moins {1} valeur(s)."},
    {Component::MaxCount, "At most {1} value(s) allowed.", "Il faut au plus {1} valeur(s)."},
    {Component::MinExclusive, "The value must be greater than {0}.", "La valeur doit être supérieure à {0}."},
    {Component::MinInclusive, "The value must be {0} or more.", "La valeur doit être {0} ou plus."},
    {Component::MaxExclusive, "The value must be less than {0}.", "La valeur doit être inférieure à {0}."},
    {Component::MaxInclusive, "The value must be {0} or less.", "La valeur doit être {0} ou moins."},
    {Component::MinLength, "The text needs {1} character(s) or more.", "Le texte doit avoir {1} caractère(s) ou plus."},
    {Component::MaxLength, "The text may have {1} character(s) at most.",
     "Le texte doit avoir {1} caractère(s) au plus."},
    {Component::Pattern, "The text must match the pattern {2}.", "Le texte doit suivre le modèle {2}."},
    {Component::LanguageIn, "The text must be in one of these languages: {0}.",
     "Le texte doit être dans une de ces langues\u00A0: {0}."},
    {Component::UniqueLang, "Give one text for each language.", "Donnez un seul texte par langue."},
    {Component::Equals, "The values must be those of {0}.", "Les valeurs doivent être celles de {0}."},
    {Component::Disjoint, "The value must not be one of {0} too.", "La valeur ne doit pas être aussi une de {0}."},
    {Component::LessThan, "The value must come before that of {0}.", "La valeur doit précéder celle de {0}."},
    {Component::LessThanOrEquals, "The value must not come after that of {0}.",
     "La valeur ne doit pas suivre celle de {0}."},
    {Component::Not, "The value must not be what it is.", "La valeur ne doit pas être celle-ci."},
    {Component::And, "The value must meet every one of several conditions.",
     "La valeur doit remplir toutes les conditions demandées."},
    {Component::Or, "The value must meet at least one of several conditions.",
     "La valeur doit remplir au moins une des conditions demandées."},
    {Component::Xone, "The value must meet exactly one of several conditions.",
     "La valeur doit remplir une seule des conditions demandées."},
    {Component::Node, "The value is not as its description asks.", "La valeur ne suit pas la description demandée."},
    {Component::Property, "The value is not as its description asks.",
     "La valeur ne suit pas la description demandée."},
    {Component::QualifiedMinCount, "At least {1} value(s) of the kind asked for needed.",
     "Il faut au moins {1} valeur(s) de la sorte demandée."},
    {Component::QualifiedMaxCount, "At most {1} value(s) of the kind asked for allowed.",
     "Il faut au plus {1} valeur(s) de la sorte demandée."},
    {Component::Closed, "This property is not expected here.", "Cette propriété n'est pas attendue ici."},
    {Component::HasValue, "One value must be {0}.", "Une des valeurs doit être {0}."},
    {Component::In, "The value must be one of: {0}.", "La valeur doit être une de celles-ci\u00A0: {0}."},
    {Component::Expression, "A condition that is asked for here is not met.",
     "Une condition demandée ici n'est pas remplie."},
    {Component::Sparql, "A condition that is asked for here is not met.",
     "Une condition demandée ici n'est pas remplie."},
    {Component::Custom, "The condition “{3}” is not met.", "La condition «\u00A0{3}\u00A0» n'est pas remplie."},
}};

constexpr std::size_t shown_terms = 12;

// As people write it: the end of an IRI, the text of a literal.
std::string short_form(const rdf::Term& term) {
  if (!term.is_iri()) return term.value;
  const auto cut = term.value.find_last_of("#/");
  return cut == std::string::npos || cut + 1 == term.value.size() ? term.value : term.value.substr(cut + 1);
}

}  // namespace

std::vector<Message> default_messages(const Constraint& constraint) {
  std::string terms;
  for (std::size_t i = 0; i < constraint.terms.size(); ++i) {
    if (i > 0) terms += ", ";
    if (i == shown_terms) {
      terms += "…";
      break;
    }
    terms += short_form(constraint.terms[i]);
  }
  for (const auto& words : sentences) {
    if (words.component != constraint.component) continue;
    const auto say = [&](std::string_view text, std::string_view language) {
      return Message{fmt::format(fmt::runtime(text), terms, constraint.number, constraint.pattern,
                                 pick(constraint.names, language)),
                     std::string(language)};
    };
    return {say(words.english, "en"), say(words.french, "fr")};
  }
  return {};
}

}  // namespace scenograph::shacl
