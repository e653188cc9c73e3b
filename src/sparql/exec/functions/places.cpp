#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <string>
#include <utility>

#include "place/relations.hpp"
#include "place/wkt.hpp"
#include "sparql/exec/functions/extensions.hpp"
#include "sparql/functions.hpp"

namespace scenograph::sparql {

namespace {

using place::Geometry;

Value wkt_value(std::string_view text) { return Value::other(text, functions::wkt_literal); }

Value number_value(double number) { return Value::number(ValueKind::Double, number); }

/// An evaluator that has its value as a geometry too, so that no text need be made and read again.
class GeometryEvaluator : public Evaluator {
 public:
  /// Null for an error. Valid until this node's next call.
  [[nodiscard]] virtual const Geometry* geometry(const Row& row) = 0;
};

/// An argument that is a geometry.
class GeometryArgument {
 public:
  explicit GeometryArgument(EvaluatorPtr evaluator)
      : evaluator_(std::move(evaluator)), direct_(dynamic_cast<GeometryEvaluator*>(evaluator_.get())) {}

  /// Null for an error. What was read for the row before serves again if it is the same.
  [[nodiscard]] const Geometry* read(const Row& row) {
    if (direct_ != nullptr) return direct_->geometry(row);
    const Value& value = evaluator_->evaluate(row);
    if (value.kind != ValueKind::Other || value.modifier != functions::wkt_literal) return nullptr;
    if (!known_ || value.text != text_) {
      known_ = true;
      text_ = value.text;
      geometry_ = place::parse_wkt(text_);
    }
    return geometry_ ? &*geometry_ : nullptr;
  }

 private:
  EvaluatorPtr evaluator_;
  GeometryEvaluator* direct_;
  bool known_ = false;
  std::string text_;
  std::optional<Geometry> geometry_;
};

/// scgf:point and scgf:box: a geometry of numbers.
class OfNumbers final : public GeometryEvaluator {
 public:
  OfNumbers(bool is_box, std::vector<EvaluatorPtr> arguments)
      : is_box_(is_box), arguments_(std::move(arguments)), numbers_(arguments_.size()) {}

  const Value& evaluate(const Row& row) override {
    result_ = Value{};
    if (geometry(row) != nullptr) {
      result_ = wkt_value(is_box_ ? to_wkt(geometry_.polygons.front()) : to_wkt(geometry_.points.front()));
    }
    return result_;
  }

  const Geometry* geometry(const Row& row) override {
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
      const Value& value = arguments_[i]->evaluate(row);
      if (!value.is_numeric()) return nullptr;
      numbers_[i] = value.as_double();
    }
    return is_box_ ? make_box() : make_point();
  }

 private:
  const Geometry* make_point() {
    const double latitude = numbers_[0];
    const double longitude = numbers_[1];
    if (!(std::abs(latitude) <= 90) || !(std::abs(longitude) <= 180)) return nullptr;
    geometry_.points.assign(1, {longitude, latitude});
    return &geometry_;
  }

  const Geometry* make_box() {
    place::Box box{numbers_[0], numbers_[1], numbers_[2], numbers_[3]};
    if (!(std::abs(box.west) <= 180) || !(std::abs(box.east) <= 180) || !(box.south <= box.north) || box.south < -90 ||
        box.north > 90) {
      return nullptr;
    }
    if (box.east < box.west) box.east += 360;
    geometry_.polygons.assign(1, to_polygon(box));
    return &geometry_;
  }

  bool is_box_;
  std::vector<EvaluatorPtr> arguments_;
  std::vector<double> numbers_;
  Geometry geometry_;
  Value result_;
};

class Distance final : public Evaluator {
 public:
  Distance(std::vector<EvaluatorPtr> arguments, Context& context)
      : a_(std::move(arguments[0])), b_(std::move(arguments[1])), context_(context) {
    if (arguments.size() > 2) unit_ = std::move(arguments[2]);
  }

  const Value& evaluate(const Row& row) override {
    result_ = compute(row);
    return result_;
  }

 private:
  Value compute(const Row& row) {
    const Geometry* a = a_.read(row);
    const Geometry* b = b_.read(row);
    if (a == nullptr || b == nullptr || a->is_empty() || b->is_empty()) return {};
    std::optional<double> metres = 1;
    if (unit_) {
      const Value& unit = unit_->evaluate(row);
      if (unit.kind != ValueKind::Iri) return {};
      metres = metres_of(unit.text);
    }
    return metres ? number_value(distance_m(*a, *b, *context_.budget) / *metres) : Value{};
  }

