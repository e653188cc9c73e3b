#pragma once

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term.hpp"

namespace scenograph::shacl::naive {

/// Makes small random shapes graphs and data, the same for the same seed, out of so few terms that they often meet.
/// Shapes are well-formed and use every component of SHACL Core, every kind of path, of target and of node
/// expression.
class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  [[nodiscard]] std::vector<rdf::Quad> data();
  /// REQUIRES: `data` was called.
  [[nodiscard]] std::vector<rdf::Quad> shapes();

 private:
  struct Made {
    rdf::Term node;
    bool is_property;
  };

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  bool chance(std::size_t percent) { return below(100) < percent; }
  template <typename T>
  const T& any(const std::vector<T>& from) {
    return from[below(from.size())];
  }

  rdf::Term resource();
  rdf::Term predicate();
  rdf::Term class_of_things();
  rdf::Term literal();
  void choose_literals();
  rdf::Term value() { return chance(45) ? literal() : resource(); }

  void say(const rdf::Term& subject, std::string_view parameter, const rdf::Term& object);
  rdf::Term fresh_blank();
  rdf::Term list(const std::vector<rdf::Term>& members);
  rdf::Term path(std::size_t depth);
  rdf::Term shape(bool is_property, std::size_t depth);
  rdf::Term some_shape(std::size_t depth);
  rdf::Term node_shape(std::size_t depth);
  rdf::Term property_shape(std::size_t depth);
  std::vector<rdf::Term> some_shapes(std::size_t depth);
  void add_target(const rdf::Term& shape);

  void constrain(const rdf::Term& shape, bool is_property, std::size_t depth);
  void add_types(const rdf::Term& shape);
  void add_cardinality(const rdf::Term& shape);
  void add_range(const rdf::Term& shape);
  void add_strings(const rdf::Term& shape, bool is_property);
  void add_pair(const rdf::Term& shape, bool is_property);
  void add_logic(const rdf::Term& shape, std::size_t depth);
  void add_nested(const rdf::Term& shape, std::size_t depth);
  void add_qualified(const rdf::Term& shape, std::size_t depth);
  void add_others(const rdf::Term& shape);
  void add_expression(const rdf::Term& shape, std::size_t depth);
  rdf::Term expression(std::size_t depth, std::size_t shape_depth);
  void declare_functions();

  std::mt19937 random_;
  std::size_t resources_ = 8;
  std::size_t blanks_ = 0;
  std::vector<rdf::Term> literals_;  // those that this data mostly uses
  std::vector<rdf::Quad> made_;
  std::set<std::pair<rdf::Term, std::string>> said_;  // parameters that a shape may have one value of
  std::vector<Made> done_;                            // shapes to refer to again
};

}  // namespace scenograph::shacl::naive
