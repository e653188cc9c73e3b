#include <algorithm>

#include "calendar.hpp"
#include "phrases.hpp"
#include "world.hpp"

namespace scenograph::benchmarks {

namespace {

constexpr std::uint32_t longest_tour = 4000;  ///< productions back that a venue still takes from
constexpr std::uint32_t biggest_series = 36;

struct Fare {
  std::string_view name;
  std::string price;
};

/// What the performances of a run share.
struct Run {
  Entity entity;
  Entity season;
  Entity room;
  Production production;
  std::string page;
  std::vector<Fare> fares;
  std::int32_t first_day = 0;
  std::int32_t minute = 0;  ///< when it starts, of the day
  std::uint32_t length = 1;
  bool describes = false;  ///< whether each performance repeats the description
};

/// A new production, one that tours at the moment or, now and then, anything there ever was.
Member choose_production(World& world, Language language, Random& random, bool& is_new) {
  if (random.chance(8)) language = static_cast<Language>(random.below(language_count));
  std::uint32_t& known = world.productions[static_cast<std::size_t>(language)];
  is_new = known == 0 || random.chance(27);
  if (is_new) return {language, known++};
  if (random.chance(15)) return {language, random.skewed(known)};
  return {language, known - 1 - random.skewed(std::min(known, longest_tour))};
}

std::string decimal_price(std::uint32_t cents) {
  const std::string fraction = std::to_string(cents % 100);
  return std::to_string(cents / 100) + (fraction.size() == 1 ? ".0" : ".") + fraction;
}

std::vector<Fare> choose_fares(const Words& words, Random& random) {
  if (random.chance(10)) return {{words.fares[0], "0.00"}};
  std::vector<Fare> fares;
  std::uint32_t cents = 800 + 50 * random.skewed(120);
  const std::uint32_t count = 1 + random.skewed(4);
  for (std::uint32_t i = 0; i < count; ++i) {
    fares.push_back({words.fares[i], decimal_price(cents)});
    cents = std::max<std::uint32_t>(cents * 3 / 4 / 50 * 50, 100);
  }
  return fares;
}

Run plan_run(World& world, const Venue& venue, Entity season, std::int32_t year, Random& random) {
  Run run;
  bool is_new = false;
  const Member chosen = choose_production(world, venue.language, random, is_new);
  run.production = make_production(world, chosen);
  if (is_new) {
    describe_production(world, run.production);
  } else {
    mention_production(world, run.production, random);
  }
  run.entity = {Kind::Series, world.runs++};
  run.season = season;
  run.room = venue.rooms.empty() || random.chance(30)
                 ? venue.place
                 : venue.rooms[random.below(static_cast<std::uint32_t>(venue.rooms.size()))];
  run.page =
      venue.site + "/" + std::to_string(year) + "/" + slug(run.production.title) + "-" + std::to_string(world.runs);
  run.fares = choose_fares(words_of(venue.language), random);
  constexpr std::int32_t hours[] = {1230, 1200, 1140, 1230, 900, 1170, 1260, 630};
  run.minute = random.one_of(std::span<const std::int32_t>(hours));
  run.length = std::min(random.pareto(venue.size * 3 + 4), biggest_series);
  run.first_day = day_number(year, 9, 10) + static_cast<std::int32_t>(random.below(290));
  run.describes = random.chance(55);
  return run;
}

void describe_offer(World& world, const Run& run, const Fare& fare, std::string_view tickets, std::int32_t day,
                    bool sold_out, bool greenwich) {
  const Entity offer{Kind::Part, world.parts++};
  const std::uint32_t fault = world.fault(Kind::Part, offer.number, 6);
  Output& out = world.out;
  out.entity(Property::Offers, offer);
  out.subject(offer);
  out.iri(Property::Type, schema_space, "Offer");
  out.text(Property::Name, fare.name, words_of(run.production.id.language).tag);
  if (fault == 1) {
    out.text(Property::Price, fare.price.substr(0, fare.price.find('.')) + ",50 €");
  } else if (fault != 2) {
    out.typed(Property::Price, fare.price, Datatype::Decimal);
  }
  if (fault != 3) out.text(Property::PriceCurrency, fault == 4 ? "euros" : greenwich ? "GBP" : "EUR");
  if (fault == 5) {
    out.text(Property::Availability, "InStock");
  } else {
    out.iri(Property::Availability, schema_space, sold_out ? "SoldOut" : "InStock");
  }
  out.iri(Property::Url, tickets, "");
  if (fault == 6) {
    out.text(Property::ValidFrom, "dès maintenant");
  } else {
    out.typed(Property::ValidFrom, date_text(day - 100), Datatype::Date);
  }
}

/// The dates of a performance; the faults 1 to 5 are theirs.
void describe_dates(World& world, const Run& run, Moment start, bool greenwich, Random& random, std::uint32_t fault) {
  Output& out = world.out;
  if (fault == 2) {
    out.text(Property::StartDate, "ven. 12 déc. à 20h30");
  } else if (fault == 3) {
    out.typed(Property::StartDate, local_text(start), Datatype::DateTime);
  } else if (fault != 1) {
    out.typed(Property::StartDate, date_time_text(start, greenwich), Datatype::DateTime);
  }
  if (fault == 4)
    out.typed(Property::StartDate, date_time_text(start.plus_minutes(120), greenwich), Datatype::DateTime);
  const auto minutes = static_cast<std::int32_t>(run.production.minutes);
  if (fault == 5 || random.chance(70)) {
    const Moment end = start.plus_minutes(fault == 5 ? -minutes : minutes);
    out.typed(Property::EndDate, date_time_text(end, greenwich), Datatype::DateTime);
  }
  if (random.chance(30))
    out.typed(Property::DoorTime, date_time_text(start.plus_minutes(-30), greenwich), Datatype::DateTime);
}

/// Whether it takes place; @return whether it is sold out.
bool describe_status(World& world, Moment start, bool greenwich, Random& random, std::uint32_t fault) {
  const std::uint32_t draw = random.below(100);
  Output& out = world.out;
  if (fault == 6) {
    out.text(Property::EventStatus, "scheduled");
  } else if (draw < 2) {
    out.iri(Property::EventStatus, schema_space, "EventCancelled");
  } else if (draw < 4) {
    out.iri(Property::EventStatus, schema_space, "EventRescheduled");
    out.typed(Property::PreviousStartDate, date_time_text({start.day - 30, start.minute}, greenwich),
              Datatype::DateTime);
  } else if (draw < 85) {
    out.iri(Property::EventStatus, schema_space, "EventScheduled");
  }
  return draw > 90;
}

void describe_performers(World& world, const Run& run, Random& random) {
  world.out.entity(Property::Performer, company_entity(run.production.company));
  const auto& team = run.production.team;
  for (std::uint32_t more = random.below(3); more > 0 && team.size() > more; --more) {
    world.out.entity(Property::Performer, person_entity(team[more].person));
  }
}

void describe_performance(World& world, const Venue& venue, const Run& run, Entity event, Moment start,
                          Random& random) {
  const Words& words = words_of(venue.language);
  const Production& production = run.production;
  const std::string_view tag = words_of(production.id.language).tag;
  const std::uint32_t fault = world.fault(Kind::Event, event.number, 10);
  Output& out = world.out;
  out.subject(event);
  out.iri(Property::Type, schema_space, production.form.event_class);
  if (fault != 7) out.text(Property::Name, production.title, tag);
  describe_dates(world, run, start, words.greenwich, random, fault);
  const bool sold_out = describe_status(world, start, words.greenwich, random, fault);
  if (random.chance(75)) out.iri(Property::AttendanceMode, schema_space, "OfflineEventAttendanceMode");
  if (fault != 8) out.entity(Property::Location, fault == 9 ? venue.operated_by : run.room);
  out.entity(Property::Organizer, venue.operated_by);
  describe_performers(world, run, random);
  out.entity(Property::WorkPerformed, production_entity(production.id));
  if (run.length > 1) out.entity(Property::SuperEvent, run.entity);
  if (random.chance(4)) {
    out.iri(Property::AdditionalType, event_type_space, "postshow-talk");
    out.entity(Property::WorkFeatured, work_entity(production.work));
  }
  if (run.describes)
    out.text(Property::Description, production.description, tag);
  else if (random.chance(15))
    out.text(Property::Description, phrase(words.short_notes, words, random), words.tag);
  if (random.chance(80)) out.iri(Property::Image, production.image, "");
  if (random.chance(20)) out.text(Property::Keywords, random.skewed_of(words.keywords), words.tag);
  if (random.chance(40)) out.text(Property::InLanguage, tag);
  const std::string page = run.page + "/" + date_text(start.day);
  if (fault == 10)
    out.text(Property::Url, page);
  else
    out.iri(Property::Url, page, "");
  const std::string tickets = random.chance(80) ? venue.site + "/billets/" + std::to_string(event.number) : run.page;
  const std::uint32_t offers = random.chance(75) ? static_cast<std::uint32_t>(run.fares.size()) : 0;
  for (std::uint32_t i = 0; i < offers; ++i) {
    out.subject(event);
    describe_offer(world, run, run.fares[i], tickets, run.first_day, sold_out, words.greenwich);
  }
}

void describe_run(World& world, const Venue& venue, const Run& run, Random& random) {
  const std::uint64_t first = world.events;
  world.events += run.length;
  std::int32_t day = run.first_day;
  for (std::uint32_t i = 0; i < run.length && !world.out.full(); ++i) {
    if (weekday(day) == 0) ++day;  // theatres rest on Mondays
    const std::int32_t minute = weekday(day) == 6 ? 15 * 60 : run.minute;
    describe_performance(world, venue, run, {Kind::Event, first + i}, {day, minute}, random);
    day += random.chance(80) ? 1 : 1 + static_cast<std::int32_t>(random.below(6));
  }
  if (run.length == 1) return;
  const std::string_view tag = words_of(run.production.id.language).tag;
  Output& out = world.out;
  out.subject(run.entity);
  out.iri(Property::Type, schema_space, "EventSeries");
  out.text(Property::Name, run.production.title, tag);
  out.entity(Property::WorkPerformed, production_entity(run.production.id));
  out.entity(Property::Location, run.room);
  out.entity(Property::Organizer, venue.operated_by);
  out.entity(Property::InSeason, run.season);
  out.iri(Property::Url, run.page, "");
  if (random.chance(60)) out.text(Property::Description, run.production.description, tag);
  out.typed(Property::StartDate, date_text(run.first_day), Datatype::Date);
  out.typed(Property::EndDate, date_text(day - 1), Datatype::Date);
  for (std::uint32_t i = 0; i < run.length; ++i) out.entity(Property::SubEvent, {Kind::Event, first + i});
}

}  // namespace

void describe_season(World& world, const Venue& venue, std::int32_t year, Random& random) {
  const Words& words = words_of(venue.language);
  const Entity season{Kind::Season, world.seasons++};
  Output& out = world.out;
  out.subject(season);
  out.iri(Property::Type, scg_space, "Season");
  out.text(Property::Name,
           std::string(random.skewed_of(words.seasons)) + " " + std::to_string(year) + "-" + std::to_string(year + 1),
           words.tag);
  out.entity(Property::SeasonOf, venue.operated_by);
  out.typed(Property::StartDate, date_text(day_number(year, 9, 1)), Datatype::Date);
  out.typed(Property::EndDate, date_text(day_number(year + 1, 7, 31)), Datatype::Date);
  const std::uint32_t runs = venue.size + random.below(venue.size + 1);
  for (std::uint32_t i = 0; i < runs && !out.full(); ++i) {
    const Run run = plan_run(world, venue, season, year, random);
    describe_run(world, venue, run, random);
  }
}

}  // namespace scenograph::benchmarks
