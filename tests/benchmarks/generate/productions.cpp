#include <array>

#include "phrases.hpp"
#include "world.hpp"

namespace scenograph::benchmarks {

namespace {

constexpr Form forms[] = {{"theatre", "TheaterEvent", "Play", "TheaterGroup", "theatre-company"},
                          {"contemporary-dance", "DanceEvent", "CreativeWork", "DanceGroup", "dance-company"},
                          {"classical-music", "MusicEvent", "MusicComposition", "MusicGroup", "music-group"},
                          {"young-audience-theatre", "ChildrensEvent", "Play", "TheaterGroup", "theatre-company"},
                          {"comedy", "ComedyEvent", "CreativeWork", "PerformingGroup", "company"},
                          {"circus", "Event", "CreativeWork", "PerformingGroup", "circus-company"},
                          {"jazz", "MusicEvent", "MusicComposition", "MusicGroup", "music-group"},
                          {"puppetry", "TheaterEvent", "Play", "TheaterGroup", "theatre-company"},
                          {"opera", "MusicEvent", "MusicComposition", "PerformingGroup", "opera-company"},
                          {"chanson", "MusicEvent", "MusicComposition", "MusicGroup", "music-group"},
                          {"storytelling", "TheaterEvent", "CreativeWork", "PerformingGroup", "company"},
                          {"musical", "TheaterEvent", "MusicComposition", "PerformingGroup", "musical-theatre-company"},
                          {"hip-hop-dance", "DanceEvent", "CreativeWork", "DanceGroup", "dance-company"},
                          {"street-theatre", "TheaterEvent", "Play", "TheaterGroup", "theatre-company"},
                          {"ballet", "DanceEvent", "CreativeWork", "DanceGroup", "dance-company"},
                          {"world-music", "MusicEvent", "MusicComposition", "MusicGroup", "music-group"}};

struct Classic {
  std::string_view title;
  std::string_view author;
};

/// What is staged again and again; the first ones most.
constexpr Classic repertoire[] = {{"Hamlet", "William Shakespeare"},
                                  {"Le Malade imaginaire", "Molière"},
                                  {"Roméo et Juliette", "William Shakespeare"},
                                  {"Carmen", "Georges Bizet"},
                                  {"Die Zauberflöte", "Wolfgang Amadeus Mozart"},
                                  {"La traviata", "Giuseppe Verdi"},
                                  {"Phèdre", "Jean Racine"},
                                  {"Вишнёвый сад", "Антон Чехов"},
                                  {"Faust", "Johann Wolfgang von Goethe"},
                                  {"Ubu roi", "Alfred Jarry"},
                                  {"Antigone", "Σοφοκλῆς"},
                                  {"A Midsummer Night’s Dream", "William Shakespeare"},
                                  {"Le Petit Prince", "Antoine de Saint-Exupéry"},
                                  {"Six personnages en quête d’auteur", "Luigi Pirandello"},
                                  {"Le Sacre du printemps", "Igor Stravinsky"},
                                  {"Casse-Noisette", "Пётр Чайковский"},
                                  {"Warten auf Godot", "Samuel Beckett"},
                                  {"Woyzeck", "Georg Büchner"},
                                  {"The Importance of Being Earnest", "Oscar Wilde"},
                                  {"L’elisir d’amore", "Gaetano Donizetti"},
                                  {"Arlecchino servitore di due padroni", "Carlo Goldoni"},
                                  {"Mariken van Nieumeghen", "anoniem"},
                                  {"Dom Juan ou le Festin de pierre", "Molière"},
                                  {"Orphée aux Enfers", "Jacques Offenbach"}};
constexpr auto repertoire_size = static_cast<std::uint32_t>(std::size(repertoire));

constexpr std::array<std::string_view, 14> further_roles{
    "scenographer", "lighting-designer", "costume-designer", "sound-designer",    "musician",
    "dancer",       "dramaturg",         "video-designer",   "choreographer",     "stage-manager",
    "singer",       "adapter",           "translator",       "assistant-director"};

/// How many people, works and companies there are when a production comes along is a matter of its index.
constexpr std::uint32_t newcomers_each = 3;
constexpr std::uint32_t productions_a_company = 3;
constexpr std::uint32_t productions_a_work = 2;

std::string_view role_at(std::uint32_t place, Random& random) {
  constexpr std::string_view first[] = {"director", "actor", "actor", "author"};
  if (place < std::size(first)) return first[place];
  return random.chance(40) ? std::string_view("actor")
                           : random.one_of(std::span<const std::string_view>(further_roles));
}

std::string work_title(const World& world, Member work) {
  if (work.index < repertoire_size) return std::string(repertoire[work.index].title);
  Random random = world.about(Topic::Work, work.number());
  const Words& words = words_of(work.language);
  return phrase(words.titles, words, random);
}

void choose_team(Production& production, Random& random) {
  const Member id = production.id;
  const std::uint32_t known = id.index * newcomers_each;
  production.newcomers = newcomers_each;
  const std::uint32_t size = newcomers_each + random.pareto(12) + 2;
  for (std::uint32_t i = 0; i < size; ++i) {
    Member person{id.language, known + i};
    if (i >= newcomers_each) {
      if (known == 0) break;
      person.index = random.chance(50) ? random.skewed(known) : known - 1 - random.skewed(known);
    }
    production.team.push_back({person, role_at(i, random)});
  }
}

/// schema.org has a property for these functions; the others take a schema:Role.
bool direct_property(std::string_view role, Property& property) {
  if (role == "director")
    property = Property::Director;
  else if (role == "actor")
    property = Property::Actor;
  else
    return false;
  return true;
}

void describe_role(World& world, const Production& production, const Participation& participation, Random& random) {
  const Entity part{Kind::Part, world.parts++};
  Output& out = world.out;
  out.subject(production_entity(production.id));
  out.entity(Property::Contributor, part);
  out.subject(part);
  out.iri(Property::Type, schema_space, "Role");
  out.iri(Property::Function, role_space, participation.role);
  if (random.chance(35)) out.text(Property::RoleName, participation.role, words_of(Language::English).tag);
  out.entity(Property::Contributor, person_entity(participation.person));
}

void describe_work(World& world, const Production& production) {
  const Member work = production.work;
  const Words& words = words_of(work.language);
  Output& out = world.out;
  out.subject(work_entity(work));
  out.iri(Property::Type, schema_space, production.form.work_class);
  out.text(Property::Name, work_title(world, work), words.tag);
  const bool music = production.form.work_class == "MusicComposition";
  if (work.index < repertoire_size) {
    out.text(music ? Property::Composer : Property::Author, repertoire[work.index].author);
    out.iri(Property::SameAs, wikidata_space, "Q" + std::to_string(40'000 + work.index * 977));
  } else if (!production.team.empty()) {
    out.entity(music ? Property::Composer : Property::Author, person_entity(production.team.back().person));
  }
  out.text(Property::InLanguage, words.tag);
}

}  // namespace

Entity work_entity(Member work) {
  // A classic is the same work in every language.
  return {Kind::Work, (work.index < repertoire_size ? work.index * std::uint64_t{language_count} : work.number()) * 2};
}

Entity production_entity(Member production) { return {Kind::Work, production.number() * 2 + 1}; }

Production make_production(const World& world, Member id) {
  const Words& words = words_of(id.language);
  Random random = world.about(Topic::Production, id.number());
  Production production;
  production.id = id;
  production.form = random.skewed_of(std::span<const Form>(forms));

  const std::uint32_t companies = id.index / productions_a_company + 1;
  production.new_company = id.index % productions_a_company == 0;
  production.company = {id.language, production.new_company ? companies - 1 : random.skewed(companies)};

  const std::uint32_t works = repertoire_size + id.index / productions_a_work + 1;
  production.new_work = id.index % productions_a_work == 0;
  production.work = {id.language, production.new_work ? works - 1 : random.skewed(works)};

  production.title = random.chance(80) ? work_title(world, production.work) : phrase(words.titles, words, random);
  production.description = description(words, random);
  production.minutes = 40 + 5 * random.skewed(30);
  production.image =
      "https://img.data.example/shows/" + slug(production.title) + "-" + std::to_string(random.below(100'000)) + ".jpg";
  choose_team(production, random);
  return production;
}

void describe_production(World& world, const Production& production) {
  if (production.new_company) describe_company(world, production);
  if (production.new_work) describe_work(world, production);
  for (std::uint32_t i = 0; i < production.newcomers; ++i) {
    describe_person(world, production.team[i].person, production.team[i].role);
  }

  const Words& words = words_of(production.id.language);
  Random random = world.about(Topic::Production, production.id.number() ^ (std::uint64_t{1} << 40U));
  const std::uint32_t fault = world.fault(Kind::Work, production.id.number(), 4);
  Output& out = world.out;
  out.subject(production_entity(production.id));
  out.iri(Property::Type, schema_space, "CreativeWork");
  out.iri(Property::AdditionalType, wikidata_space, "Q43099500");
  if (fault != 1) out.text(Property::Name, production.title, words.tag);
  if (fault == 2) out.text(Property::Name, production.title + " *", words.tag);
  if (random.chance(12)) out.text(Property::Name, phrase(english().titles, english(), random), english().tag);
  out.text(Property::Description, production.description, words.tag);
  out.entity(Property::IsBasedOn, work_entity(production.work));
  out.iri(Property::Genre, genre_space, production.form.genre);
  for (std::uint32_t i = random.below(4); i > 0; --i)
    out.text(Property::Keywords, words.keywords[random.below(4) + i], words.tag);
  if (fault != 3) out.entity(Property::Producer, company_entity(production.company));
  if (fault == 4) {
    out.text(Property::Image, production.image);
  } else {
    out.iri(Property::Image, production.image, "");
  }
  out.typed(Property::Duration, "PT" + std::to_string(production.minutes) + "M", Datatype::Duration);
  if (random.chance(25)) out.text(Property::AgeRange, std::to_string(random.between(3, 14)) + "-");
  for (const Participation& participation : production.team) {
    Property property{};
    if (direct_property(participation.role, property)) out.entity(property, person_entity(participation.person));
  }
  for (const Participation& participation : production.team) {
    Property property{};
    if (!direct_property(participation.role, property)) describe_role(world, production, participation, random);
  }
}

void mention_production(World& world, const Production& production, Random& random) {
  const Words& words = words_of(production.id.language);
  Output& out = world.out;
  out.subject(production_entity(production.id));
  out.text(Property::Name, production.title, words.tag);
  if (random.chance(30)) out.text(Property::Description, description(words, random), words.tag);
}

}  // namespace scenograph::benchmarks
