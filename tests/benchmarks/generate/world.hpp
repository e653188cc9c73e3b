#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "output.hpp"
#include "random.hpp"
#include "words.hpp"

namespace scenograph::benchmarks {

/// Somebody or something of one language, counted from 0 in the order in which the data tells of them.
struct Member {
  Language language = Language::French;
  std::uint32_t index = 0;

  [[nodiscard]] std::uint64_t number() const {
    return std::uint64_t{index} * language_count + static_cast<std::uint64_t>(language);
  }
};

/// What a series of random numbers is about.
enum class Topic : std::uint8_t { Person, Company, Work, Production, Venue, Programme, Fault, Colleague };

/// What all descriptions share. Entities are functions of the seed and their number, so a world of any size takes the
/// same memory.
struct World {
  Output& out;
  std::uint64_t seed;
  std::uint32_t faulty;  ///< percent of entities that are broken

  std::array<std::uint32_t, language_count> productions{};  ///< told of so far
  std::uint64_t events = 0;
  std::uint64_t runs = 0;
  std::uint64_t seasons = 0;
  std::uint64_t parts = 0;
  std::uint64_t blanks = 0;

  [[nodiscard]] Random about(Topic topic, std::uint64_t number) const {
    return Random(spread(seed + (static_cast<std::uint64_t>(topic) << 48U)) ^ spread(number + 1));
  }

  /// 0 for most entities; for the broken ones how: 1 to `ways`.
  [[nodiscard]] std::uint32_t fault(Kind kind, std::uint64_t number, std::uint32_t ways) const;
};

/// A form of show, in the terms of vocab/ and schema.org.
struct Form {
  std::string_view genre;         ///< in vocab/genres.ttl
  std::string_view event_class;   ///< of schema.org
  std::string_view work_class;    ///< of schema.org
  std::string_view group_class;   ///< of schema.org, of the company
  std::string_view company_type;  ///< in vocab/organisation-types.ttl
};

struct Participation {
  Member person;
  std::string_view role;  ///< in vocab/roles.ttl
};

/// A show that tours.
struct Production {
  Member id;
  Member company;
  Member work;
  Form form;
  std::string title;
  std::string description;
  std::string image;  ///< address
  std::uint32_t minutes = 0;
  std::vector<Participation> team;  ///< the first `newcomers` are told of with this production
  std::uint32_t newcomers = 0;
  bool new_company = false;
  bool new_work = false;
};

inline constexpr std::string_view schema_space = "http://schema.org/";
inline constexpr std::string_view scg_space = "https://w3id.org/scenograph/ontology#";
inline constexpr std::string_view genre_space = "https://w3id.org/scenograph/vocab/genres/";
inline constexpr std::string_view role_space = "https://w3id.org/scenograph/vocab/roles/";
inline constexpr std::string_view org_type_space = "https://w3id.org/scenograph/vocab/organisation-types/";
inline constexpr std::string_view place_type_space = "https://w3id.org/scenograph/vocab/place-types/";
inline constexpr std::string_view event_type_space = "https://w3id.org/scenograph/vocab/event-types/";
inline constexpr std::string_view wikidata_space = "http://www.wikidata.org/entity/";

[[nodiscard]] Entity person_entity(Member person);
[[nodiscard]] Entity company_entity(Member company);
[[nodiscard]] Entity work_entity(Member work);
[[nodiscard]] Entity production_entity(Member production);

[[nodiscard]] std::string person_name(const World& world, Member person);
[[nodiscard]] std::string company_name(const World& world, Member company);

/// Everything about a production, from its number alone.
[[nodiscard]] Production make_production(const World& world, Member id);

void describe_person(World& world, Member person, std::string_view role);
void describe_company(World& world, const Production& production);

/// The production with whoever and whatever it introduces: company, work, new people.
void describe_production(World& world, const Production& production);

/// The little that another venue says of a production it shows.
void mention_production(World& world, const Production& production, Random& random);

/// A venue, who runs it, and its seasons, in a graph of its own.
void describe_contributor(World& world, std::uint32_t number);

/// Where and by whom shows are presented.
struct Venue {
  Language language = Language::French;
  Entity place;
  Entity operated_by;
  std::vector<Entity> rooms;
  std::string site;  ///< address of the web site, no slash at the end
  std::uint32_t size = 1;
};

/// Who works with whom, until the output is full: people of whom most have a few colleagues and a few have very many.
/// Every second link also says that the one knows the other.
void describe_colleagues(World& world, std::uint64_t triples);

/// The season that starts in the autumn of `year`: its runs, performances, offers.
void describe_season(World& world, const Venue& venue, std::int32_t year, Random& random);

/// An identifier in some other catalogue as schema:PropertyValue: to be called after the rest of the subject is
/// written.
void describe_identifier(World& world, Entity subject, std::string_view system, std::string_view value);

}  // namespace scenograph::benchmarks
