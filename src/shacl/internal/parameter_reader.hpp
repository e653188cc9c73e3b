#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "rdf/term.hpp"
#include "shacl/internal/shapes_graph.hpp"
#include "shacl/shapes.hpp"

namespace scenograph::shacl {

/// "shape X is ill-formed: …"
[[nodiscard]] base::Error ill_formed(const std::string& label, const std::string& why);

/// A parameter of a shape with its values.
struct ParameterSite {
  const rdf::Term& node;
  const std::string& label;  ///< of the shape
  std::string_view name;     ///< local name of the parameter
  std::vector<rdf::Term> values;
};

/// Reads values of constraint parameters from a shapes graph, and checks them; those that are ill-formed throw
/// Error(Code::BadData) that names shape, parameter and value.
class ParameterReader {
 public:
  /// The graph must outlive it.
  explicit ParameterReader(const ShapesGraph& graph) : graph_(&graph) {}

  /// Adds the constraints of all parameters that name no other shapes. Source: SHACL, sections 4.1 to 4.5 and 4.8.
  void read(const rdf::Term& node, Shape& shape) const;

  /// Whether it is a parameter of these.
  [[nodiscard]] static bool reads(std::string_view local_name);

  void require_one(const std::string& label, const std::vector<rdf::Term>& values, std::string_view name) const;
  [[nodiscard]] bool is_true(const rdf::Term& node, const std::string& label, std::string_view name) const;
  [[nodiscard]] std::uint64_t to_count(const ParameterSite& site, const rdf::Term& term) const;
  [[nodiscard]] std::vector<rdf::Term> to_list(const ParameterSite& site, const rdf::Term& head) const;

 private:
  struct Parameter;
  [[nodiscard]] static const std::vector<Parameter>& parameters();

  void read_iris(const ParameterSite& site, Component component, Shape& shape) const;
  void read_terms(const ParameterSite& site, Component component, Shape& shape) const;
  void read_bound(const ParameterSite& site, Component component, Shape& shape) const;
  void read_node_kind(const ParameterSite& site, Component component, Shape& shape) const;
  void read_count(const ParameterSite& site, Component component, Shape& shape) const;
  void read_pattern(const ParameterSite& site, Component component, Shape& shape) const;
  void read_unique_lang(const ParameterSite& site, Component component, Shape& shape) const;
  void read_list(const ParameterSite& site, Component component, Shape& shape) const;
  void read_closed(const ParameterSite& site, Component component, Shape& shape) const;

  const ShapesGraph* graph_;
};

}  // namespace scenograph::shacl
