#include "shacl/internal/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "rdf/date_time.hpp"
#include "rdf/vocab.hpp"
#include "shacl/report.hpp"

namespace scenograph::shacl {

namespace {

constexpr std::size_t max_value_bytes = 120;

constexpr Wording english{
    "en",
    "Check of {}",
    "Nothing to fix: everything checked is in order.",
    "Nothing to check: the data describes nothing that the shapes are about.",
    {"to fix", "suggestion", "note"},
    {"{} to fix", "{} suggestion", "{} note"},
    {"{} to fix", "{} suggestions", "{} notes"},
    "{} of {} entries checked have something to look at",
    "Stopped there: the rest was not checked.",
    "Most frequent",
    ": ",
    "found: ",
    "without a name",
    "… and {} more entries; --format html or --format json shows all of them.",
    "Only the {} most serious results of {} are listed; raise {} to see more.",
    "Not checked",
    "“",
    "”",
    "where: ",
    {"column", "columns"},
    {"field", "fields"},
    {" of ", " of "},
    "set by the mapping",
    ", not by the export",
    "no column{} gives it",
    "no field{} gives it",
    " and ",
    " or ",
    "; ",
    "Since {}",
    "Since the earlier report",
    {"{} mended", "{} mended"},
    {"{} new", "{} new"},
    "nothing changed",
    " (from counts alone)",
    "new",
    "What changed",
    "{}, {:02}:{:02}",
    "{} {} {}",
    "{}",
    "{}",
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"},
};

constexpr Wording french{
    "fr",
    "Contrôle de {}",
    "Rien à corriger : tout ce qui a été contrôlé est en ordre.",
    "Rien à contrôler : les données ne décrivent rien de ce que visent les formes.",
    {"à corriger", "conseil", "remarque"},
    {"{} à corriger", "{} conseil", "{} remarque"},
    {"{} à corriger", "{} conseils", "{} remarques"},
    "{} fiches sur {} contrôlées ont quelque chose à revoir",
    "Contrôle arrêté là : le reste n’a pas été contrôlé.",
    "Le plus souvent",
    " : ",
    "trouvé : ",
    "sans nom",
    "… et {} autres fiches ; --format html ou --format json les montre toutes.",
    "Seuls les {} résultats les plus graves sur {} sont listés ; augmentez {} pour en voir plus.",
    "Non contrôlé",
    "« ",
    " »",
    "où : ",
    {"colonne", "colonnes"},
    {"champ", "champs"},
    {" de ", " d’"},
    "fixé par la correspondance",
    ", non par l’export",
    "aucune colonne{} ne le donne",
    "aucun champ{} ne le donne",
    " et ",
    " ou ",
    " ; ",
    "Depuis le {}",
    "Depuis le contrôle précédent",
    {"{} corrigé", "{} corrigés"},
    {"{} nouveau", "{} nouveaux"},
    "rien n’a changé",
    " (d’après les seuls nombres)",
    "nouveau",
    "Ce qui a changé",
    "{} à {} h {:02}",
    "{} {} {}",
    "{}er",
    "{}",
    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
     "décembre"},
};

struct Kind {
  std::string_view type;  // local name in schema.org
  std::string_view english;
  std::string_view french;
};

constexpr std::array<Kind, 18> kinds{{
    {"EventSeries", "run", "série de représentations"},
    {"Festival", "festival", "festival"},
    {"Event", "performance", "représentation"},
    {"PerformingArtsEvent", "performance", "représentation"},
    {"TheaterEvent", "performance", "représentation"},
    {"MusicEvent", "performance", "représentation"},
    {"DanceEvent", "performance", "représentation"},
    {"ComedyEvent", "performance", "représentation"},
    {"ChildrensEvent", "performance", "représentation"},
    {"CreativeWork", "show", "spectacle"},
    {"Play", "work", "œuvre"},
    {"MusicComposition", "work", "œuvre"},
    {"Place", "place", "lieu"},
    {"PostalAddress", "address", "adresse"},
    {"Organization", "organisation", "organisation"},
    {"PerformingGroup", "company", "compagnie"},
    {"Person", "person", "personne"},
    {"Offer", "offer", "tarif"},
}};

/// A date, with its time as it is on the clocks there; as it stands where it is neither.
std::string shown_start(const Wording& words, const rdf::Term& start) {
  if (const auto day = rdf::parse_date(start.value)) return shown_date(words, day->year, day->month, day->day);
  const auto moment = rdf::parse_date_time(start.value);
  if (!moment) return start.value;
  return fmt::format(fmt::runtime(words.time), shown_date(words, moment->year, moment->month, moment->day),
                     moment->hour, moment->minute);
}

}  // namespace

