#include "ingest/name_blanks.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/hash.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::ingest {

namespace {

using rdf::Quad;
using rdf::Term;

constexpr int max_rounds = 16;

struct Kind {
  std::string_view type;  ///< local name of the schema.org class
  std::string_view segment;
};

constexpr Kind kinds[] = {
    {"EventSeries", "series"},
    {"Festival", "event"},
    {"Place", "place"},
    {"LocalBusiness", "place"},
    {"CivicStructure", "place"},
    {"PerformingArtsTheater", "place"},
    {"MusicVenue", "place"},
    {"EventVenue", "place"},
    {"StadiumOrArena", "place"},
    {"Organization", "org"},
    {"PerformingGroup", "org"},
    {"TheaterGroup", "org"},
    {"MusicGroup", "org"},
    {"DanceGroup", "org"},
    {"Person", "person"},
    {"CreativeWork", "work"},
    {"Play", "work"},
    {"MusicComposition", "work"},
};

std::string_view segment_of_type(std::string_view type) {
  if (!type.starts_with(rdf::schema::ns)) return {};
  const std::string_view name = type.substr(rdf::schema::ns.size());
  for (const Kind& kind : kinds) {
    if (kind.type == name) return kind.segment;
  }
  return name.ends_with("Event") ? "event" : std::string_view{};
}

/// The quads of one document by their blank subject.
class Document {
 public:
  explicit Document(const std::vector<Quad>& quads) {
    for (const Quad& quad : quads) {
      if (quad.subject.is_blank()) nodes_[quad.subject.value].push_back(&quad);
      if (quad.object.is_blank()) nodes_[quad.object.value];
    }
  }

  const std::map<std::string, std::vector<const Quad*>>& nodes() const { return nodes_; }

  /// The first value, in term order, of a schema.org property of a blank node; "" if there is none.
  std::string first(const std::string& node, std::string_view property) const {
    std::string found;
    for (const Quad* quad : nodes_.at(node)) {
      if (quad->predicate.value.starts_with(rdf::schema::ns) &&
          std::string_view(quad->predicate.value).substr(rdf::schema::ns.size()) == property &&
          (found.empty() || quad->object.value < found)) {
        found = quad->object.value;
      }
    }
    return found;
  }

  /// The same of the node that `link` leads to, if that is blank; else the link's own value.
  std::string first_of_linked(const std::string& node, std::string_view link, std::string_view property) const {
    const std::string target = first(node, link);
    return nodes_.contains(target) ? first(target, property) : target;
  }

  std::string_view segment(const std::string& node) const {
    std::string_view best;
    for (const Quad* quad : nodes_.at(node)) {
      if (quad->predicate.value != rdf::rdf::type) continue;
      const std::string_view segment = segment_of_type(quad->object.value);
      if (!segment.empty() && (best.empty() || segment < best)) best = segment;
    }
    return best;
  }

 private:
  std::map<std::string, std::vector<const Quad*>> nodes_;
};

/// Who made a work, by name; "" if the document does not say.
std::string maker(const Document& document, const std::string& node) {
  for (const std::string_view link : {"productionCompany", "producer", "creator", "author", "composer"}) {
    std::string name = document.first_of_linked(node, link, "name");
    if (!name.empty()) return name;
  }
  return {};
}

/// What tells one entity from another of its kind; "" if the document does not say enough.
std::string identity(const Document& document, const std::string& node, std::string_view segment) {
  const std::string name = document.first(node, "name");
  std::string key;
  if (segment == "event" || segment == "series") {
    const std::string url = document.first(node, "url");
    if (url.empty() && name.empty()) return {};
    key = (url.empty() ? name : url) + '\n' + document.first(node, "startDate") + '\n' +
          document.first_of_linked(node, "location", "name");
  } else if (segment == "place") {
    if (name.empty()) return {};
    key = name + '\n' + document.first_of_linked(node, "address", "postalCode") + '\n' +
          document.first_of_linked(node, "address", "addressLocality");
  } else if (segment == "work") {
    // A play and its stagings share a title: their type and makers tell them apart.
    if (name.empty()) return {};
    key = name + '\n' + document.first(node, "additionalType") + '\n' + maker(document, node);
  } else {
    key = name;
  }
  return key.empty() ? std::string() : std::string(segment) + '\n' + key;
}

using Colours = std::unordered_map<std::string, std::uint64_t>;

std::uint64_t description_hash(const std::vector<const Quad*>& quads, const Colours& colours) {
  std::vector<std::string> lines;
  for (const Quad* quad : quads) {
    std::string line = quad->predicate.value + ' ';
    if (quad->object.is_blank()) {
      line += base::to_base32(colours.at(quad->object.value));
    } else {
      rdf::append_ntriples(line, quad->object);
    }
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line + '\n';
  return base::stable_hash(all);
}

std::size_t distinct(const Colours& colours) {
  std::unordered_set<std::uint64_t> values;
  for (const auto& [node, colour] : colours) values.insert(colour);
  return values.size();
}

}  // namespace

void name_blank_nodes(std::vector<Quad>& quads, std::string_view base) {
  const Document document(quads);
  Colours colours;
  std::unordered_map<std::string, std::string_view> entities;
  for (const auto& [node, described] : document.nodes()) {
    const std::string_view segment = document.segment(node);
    const std::string key = segment.empty() ? std::string() : identity(document, node, segment);
    colours[node] = base::stable_hash(key);
    if (!key.empty()) entities[node] = segment;
  }
  // Each round lets a description see one level deeper into the parts it is made of.
  for (int round = 0; round < max_rounds; ++round) {
    Colours next = colours;
    for (const auto& [node, described] : document.nodes()) {
      if (!entities.contains(node)) next[node] = description_hash(described, colours);
    }
    const bool settled = round > 0 && next == colours;
    const std::size_t before = distinct(colours);
    colours = std::move(next);
    if (settled || (round > 1 && distinct(colours) == before && colours.size() == before)) break;
  }
  const auto name = [&](Term& term) {
    if (!term.is_blank()) return;
    const auto entity = entities.find(term.value);
    const std::string_view segment = entity == entities.end() ? std::string_view("part") : entity->second;
    term = Term::iri(std::string(base) + "id/" + std::string(segment) + "/" + base::to_base32(colours.at(term.value)));
  };
  std::vector<Quad> named = quads;
  for (Quad& quad : named) {
    name(quad.subject);
    name(quad.object);
  }
  quads = std::move(named);
}

}  // namespace scenograph::ingest
