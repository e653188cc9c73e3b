#include "output.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "base/hash.hpp"
#include "random.hpp"

namespace scenograph::benchmarks {

namespace {

constexpr std::size_t buffer_size = std::size_t{1} << 20U;
constexpr std::size_t longest_quad = std::size_t{1} << 14U;

struct Namespace {
  std::string_view prefix;
  std::string_view iri;
};

constexpr Namespace schema{"schema", "http://schema.org/"};
constexpr Namespace scg{"scg", "https://w3id.org/scenograph/ontology#"};
constexpr Namespace rdf{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"};

struct PropertyName {
  const Namespace& space;
  std::string_view name;
};

// In the order of Property.
constexpr PropertyName properties[] = {{rdf, "type"},
                                       {schema, "name"},
                                       {schema, "alternateName"},
                                       {schema, "description"},
                                       {schema, "startDate"},
                                       {schema, "endDate"},
                                       {schema, "doorTime"},
                                       {schema, "previousStartDate"},
                                       {schema, "eventStatus"},
                                       {schema, "eventAttendanceMode"},
                                       {schema, "location"},
                                       {schema, "organizer"},
                                       {schema, "performer"},
                                       {schema, "workPerformed"},
                                       {schema, "workFeatured"},
                                       {schema, "superEvent"},
                                       {schema, "subEvent"},
                                       {schema, "url"},
                                       {schema, "image"},
                                       {schema, "offers"},
                                       {schema, "price"},
                                       {schema, "priceCurrency"},
                                       {schema, "availability"},
                                       {schema, "validFrom"},
                                       {schema, "keywords"},
                                       {schema, "inLanguage"},
                                       {schema, "genre"},
                                       {schema, "additionalType"},
                                       {schema, "isBasedOn"},
                                       {schema, "producer"},
                                       {schema, "director"},
                                       {schema, "actor"},
                                       {schema, "author"},
                                       {schema, "composer"},
                                       {schema, "contributor"},
                                       {schema, "roleName"},
                                       {scg, "function"},
                                       {scg, "inSeason"},
                                       {scg, "seasonOf"},
                                       {scg, "operatedBy"},
                                       {schema, "containedInPlace"},
                                       {schema, "address"},
                                       {schema, "streetAddress"},
                                       {schema, "postalCode"},
                                       {schema, "addressLocality"},
                                       {schema, "addressCountry"},
                                       {schema, "geo"},
                                       {schema, "latitude"},
                                       {schema, "longitude"},
                                       {schema, "sameAs"},
                                       {schema, "identifier"},
                                       {schema, "propertyID"},
                                       {schema, "value"},
                                       {schema, "maximumAttendeeCapacity"},
                                       {schema, "duration"},
                                       {schema, "typicalAgeRange"},
                                       {schema, "colleague"},
                                       {schema, "knows"}};
constexpr std::size_t property_count = std::size(properties);
static_assert(property_count == static_cast<std::size_t>(Property::Knows) + 1);

/// Each property as it stands in a line, with a space on both sides.
std::array<std::string, property_count> render_properties(bool turtle) {
  std::array<std::string, property_count> rendered;
  for (std::size_t i = 0; i < property_count; ++i) {
    const auto& [space, name] = properties[i];
    rendered[i] = turtle ? " " + std::string(space.prefix) + ":" + std::string(name) + " "
                         : " <" + std::string(space.iri) + std::string(name) + "> ";
  }
  return rendered;
}

std::string_view property_text(Property property, bool turtle) {
  static const auto full = render_properties(false);
  static const auto prefixed = render_properties(true);
  return (turtle ? prefixed : full)[static_cast<std::size_t>(property)];
}

std::string_view segment(Kind kind) {
  constexpr std::string_view segments[] = {"event", "series", "work", "place", "person", "org", "part", "season"};
  return segments[static_cast<std::size_t>(kind)];
}

std::string_view datatype_text(Datatype datatype) {
  constexpr std::string_view names[] = {"decimal", "integer", "date", "dateTime", "duration"};
  return names[static_cast<std::size_t>(datatype)];
}

}  // namespace

Output::Output(Format format, std::uint64_t limit, std::uint64_t seed)
    : format_(format), limit_(limit), seed_(spread(seed)) {
  buffer_.reserve(buffer_size + longest_quad);
  if (format_ != Format::Turtle) return;
  for (const Namespace& space : {schema, scg, rdf}) {
    buffer_.append("@prefix ").append(space.prefix).append(": <").append(space.iri).append("> .\n");
  }
}

void Output::graph(std::string_view name) {
  graph_.clear();
  if (format_ == Format::NQuads) graph_.append(" <https://data.example/graph/").append(name).append(">");
}

void Output::append_entity(std::string& to, Entity entity) const {
  const std::uint64_t number = spread(seed_ ^ (static_cast<std::uint64_t>(entity.kind) << 56U) ^ entity.number);
  to.append("<https://data.example/id/").append(segment(entity.kind)).append("/");
  to.append(base::to_base32(number)).append(">");
}

void Output::subject(Entity entity) {
  subject_.clear();
  append_entity(subject_, entity);
  same_subject_ = false;
}

void Output::blank_subject(std::uint64_t number) {
  subject_.assign("_:n").append(std::to_string(number));
  same_subject_ = false;
}

bool Output::begin(Property property) {
  if (full()) return false;
  const bool turtle = format_ == Format::Turtle;
  if (turtle && same_subject_) {
    buffer_.append(" ;\n   ");
  } else {
    if (open_) buffer_.append(" .\n");
    buffer_.append(subject_);
  }
  buffer_.append(property_text(property, turtle));
  return true;
}

void Output::end() {
  ++written_;
  if (format_ == Format::Turtle) {
    same_subject_ = true;
    open_ = true;
  } else {
    buffer_.append(graph_).append(" .\n");
  }
  if (buffer_.size() >= buffer_size) flush();
}

void Output::entity(Property property, Entity object) {
  if (!begin(property)) return;
  append_entity(buffer_, object);
  end();
}

void Output::blank(Property property, std::uint64_t number) {
  if (!begin(property)) return;
  buffer_.append("_:n").append(std::to_string(number));
  end();
}

void Output::iri(Property property, std::string_view space, std::string_view name) {
  if (!begin(property)) return;
  buffer_.append("<").append(space).append(name).append(">");
  end();
}

void Output::text(Property property, std::string_view text, std::string_view language) {
  if (!begin(property)) return;
  buffer_.append("\"").append(text).append("\"");
  if (!language.empty()) buffer_.append("@").append(language);
  end();
}

void Output::typed(Property property, std::string_view lexical, Datatype datatype) {
  if (!begin(property)) return;
  buffer_.append("\"").append(lexical).append("\"^^<http://www.w3.org/2001/XMLSchema#");
  buffer_.append(datatype_text(datatype)).append(">");
  end();
}

void Output::flush() {
  if (std::fwrite(buffer_.data(), 1, buffer_.size(), stdout) != buffer_.size() || std::fflush(stdout) != 0) {
    throw std::system_error(errno, std::generic_category(), "cannot write to standard output");
  }
  buffer_.clear();
}

void Output::finish() {
  if (open_) buffer_.append(" .\n");
  open_ = false;
  flush();
}

}  // namespace scenograph::benchmarks
