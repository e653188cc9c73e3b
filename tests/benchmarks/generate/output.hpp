#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace scenograph::benchmarks {

enum class Format : std::uint8_t { NTriples, NQuads, Turtle };

/// The segment of an entity's address.
enum class Kind : std::uint8_t { Event, Series, Work, Place, Person, Org, Part, Season };

/// An entity: the same kind and number make the same IRI wherever it is written.
struct Entity {
  Kind kind = Kind::Part;
  std::uint64_t number = 0;
};

enum class Property : std::uint8_t {
  Type,
  Name,
  AlternateName,
  Description,
  StartDate,
  EndDate,
  DoorTime,
  PreviousStartDate,
  EventStatus,
  AttendanceMode,
  Location,
  Organizer,
  Performer,
  WorkPerformed,
  WorkFeatured,
  SuperEvent,
  SubEvent,
  Url,
  Image,
  Offers,
  Price,
  PriceCurrency,
  Availability,
  ValidFrom,
  Keywords,
  InLanguage,
  Genre,
  AdditionalType,
  IsBasedOn,
  Producer,
  Director,
  Actor,
  Author,
  Composer,
  Contributor,
  RoleName,
  Function,
  InSeason,
  SeasonOf,
  OperatedBy,
  ContainedInPlace,
  Address,
  StreetAddress,
  PostalCode,
  AddressLocality,
  AddressCountry,
  Geo,
  Latitude,
  Longitude,
  SameAs,
  Identifier,
  PropertyId,
  Value,
  Capacity,
  Duration,
  AgeRange,
  Colleague,
  Knows
};

enum class Datatype : std::uint8_t { Decimal, Integer, Date, DateTime, Duration };

/// Writes triples or quads to standard output through one buffer; what comes after the limit is dropped. Texts come
/// with quotes and line ends already escaped.
class Output {
 public:
  Output(Format format, std::uint64_t limit, std::uint64_t seed);
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  [[nodiscard]] bool full() const { return written_ == limit_; }

  /// The graph of all quads from here on. @param name  is appended to the address of graphs.
  void graph(std::string_view name);

  /// The subject of all quads from here on.
  void subject(Entity entity);
  void blank_subject(std::uint64_t number);

  void entity(Property property, Entity object);
  void blank(Property property, std::uint64_t number);
  void iri(Property property, std::string_view space, std::string_view name);
  void text(Property property, std::string_view text, std::string_view language = {});
  void typed(Property property, std::string_view lexical, Datatype datatype);

  /// Writes what is buffered. @throws std::system_error if that fails.
  void finish();

 private:
  bool begin(Property property);
  void end();
  void append_entity(std::string& to, Entity entity) const;
  void flush();

  Format format_;
  std::uint64_t limit_;
  std::uint64_t seed_;
  std::uint64_t written_ = 0;
  std::string buffer_;
  std::string subject_;
  std::string graph_;
  bool same_subject_ = false;  ///< whether the last triple had this subject
  bool open_ = false;          ///< whether a Turtle statement awaits its point
};

}  // namespace scenograph::benchmarks
