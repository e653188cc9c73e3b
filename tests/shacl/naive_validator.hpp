#pragma once

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rdf/term.hpp"

namespace scenograph::shacl::naive {

/// A validation result as far as the specification fixes it.
struct Outcome {
  rdf::Term focus;
  std::string path;  ///< in brackets: "<p>", "inversePath(<p>)", "sequence(<p> <q>)"; empty if there is none
  std::optional<rdf::Term> value;
  std::string component;  ///< local name: "MinCount"
  rdf::Term shape;
  std::string severity;  ///< IRI

  friend auto operator<=>(const Outcome&, const Outcome&) = default;
};

using Nodes = std::set<rdf::Term>;
using Outcomes = std::vector<Outcome>;

/// Validates one focus node after the other, as the sentences of SHACL (sections 2 to 4) and of
/// SHACL Advanced Features (sections 6 and 7) say, over sets of triples and
/// without any index. It reads the shapes graph itself and shares nothing with src/shacl. For small graphs only.
///
/// REQUIRES: a well-formed shapes graph. Blank nodes of the shapes are none of the data's, whatever their labels.
class Validator {
 public:
  Validator(std::span<const rdf::Quad> shapes, std::span<const rdf::Triple> data);

  /// All results, sorted; equal ones as often as they come.
  [[nodiscard]] Outcomes validate();

 private:
  using Graph = std::set<rdf::Triple>;

  struct Site {
    const rdf::Term& shape;
    const rdf::Term& focus;
    const Nodes& values;
    Outcomes& out;
  };

  [[nodiscard]] static Nodes objects_in(const Graph& graph, const rdf::Term& subject, const rdf::Term& predicate);

  // The shapes graph.
  [[nodiscard]] Nodes given(const rdf::Term& shape, std::string_view parameter) const;
  [[nodiscard]] std::optional<rdf::Term> one(const rdf::Term& shape, std::string_view parameter) const;
  [[nodiscard]] bool is_true(const rdf::Term& shape, std::string_view parameter) const;
  [[nodiscard]] std::vector<rdf::Term> list(const rdf::Term& head) const;
  [[nodiscard]] bool is_class_shape(const rdf::Term& shape) const;
  [[nodiscard]] std::string path_text(const rdf::Term& path) const;

  // The data graph.
  [[nodiscard]] Nodes objects(const rdf::Term& subject, const rdf::Term& predicate) const;
  [[nodiscard]] const Nodes& reached(const rdf::Term& path, const rdf::Term& node);
  [[nodiscard]] Nodes follow(const rdf::Term& path, const rdf::Term& node);
  [[nodiscard]] Nodes closure(const rdf::Term& path, const Nodes& from);
  [[nodiscard]] bool is_subclass(const rdf::Term& sub, const rdf::Term& super) const;
  [[nodiscard]] bool is_instance(const rdf::Term& node, const rdf::Term& type) const;

  [[nodiscard]] Nodes targets(const rdf::Term& shape) const;
  void check(const rdf::Term& shape, const rdf::Term& focus, Outcomes& out);
  [[nodiscard]] bool conforms(const rdf::Term& shape, const rdf::Term& node);
  void add(Site& site, std::string_view component, const std::optional<rdf::Term>& value = std::nullopt) const;

  // Sections 4.1 to 4.8.
  void check_types(Site& site);
  void check_cardinality(Site& site);
  void check_ranges(Site& site);
  void check_strings(Site& site);
  void check_languages(Site& site);
  void check_pairs(Site& site);
  void check_logic(Site& site);
  void check_shapes(Site& site);
  void check_qualified(Site& site);
  void check_others(Site& site);

  // SHACL Advanced Features, sections 6 and 7.
  [[nodiscard]] Nodes evaluate(const rdf::Term& expression, const rdf::Term& focus);
  [[nodiscard]] Nodes call(const rdf::Term& expression, const rdf::Term& focus);
  void check_expressions(Site& site);

  Graph shapes_;
  Graph data_;
  Nodes data_nodes_;
  std::map<std::pair<rdf::Term, rdf::Term>, Nodes> reached_;
  std::map<std::pair<rdf::Term, rdf::Term>, bool> conforms_;
};

}  // namespace scenograph::shacl::naive
