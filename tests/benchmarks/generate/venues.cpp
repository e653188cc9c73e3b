#include "phrases.hpp"
#include "world.hpp"

namespace scenograph::benchmarks {

namespace {

struct PlaceForm {
  std::string_view schema_class;
  std::string_view type;  ///< in vocab/place-types.ttl
};

constexpr PlaceForm place_forms[] = {{"PerformingArtsTheater", "theatre-building"},
                                     {"Place", "cultural-centre"},
                                     {"MusicVenue", "concert-hall"},
                                     {"PerformingArtsTheater", "black-box"},
                                     {"Place", "community-centre"},
                                     {"MusicVenue", "music-venue"},
                                     {"PerformingArtsTheater", "italian-theatre"},
                                     {"Place", "religious-building"},
                                     {"Place", "open-air-venue"},
                                     {"PerformingArtsTheater", "opera-house"},
                                     {"Place", "library"},
                                     {"Place", "circus-tent"}};

constexpr std::string_view operator_types[] = {
    "venue-operator", "presenter", "national-stage", "festival-organisation", "community-organisation", "network"};

Language choose_language(Random& random) {
  const std::uint32_t draw = random.below(100);
  if (draw < 45) return Language::French;
  if (draw < 65) return Language::English;
  if (draw < 83) return Language::German;
  return draw < 91 ? Language::Italian : Language::Dutch;
}

/// Ten-thousandths of a degree and two digits more, as a decimal.
std::string degrees(std::int64_t value, std::uint32_t more) {
  std::string text = value < 0 ? "-" : "";
  const std::int64_t micro = (value < 0 ? -value : value) * 100 + more;
  std::string fraction = std::to_string(micro % 1'000'000);
  fraction.insert(0, 6 - fraction.size(), '0');
  return text.append(std::to_string(micro / 1'000'000)).append(".").append(fraction);
}

std::string postcode(const Words& words, const Town& town, Random& random) {
  if (words.postcode_digits == 0) {
    std::string text;
    for (const char* shape = "AA0 0AA"; *shape != '\0'; ++shape) {
      if (*shape == ' ')
        text.push_back(' ');
      else
        text.push_back(static_cast<char>(*shape + random.below(*shape == 'A' ? 26 : 10)));
    }
    return text;
  }
  std::string text = std::to_string(town.postcode + random.below(20));
  if (text.size() < words.postcode_digits) text.insert(0, words.postcode_digits - text.size(), '0');
  return text;
}

/// The address of a place, as a part with an IRI; a place without it is the fault 1, without the code fault 2.
void describe_address(World& world, const Venue& venue, const Town& town, std::string_view town_name, Random& random,
                      std::uint32_t fault) {
  if (fault == 1) return;
  const Words& words = words_of(venue.language);
  const Entity address{Kind::Part, world.parts++};
  Output& out = world.out;
  out.entity(Property::Address, address);
  out.subject(address);
  out.iri(Property::Type, schema_space, "PostalAddress");
  std::string street = phrase(words.streets, words, random);
  out.text(Property::StreetAddress, random.chance(85) ? std::to_string(random.pareto(200)) + ", " + street : street);
  if (fault != 2) out.text(Property::PostalCode, postcode(words, town, random));
  out.text(Property::AddressLocality, town_name);
  out.text(Property::AddressCountry, words.country);
}

void describe_geo(World& world, const Venue& venue, const Town& town, Random& random, std::uint32_t fault) {
  const std::uint64_t node = world.blanks++;
  Output& out = world.out;
  out.subject(venue.place);
  out.blank(Property::Geo, node);
  out.blank_subject(node);
  out.iri(Property::Type, schema_space, "GeoCoordinates");
  const std::int64_t north = town.latitude + std::int64_t{random.below(800)} - 400;
  const std::int64_t east = town.longitude + std::int64_t{random.below(1200)} - 600;
  out.typed(Property::Latitude, fault == 3 ? "0" : degrees(north, random.below(100)), Datatype::Decimal);
  out.typed(Property::Longitude, fault == 3 ? "0" : degrees(east, random.below(100)), Datatype::Decimal);
}

void describe_rooms(World& world, Venue& venue, std::uint32_t number, Random& random) {
  const Words& words = words_of(venue.language);
  const std::uint32_t count = venue.size < 4 ? random.below(2) : 1 + random.below(4);
  for (std::uint32_t i = 0; i < count; ++i) {
    const Entity room{Kind::Place, std::uint64_t{number} * 8 + 1 + i};
    Output& out = world.out;
    out.subject(room);
    out.iri(Property::Type, schema_space, "Place");
    out.iri(Property::Type, scg_space, "Room");
    out.text(Property::Name, words.rooms[i], words.tag);
    out.entity(Property::ContainedInPlace, venue.place);
    out.typed(Property::Capacity, std::to_string(20 + 10 * random.pareto(90)), Datatype::Integer);
    venue.rooms.push_back(room);
  }
}

void describe_operator(World& world, const Venue& venue, Random& random) {
  const Words& words = words_of(venue.language);
  Output& out = world.out;
  out.subject(venue.operated_by);
  out.iri(Property::Type, schema_space, "Organization");
  out.text(Property::Name, phrase(words.operators, words, random), words.tag);
  out.iri(Property::AdditionalType, org_type_space,
          random.skewed_of(std::span<const std::string_view>(operator_types)));
  out.iri(Property::Url, venue.site, "/");
  if (random.chance(40)) out.text(Property::Description, description(words, random), words.tag);
  if (venue.language == Language::French) {
    describe_identifier(world, venue.operated_by, "SIRET",
                        std::to_string(10'000'000'000'000ULL + std::uint64_t{random.next()} * 20'000));
  }
}

void describe_place(World& world, Venue& venue, std::uint32_t number, std::string_view name, Random& random) {
  const Words& words = words_of(venue.language);
  const Town& town = random.skewed_of(words.towns);
  std::string town_name(town.name);
  if (random.chance(40)) {
    town_name = random.one_of(words.town_starts);
    town_name.append(random.one_of(words.town_ends));
  }
  const std::uint32_t fault = world.fault(Kind::Place, number, 4);
  const PlaceForm& form = random.skewed_of(std::span<const PlaceForm>(place_forms));
  Output& out = world.out;
  out.subject(venue.place);
  out.iri(Property::Type, schema_space, form.schema_class);
  if (fault != 4) out.text(Property::Name, name, words.tag);
  out.iri(Property::AdditionalType, place_type_space, form.type);
  if (random.chance(50)) out.text(Property::Description, description(words, random), words.tag);
  out.iri(Property::Url, venue.site, "/");
  out.entity(Property::OperatedBy, venue.operated_by);
  if (venue.size > 6)
    out.iri(Property::SameAs, wikidata_space, "Q" + std::to_string(random.between(3'000'000, 9'000'000)));
  if (random.chance(70)) out.iri(Property::Image, venue.site, "/img/facade.jpg");
  out.typed(Property::Capacity, std::to_string(40 + 15 * random.pareto(100)), Datatype::Integer);
  describe_address(world, venue, town, town_name, random, fault);
  describe_geo(world, venue, town, random, fault);
}

}  // namespace

void describe_contributor(World& world, std::uint32_t number) {
  Random random = world.about(Topic::Venue, number);
  Venue venue;
  venue.language = choose_language(random);
  venue.place = {Kind::Place, std::uint64_t{number} * 8};
  venue.operated_by = {Kind::Org, std::uint64_t{number} * 2 + 1};
  venue.size = random.pareto(120);
  const Words& words = words_of(venue.language);
  const std::string name = phrase(words.venues, words, random);
  const std::string key = slug(name) + "-" + std::to_string(number);
  venue.site = "https://www." + key + "." + std::string(words.domain);

  world.out.graph(key);
  describe_operator(world, venue, random);
  describe_place(world, venue, number, name, random);
  describe_rooms(world, venue, number, random);
  const std::int32_t last_season = 2026;
  const std::uint32_t seasons = venue.size < 4 ? random.between(1, 4) : random.between(2, 10);
  for (auto years = static_cast<std::int32_t>(seasons); years > 0 && !world.out.full(); --years) {
    describe_season(world, venue, last_season + 1 - years, random);
  }
}

}  // namespace scenograph::benchmarks