  GeometryArgument a_;
  GeometryArgument b_;
  EvaluatorPtr unit_;
  Context& context_;
  Value result_;
};

class Relation final : public Evaluator {
 public:
  using Test = bool (*)(const Geometry&, const Geometry&, const base::Budget&);

  Relation(Test test, std::vector<EvaluatorPtr> arguments, Context& context)
      : test_(test), a_(std::move(arguments[0])), b_(std::move(arguments[1])), context_(context) {}

  const Value& evaluate(const Row& row) override {
    const Geometry* a = a_.read(row);
    const Geometry* b = b_.read(row);
    result_ = a == nullptr || b == nullptr ? Value{} : Value::boolean(test_(*a, *b, *context_.budget));
    return result_;
  }

 private:
  Test test_;
  GeometryArgument a_;
  GeometryArgument b_;
  Context& context_;
  Value result_;
};

/// What is read off a geometry's bounding box.
class OfBox final : public Evaluator {
 public:
  using Read = Value (*)(const place::Box&);

  OfBox(Read read, std::vector<EvaluatorPtr> arguments) : read_(read), argument_(std::move(arguments[0])) {}

  const Value& evaluate(const Row& row) override {
    const Geometry* geometry = argument_.read(row);
    const auto box = geometry == nullptr ? std::nullopt : box_of(*geometry);
    result_ = box ? read_(*box) : Value{};
    return result_;
  }

 private:
  Read read_;
  GeometryArgument argument_;
  Value result_;
};

constexpr std::array<std::pair<std::string_view, Relation::Test>, 4> relations = {
    {{functions::within, place::is_within},
     {functions::contains,
      [](const Geometry& a, const Geometry& b, const base::Budget& budget) { return place::is_within(b, a, budget); }},
     {functions::intersects, place::intersects},
     {functions::disjoint, [](const Geometry& a, const Geometry& b, const base::Budget& budget) {
        return !place::intersects(a, b, budget);
      }}}};

constexpr std::array<std::pair<std::string_view, OfBox::Read>, 5> box_readers = {
    {{functions::envelope, [](const place::Box& box) { return wkt_value(to_wkt(to_polygon(box))); }},
     {functions::min_x, [](const place::Box& box) { return number_value(box.west); }},
     {functions::min_y, [](const place::Box& box) { return number_value(box.south); }},
     {functions::max_x, [](const place::Box& box) { return number_value(box.east); }},
     {functions::max_y, [](const place::Box& box) { return number_value(box.north); }}}};

template <typename Table>
auto find_in(const Table& table, std::string_view iri) {
  return std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.first == iri; });
}

}  // namespace

std::optional<double> metres_of(std::string_view unit) {
  constexpr double degree_m = place::mean_radius_m * std::numbers::pi / 180;
  constexpr std::array<std::pair<std::string_view, double>, 9> units = {
      {{"http://www.opengis.net/def/uom/OGC/1.0/metre", 1},
       {"http://www.opengis.net/def/uom/OGC/1.0/meter", 1},
       {"http://www.opengis.net/def/uom/OGC/1.0/kilometre", 1000},
       {"http://www.opengis.net/def/uom/OGC/1.0/kilometer", 1000},
       {"http://www.opengis.net/def/uom/OGC/1.0/degree", degree_m},
       {"http://www.opengis.net/def/uom/OGC/1.0/radian", place::mean_radius_m},
       {"http://qudt.org/vocab/unit/M", 1},
       {"http://qudt.org/vocab/unit/KiloM", 1000},
       {"http://qudt.org/vocab/unit/MI", 1609.344}}};
  const auto* const at = find_in(units, unit);
  return at == units.end() ? std::nullopt : std::optional(at->second);
}

EvaluatorPtr make_place_function(std::string_view iri, std::vector<EvaluatorPtr>& arguments, Context& context) {
  if (iri == functions::point || iri == functions::box) {
    check_arguments(iri, arguments.size());
    return std::make_unique<OfNumbers>(iri == functions::box, std::move(arguments));
  }
  if (iri == functions::distance) {
    check_arguments(iri, arguments.size());
    return std::make_unique<Distance>(std::move(arguments), context);
  }
  if (const auto* const relation = find_in(relations, iri); relation != relations.end()) {
    check_arguments(iri, arguments.size());
    return std::make_unique<Relation>(relation->second, std::move(arguments), context);
  }
  if (const auto* const reader = find_in(box_readers, iri); reader != box_readers.end()) {
    check_arguments(iri, arguments.size());
    return std::make_unique<OfBox>(reader->second, std::move(arguments));
  }
  return nullptr;
}

}  // namespace scenograph::sparql
