#include "ingest/name_blanks.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/hash.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::ingest {

namespace {

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

using Row = QuadTable::Row;
using TermNumber = QuadTable::TermNumber;

/// A blank node of a document: its place among all.
using Node = std::size_t;

/// The quads of one document by their blank subject.
class Document {
 public:
  explicit Document(const QuadTable& quads) : quads_(quads) {
    for (const Row& row : quads.rows()) {
      if (quads.term(row.subject).is_blank()) described_[node_of(row.subject)].push_back(&row);
      if (quads.term(row.object).is_blank()) node_of(row.object);
    }
  }

  [[nodiscard]] std::size_t size() const { return terms_.size(); }
  [[nodiscard]] TermNumber term_of(Node node) const { return terms_[node]; }
  [[nodiscard]] Node node_at(TermNumber term) const { return nodes_.at(term); }
  [[nodiscard]] const std::vector<const Row*>& described(Node node) const { return described_[node]; }
  [[nodiscard]] const Term& term(TermNumber number) const { return quads_.term(number); }

  /// The first value, in term order, of a schema.org property of a blank node; "" if there is none.
  [[nodiscard]] std::string first(Node node, std::string_view property) const {
    std::string_view found;
    for (const Row* row : described_[node]) {
      const std::string_view predicate = term(row->predicate).value;
      const std::string& object = term(row->object).value;
      if (predicate.starts_with(rdf::schema::ns) && predicate.substr(rdf::schema::ns.size()) == property &&
          (found.empty() || object < found)) {
        found = object;
      }
    }
    return std::string(found);
  }

  /// The same of the node that `link` leads to, if that is blank; else the link's own value.
  [[nodiscard]] std::string first_of_linked(Node node, std::string_view link, std::string_view property) const {
    std::string target = first(node, link);
    const auto blank = quads_.find(Term::blank(target));
    const auto at = blank ? nodes_.find(*blank) : nodes_.end();
    return at == nodes_.end() ? target : first(at->second, property);
  }

  [[nodiscard]] std::string_view segment(Node node) const {
    std::string_view best;
    for (const Row* row : described_[node]) {
      if (term(row->predicate).value != rdf::rdf::type) continue;
      const std::string_view segment = segment_of_type(term(row->object).value);
      if (!segment.empty() && (best.empty() || segment < best)) best = segment;
    }
    return best;
  }

 private:
  Node node_of(TermNumber term) {
    const auto [at, is_new] = nodes_.try_emplace(term, terms_.size());
    if (is_new) {
      terms_.push_back(term);
      described_.emplace_back();
    }
    return at->second;
  }

  const QuadTable& quads_;
  std::unordered_map<TermNumber, Node> nodes_;
  std::vector<TermNumber> terms_;
  std::vector<std::vector<const Row*>> described_;
};

/// Who made a work, by name; "" if the document does not say.
std::string maker(const Document& document, Node node) {
  for (const std::string_view link : {"productionCompany", "producer", "creator", "author", "composer"}) {
    std::string name = document.first_of_linked(node, link, "name");
    if (!name.empty()) return name;
  }
  return {};
}

/// What tells one entity from another of its kind; "" if the document does not say enough.
std::string identity(const Document& document, Node node, std::string_view segment) {
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

using Colours = std::vector<std::uint64_t>;  ///< by node

std::uint64_t description_hash(const Document& document, Node node, const Colours& colours) {
  std::vector<std::string> lines;
  for (const Row* row : document.described(node)) {
    const Term& object = document.term(row->object);
    std::string line = document.term(row->predicate).value + ' ';
    if (object.is_blank()) {
      line += base::to_base32(colours[document.node_at(row->object)]);
    } else {
      rdf::append_ntriples(line, object);
    }
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line + '\n';
  return base::stable_hash(all);
}

std::size_t distinct(const Colours& colours) {
  return std::unordered_set<std::uint64_t>(colours.begin(), colours.end()).size();
}

/// Of each node the segment of its IRI; "" if it is told by its whole description.
std::vector<std::string_view> find_entities(const Document& document, Colours& colours) {
  std::vector<std::string_view> entities(document.size());
  for (Node node = 0; node < document.size(); ++node) {
    const std::string_view segment = document.segment(node);
    const std::string key = segment.empty() ? std::string() : identity(document, node, segment);
    colours[node] = base::stable_hash(key);
    if (!key.empty()) entities[node] = segment;
  }
  return entities;
}

/// Each round lets a description see one level deeper into the parts it is made of.
void colour_parts(const Document& document, const std::vector<std::string_view>& entities, Colours& colours) {
  for (int round = 0; round < max_rounds; ++round) {
    Colours next = colours;
    for (Node node = 0; node < document.size(); ++node) {
      if (entities[node].empty()) next[node] = description_hash(document, node, colours);
    }
    const bool settled = round > 0 && next == colours;
    const std::size_t before = distinct(colours);
    colours = std::move(next);
    if (settled || (round > 1 && distinct(colours) == before && colours.size() == before)) break;
  }
}

}  // namespace

void name_blank_nodes(QuadTable& quads, std::string_view base) {
  std::vector<TermNumber> names(quads.term_count());
  std::iota(names.begin(), names.end(), TermNumber{0});
  {
    const Document document(quads);
    if (document.size() == 0) return;
    Colours colours(document.size());
    const std::vector<std::string_view> entities = find_entities(document, colours);
    colour_parts(document, entities, colours);
    for (Node node = 0; node < document.size(); ++node) {
      const std::string_view segment = entities[node].empty() ? std::string_view("part") : entities[node];
      names[document.term_of(node)] = quads.number(
          Term::iri(std::string(base) + "id/" + std::string(segment) + "/" + base::to_base32(colours[node])));
    }
  }
  std::vector<Row> rows = quads.rows();
  for (Row& row : rows) {
    row.subject = names[row.subject];
    row.object = names[row.object];
  }
  quads.set_rows(std::move(rows));
}

}  // namespace scenograph::ingest
