#include "publish/json_ld.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "publish/internal/facts.hpp"
#include "publish/internal/frame.hpp"
#include "publish/json.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::publish {

namespace {

using rdf::TermType;
using rdf::TermView;
using store::TermId;

constexpr std::size_t max_values = 200;  ///< of one property
constexpr std::size_t max_things = 1000;
constexpr std::size_t max_depth = 8;  ///< of nesting where no frame ends it
constexpr std::size_t rows_at_once = 256;

template <typename Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

std::string json_number(double number) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
  return {text.data(), end};
}

std::string json_text(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

bool is_text(const TermView& literal) { return literal.datatype.empty(); }

/// A literal that is no text.
std::string typed_json(const TermView& literal) {
  const std::string_view type = literal.datatype;
  const std::string_view value = literal.value;
  if (type == rdf::xsd::boolean && (value == "true" || value == "false")) return std::string(value);
  if (type == rdf::xsd::integer) {
    if (const auto number = parse_number<std::int64_t>(value)) return std::to_string(*number);
  }
  if (type == rdf::xsd::double_ || type == rdf::xsd::float_) {
    const auto number = parse_number<double>(value);
    if (number && std::isfinite(*number)) return json_number(*number);
  }
  if (type.starts_with(rdf::xsd::ns) || type.starts_with(rdf::schema::ns)) return json_text(value);
  return fmt::format("{{\"@type\":{},\"@value\":{}}}", json_text(type), json_text(value));
}

/// Texts of one property: those of the language that is nearest to what is wanted, or all.
class Texts {
 public:
  explicit Texts(std::optional<std::string_view> language) : language_(language) {}

  void add(const TermView& text) {
    if (!language_) return best_.push_back(in_its_language(text));
    Distance distance = distance_of(text.language);
    if (!best_.empty() && nearest_ < distance) return;
    if (!best_.empty() && distance < nearest_) best_.clear();
    nearest_ = std::move(distance);
    best_.push_back(json_text(text.value));
  }

  void move_to(std::vector<std::string>& values) { std::move(best_.begin(), best_.end(), std::back_inserter(values)); }

 private:
  using Distance = std::pair<int, std::string>;

  [[nodiscard]] Distance distance_of(std::string_view language) const {
    const std::size_t size = language_->size();
    if (language.starts_with(*language_) && (language.size() == size || language[size] == '-')) return {0, {}};
    return {language.empty() ? 1 : 2, std::string(language)};
  }

  static std::string in_its_language(const TermView& text) {
    if (text.language.empty()) return json_text(text.value);
    return fmt::format("{{\"@language\":{},\"@value\":{}}}", json_text(text.language), json_text(text.value));
  }

  std::optional<std::string_view> language_;  // none: all
  Distance nearest_;
  std::vector<std::string> best_;
};

class Teller {
 public:
  Teller(const store::View& view, const store::GraphSet& readable, const Site& site,
         std::optional<std::string_view> language)
      : view_(view), readable_(readable), site_(site), language_(language), reader_(view.term_reader()) {}

  /// @param frame_of  that of an entity with these classes, the most exact ones first
  template <typename FrameFor>
  std::string tell(TermId entity, std::string_view iri, FrameFor frame_of) {
    const Rows rows = read(entity);
    if (rows.empty()) return {};
    Members members = {{"@context", "\"https://schema.org\""}, {"@id", json_text(iri)}};
    const std::vector<std::string> types = types_in(rows);
    path_.push_back(entity);
    ++things_;
    add_facts(members, rows, types, frame_of(types));
    return to_object(std::move(members));
  }

 private:
  struct Row {
    TermId predicate;
    TermId object;
  };
  using Rows = std::vector<Row>;
  using Members = std::vector<std::pair<std::string, std::string>>;

  /// What is said of a thing, by predicate.
  Rows read(TermId subject) {
    store::ScanRequest request{{subject, {}, {}, {}}, store::Order::Spog, readable_, true};
    request.wanted = {false, true, true, false};
    const auto scan = view_.scan(request);
    Rows rows;
    std::size_t of_predicate = 0;
    while (scan->next(batch_, rows_at_once)) {
      for (std::size_t i = 0; i < batch_.size; ++i) {
        const Row row{batch_.columns[1][i], batch_.columns[2][i]};
        of_predicate = !rows.empty() && rows.back().predicate == row.predicate ? of_predicate + 1 : 0;
        if (of_predicate < max_values) rows.push_back(row);
      }
      if (of_predicate >= max_values) scan->seek(rows.back().predicate, last_id);
    }
    return rows;
  }

  const std::string& predicate(TermId id) {
    const auto [known, is_new] = predicates_.try_emplace(id);
    if (is_new) known->second = reader_->read(id).value;
    return known->second;
  }

  /// IRIs of the thing's classes, the most exact ones first.
  std::vector<std::string> types_in(const Rows& rows) {
    std::vector<std::string> types;
    for (const Row& row : rows) {
      if (row.object.kind() == store::IdKind::Iri && predicate(row.predicate) == rdf::rdf::type) {
        types.emplace_back(reader_->read(row.object).value);
      }
    }
    std::sort(types.begin(), types.end(), [](const std::string& a, const std::string& b) {
      return std::pair(generality(a), std::string_view(a)) < std::pair(generality(b), std::string_view(b));
    });
    return types;
  }

  void add_facts(Members& members, const Rows& rows, const std::vector<std::string>& types, const NodeFrame& frame) {
    std::vector<std::string> names;
    for (const std::string& type : types) names.push_back(json_text(schema_term(type)));
    add(members, "@type", std::move(names));
    for (auto at = rows.begin(); at != rows.end();) {
      const auto end = std::find_if(at, rows.end(), [at](const Row& row) { return row.predicate != at->predicate; });
      add_property(members, {at, end}, frame);
      at = end;
    }
  }

  using Some = std::pair<Rows::const_iterator, Rows::const_iterator>;

  void add_property(Members& members, const Some& rows, const NodeFrame& frame) {
    const std::string& iri = predicate(rows.first->predicate);
    if (iri == rdf::rdf::type) return;
    const auto named = frame.properties.find(iri);
    if (named != frame.properties.end()) return add_values(members, rows, named->second);
    if (!frame.is_explicit) add_values(members, rows, plain_property(iri));
  }

  void add_values(Members& members, const Some& rows, const FrameProperty& property) {
    std::vector<std::string> values;
    Texts texts(language_);
    for (auto row = rows.first; row != rows.second; ++row) {
      const TermView object = reader_->read(row->object);
      if (object.type != TermType::Literal) {
        values.push_back(thing(row->object, object, property));
      } else if (is_text(object)) {
        texts.add(object);
      } else {
        values.push_back(typed_json(object));
      }
    }
    texts.move_to(values);
    std::sort(values.begin(), values.end());
    add(members, property.key, std::move(values));
  }

  static void add(Members& members, std::string_view key, std::vector<std::string> values) {
    std::erase(values, "");
    if (values.empty()) return;
    const bool one = values.size() == 1;
    members.emplace_back(key, one ? std::move(values.front()) : fmt::format("[{}]", fmt::join(values, ",")));
  }

  /// A thing that is a value; "" if there is nothing to tell of a blank node.
  std::string thing(TermId id, const TermView& term, const FrameProperty& property) {
    const bool is_iri = term.type == TermType::Iri;
    const NodeFrame& frame = property.values != nullptr              ? *property.values
                             : is_iri && !is_part(site_, term.value) ? linked_frame()
                                                                     : whole_frame();
    const bool as_text = is_iri && property.is_address;
    Members members;
    if (is_iri) members.emplace_back("@id", json_text(term.value));
    const bool is_round = std::find(path_.begin(), path_.end(), id) != path_.end();
    const bool is_bare = as_text && frame.is_explicit && frame.properties.empty();
    if (!is_round && !is_bare && things_ < max_things && path_.size() < max_depth) add_thing(members, id, frame);
    if (members.empty()) return {};
    return as_text && members.size() == 1 ? std::move(members.front().second) : to_object(std::move(members));
  }

  void add_thing(Members& members, TermId id, const NodeFrame& frame) {
    ++things_;
    path_.push_back(id);
    const Rows rows = read(id);
    add_facts(members, rows, types_in(rows), frame);
    path_.pop_back();
  }

  static std::string to_object(Members members) {
    std::sort(members.begin(), members.end());
    std::string out = "{";
    for (const auto& [key, value] : members) {
      if (out.size() > 1) out += ',';
      append_json_string(out, key);
      out += ':';
      out += value;
    }
    return out + '}';
  }

  static constexpr TermId last_id = TermId::from_bits(std::numeric_limits<std::uint64_t>::max());

  const store::View& view_;
  const store::GraphSet& readable_;
  const Site& site_;
  std::optional<std::string_view> language_;
  std::unique_ptr<store::TermReader> reader_;
  store::QuadBatch batch_;
  std::unordered_map<TermId, std::string> predicates_;
  std::vector<TermId> path_;  // from the entity to the thing that is told
  std::size_t things_ = 0;
};

}  // namespace

std::string page_json_ld(const store::View& view, const store::GraphSet& readable, const Site& site,
                         std::string_view iri, std::string_view language) {
  const auto entity = view.find(rdf::Term::iri(iri));
  return entity ? Teller(view, readable, site, language).tell(*entity, iri, frame_for) : "";
}

std::string data_json_ld(const store::View& view, const store::GraphSet& readable, const Site& site,
                         std::string_view iri) {
  const auto entity = view.find(rdf::Term::iri(iri));
  const auto all = [](const auto&) -> const NodeFrame& { return whole_frame(); };
  return entity ? Teller(view, readable, site, std::nullopt).tell(*entity, iri, all) : "";
}

}  // namespace scenograph::publish
