#include "sparql/exec/access/places_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "place/cells.hpp"
#include "place/wkt.hpp"
#include "rdf/vocab.hpp"
#include "sparql/exec/access/id_sets.hpp"
#include "sparql/exec/value.hpp"
#include "sparql/functions.hpp"

namespace scenograph::sparql {

namespace {

using store::KeyRange;
using store::TermId;

constexpr double largest_latitude = 90;

/// Datatypes of numbers, derived ones too (XML Schema 1.1 Part 2, section 3).
constexpr std::array<std::string_view, 16> number_types = {"integer",
                                                           "decimal",
                                                           "double",
                                                           "float",
                                                           "long",
                                                           "int",
                                                           "short",
                                                           "byte",
                                                           "nonNegativeInteger",
                                                           "nonPositiveInteger",
                                                           "positiveInteger",
                                                           "negativeInteger",
                                                           "unsignedLong",
                                                           "unsignedInt",
                                                           "unsignedShort",
                                                           "unsignedByte"};

std::string cell_key(std::string_view cell) { return std::string("@").append(cell); }

std::string number_key(double number) {
  const auto bits = std::bit_cast<std::uint64_t>(number == 0 ? 0.0 : number);
  return fmt::format("n{:016x}", (bits >> 63U) != 0 ? ~bits : bits | (std::uint64_t{1} << 63U));
}

class PlaceKeys final : public store::KeyMaker {
 public:
  void make_keys(const rdf::TermView& literal, std::vector<std::string>& keys) override {
    keys.clear();
    if (literal.datatype == functions::wkt_literal) return add_cells(literal.value, keys);
    const Value value = value_of(rdf::Term::literal(literal.value, literal.datatype));
    if (!value.is_numeric() || !(std::abs(value.as_double()) <= largest_latitude)) return;
    keys.push_back(number_key(value.as_double()));
  }

 private:
  static void add_cells(std::string_view text, std::vector<std::string>& keys) {
    const auto geometry = place::parse_wkt(text);
    const auto box = geometry ? place::box_of(*geometry) : std::nullopt;
    if (!box) return;
    for (const std::string& cell : place::cells_of(*box)) keys.push_back(cell_key(cell));
  }
};

class PlacesAnalyser final : public store::TermAnalyser {
 public:
  PlacesAnalyser() {
    kinds_.datatypes.emplace_back(functions::wkt_literal);
    for (const auto type : number_types) kinds_.datatypes.push_back(std::string(rdf::xsd::ns).append(type));
  }

  std::string_view name() const override { return places_index; }
  std::uint32_t version() const override { return 1; }
  const store::LiteralKinds& kinds() const override { return kinds_; }
  std::unique_ptr<store::KeyMaker> make_key_maker() const override { return std::make_unique<PlaceKeys>(); }

 private:
  store::LiteralKinds kinds_;
};

std::optional<std::vector<TermId>> find_any(const store::TermIndex& index, const std::vector<KeyRange>& ranges) {
  std::vector<TermId> ids;
  for (const KeyRange& range : ranges) {
    if (!index.find(range, ids)) return std::nullopt;
  }
  sort_ids(ids);
  return ids;
}

}  // namespace

std::shared_ptr<const store::TermAnalyser> make_places_analyser() { return std::make_shared<PlacesAnalyser>(); }

std::optional<std::vector<TermId>> find_places(const store::TermIndex& index, const place::Box& box) {
  const place::CellSearch search = place::search_of(box);
  std::vector<KeyRange> ranges;
  for (const std::string& name : search.beginnings) ranges.push_back(KeyRange::starting_with(cell_key(name)));
  for (const std::string& name : search.exactly) ranges.push_back(KeyRange::exactly(cell_key(name)));
  return find_any(index, ranges);
}

std::optional<std::vector<TermId>> find_numbers(const store::TermIndex& index, double low, double high) {
  KeyRange range{number_key(low), number_key(high)};
  range.to.push_back('\0');
  return find_any(index, {std::move(range)});
}

}  // namespace scenograph::sparql