const Wording& wording(std::string_view language) { return language.starts_with("fr") ? french : english; }

std::string counts_line(const Wording& words, const std::uint64_t (&counts)[3]) {
  std::string line;
  for (std::size_t i = 0; i < 3; ++i) {
    if (counts[i] == 0) continue;
    if (!line.empty()) line += ", ";
    line += fmt::format(fmt::runtime(counts[i] == 1 ? words.one[i] : words.many[i]), counts[i]);
  }
  return line.empty() ? std::string(words.all_good) : line;
}

std::string counts_line(const Report& report, std::string_view language) {
  if (report.conforms && report.focus_nodes == 0) return std::string(wording(language).nothing);
  return counts_line(wording(language), {report.count(Severity::Violation), report.count(Severity::Warning),
                                         report.count(Severity::Info)});
}

std::string_view local_name(std::string_view iri) {
  const auto cut = iri.find_last_of("#/");
  return cut == std::string_view::npos || cut + 1 == iri.size() ? iri : iri.substr(cut + 1);
}

std::string field_name(const Check& check, std::string_view language) {
  if (!check.names.empty()) return std::string(pick(check.names, language));
  if (!check.path) return std::string(local_name(check.source_shape.value));
  if (check.path->kind == Path::Kind::Predicate) return std::string(local_name(check.path->predicate.value));
  return to_string(*check.path);
}

std::optional<std::string> entity_name(const Entity& entity, std::string_view language) {
  if (entity.names.empty()) return std::nullopt;
  return std::string(pick(entity.names, language));
}

std::string entity_kind(const Entity& entity, std::string_view language) {
  for (const auto& type : entity.types) {
    if (!type.value.starts_with(rdf::schema::ns)) continue;
    const auto name = local_name(type.value);
    const auto* kind = std::find_if(kinds.begin(), kinds.end(), [name](const Kind& k) { return k.type == name; });
    if (kind != kinds.end()) return std::string(language.starts_with("fr") ? kind->french : kind->english);
  }
  return entity.types.empty() ? std::string() : std::string(local_name(entity.types.front().value));
}

std::string shown_date(const Wording& words, int year, unsigned month, unsigned day) {
  return fmt::format(fmt::runtime(words.date),
                     fmt::format(fmt::runtime(day == 1 ? words.first_of_month : words.other_days), day),
                     words.months[month - 1], year);
}

std::string shown_kind(const Wording& words, const Entity& entity) {
  const std::string kind = entity_kind(entity, words.language);
  if (!entity.start) return kind;
  return fmt::format("{}{}{}", kind, kind.empty() ? "" : ", ", shown_start(words, *entity.start));
}

std::string shown_value(const Wording& words, const rdf::Term& value) {
  if (value.is_iri()) return value.value;
  if (value.is_blank()) return "_:" + value.value;
  const auto cut = base::cut_utf8(value.value, max_value_bytes);
  const std::string_view dots = cut.size() < value.value.size() ? "…" : "";
  return fmt::format("{}{}{}{}", words.quote_open, cut, dots, words.quote_close);
}

}  // namespace scenograph::shacl
