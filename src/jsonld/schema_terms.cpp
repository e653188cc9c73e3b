#include "jsonld/internal/schema_terms.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/embedded.hpp"

namespace scenograph::jsonld {

std::span<const base::EmbeddedFile> schema_term_files();

namespace {

constexpr std::size_t least_letters = 5;  ///< of names that others are taken for

std::string folded(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == ' ' || c == '_' || c == '-') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

/// The terms of one kind.
struct Terms {
  std::vector<std::pair<std::string, std::string_view>> names;  // folded, and as they are
  std::unordered_set<std::string_view> known;
  std::unordered_map<std::string, std::string_view> by_folded;

  void add(std::string_view name) {
    names.emplace_back(folded(name), name);
    known.insert(name);
    by_folded.emplace(folded(name), name);
  }
};

struct AllTerms {
  AllTerms() {
    std::string_view rest = schema_term_files().front().content;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.starts_with("class ")) classes.add(line.substr(6));
      if (line.starts_with("property ")) properties.add(line.substr(9));
    }
  }
  Terms classes;
  Terms properties;
};

const Terms& terms_of(SchemaKind kind) {
  static const AllTerms all;
  return kind == SchemaKind::Class ? all.classes : all.properties;
}

/// Letters that must be put in, taken out, changed or swapped with the next to make `a` of `b`; at most `limit` + 1.
/// Source: optimal string alignment.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  constexpr std::size_t longest = 64;
  if (a.size() > longest || b.size() > longest) return limit + 1;
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return limit + 1;
  std::array<std::array<std::size_t, longest + 1>, 3> rows;  // NOLINT: each is written before it is read
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const auto& before = rows[(i + 1) % 3];
    const auto& last = rows[(i + 2) % 3];
    auto& row = rows[i % 3];
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
  }
  return rows[a.size() % 3][b.size()];
}

/// The only term so near; "" for none or several.
std::string_view only_within(const Terms& terms, std::string_view name, std::size_t limit) {
  const std::string wanted = folded(name);
  std::string_view found;
  for (const auto& [known, term] : terms.names) {
    if (distance(wanted, known, limit) > limit) continue;
    if (!found.empty()) return {};
    found = term;
  }
  return found;
}

struct Translation {
  std::string_view french;  ///< folded
  std::string_view term;
};

constexpr std::array<Translation, 26> properties_in_french = {{{"nom", "name"},
                                                               {"titre", "name"},
                                                               {"title", "name"},
                                                               {"durée", "duration"},
                                                               {"duree", "duration"},
                                                               {"lieu", "location"},
                                                               {"salle", "location"},
                                                               {"venue", "location"},
                                                               {"adresse", "address"},
                                                               {"prix", "price"},
                                                               {"tarif", "price"},
                                                               {"tarifs", "offers"},
                                                               {"date", "startDate"},
                                                               {"dates", "startDate"},
                                                               {"debut", "startDate"},
                                                               {"datedebut", "startDate"},
                                                               {"datefin", "endDate"},
                                                               {"ville", "addressLocality"},
                                                               {"city", "addressLocality"},
                                                               {"codepostal", "postalCode"},
                                                               {"artiste", "performer"},
                                                               {"artistes", "performer"},
                                                               {"organisateur", "organizer"},
                                                               {"lien", "url"},
                                                               {"genre", "genre"},
                                                               {"photo", "image"}}};

constexpr std::array<Translation, 10> classes_in_french = {{{"spectacle", "TheaterEvent"},
                                                            {"concert", "MusicEvent"},
                                                            {"evenement", "Event"},
                                                            {"événement", "Event"},
                                                            {"theatre", "PerformingArtsTheater"},
                                                            {"lieu", "Place"},
                                                            {"personne", "Person"},
                                                            {"artiste", "Person"},
                                                            {"adresse", "PostalAddress"},
                                                            {"show", "TheaterEvent"}}};

std::string_view in_french(std::span<const Translation> words, std::string_view name) {
  const std::string wanted = folded(name);
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const Translation& word) { return word.french == wanted; });
  return found == words.end() ? std::string_view() : found->term;
}

}  // namespace

std::optional<std::string_view> schema_local_name(std::string_view iri) noexcept {
  for (const std::string_view space : {"http://schema.org/", "https://schema.org/"}) {
    if (iri.starts_with(space)) return iri.substr(space.size());
  }
  return std::nullopt;
}

bool is_schema_term(SchemaKind kind, std::string_view name) {
  if (kind == SchemaKind::Property) {
    for (const std::string_view annotation : {"-input", "-output"}) {
      if (name.ends_with(annotation)) name.remove_suffix(annotation.size());
    }
  }
  return terms_of(kind).known.contains(name);
}

std::string_view schema_term_in_other_case(SchemaKind kind, std::string_view name) {
  const auto& known = terms_of(kind).by_folded;
  const auto found = known.find(folded(name));
  return found == known.end() ? std::string_view() : found->second;
}

std::string_view schema_term_nearby(SchemaKind kind, std::string_view name) {
  return name.size() < least_letters ? std::string_view() : only_within(terms_of(kind), name, 1);
}

std::string_view schema_term_suggested(SchemaKind kind, std::string_view name) {
  const bool is_class = kind == SchemaKind::Class;
  const std::string_view meant = is_class ? in_french(classes_in_french, name) : in_french(properties_in_french, name);
  if (!meant.empty() || name.size() < least_letters + 1) return meant;
  return only_within(terms_of(kind), name, 2);
}

}  // namespace scenograph::jsonld
