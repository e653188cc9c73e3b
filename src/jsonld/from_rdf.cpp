#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/values.hpp"
#include "jsonld/processor.hpp"
#include "rdf/vocab.hpp"

// Source: JSON-LD 1.1 Processing Algorithms and API, section 8.4.

namespace scenograph::jsonld {

namespace {

using rdf::Term;
using Object = Value::Object;

const std::string i18n = "https://www.w3.org/ns/i18n#";
const std::string rdf_ns(rdf::rdf::ns);
const std::string rdf_first(rdf::rdf::first);
const std::string rdf_rest(rdf::rdf::rest);

std::string name_of(const Term& term) { return term.is_blank() ? "_:" + term.value : term.value; }

template <typename Number>
bool parse(const std::string& text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

class RdfReader {
 public:
  explicit RdfReader(const ProcessorOptions& options) : options_(options) {}

  Value run(const std::vector<rdf::Quad>& quads) {
    std::set<rdf::Quad> seen;
    for (const rdf::Quad& quad : quads) {
      if (seen.insert(quad).second) add(quad);
    }
    for (auto& [name, graph] : graphs_) {
      convert_directions(graph);
      if (options_.use_lists) convert_lists(graph);
    }
    return assemble();
  }

 private:
  struct Place {  // of a value: an element of a property's array
    std::string graph;
    std::string node;
    std::string property;
    std::size_t index = 0;
  };
  struct Graph {
    std::map<std::string, Object> nodes;
    std::vector<Place> ends;  // uses of rdf:nil
    std::set<std::string> directed;
  };

  static Object& node_of(Graph& graph, const std::string& name) {
    Object& node = graph.nodes[name];
    node.try_emplace("@id", name);
    return node;
  }

  void add(const rdf::Quad& quad) {
    const std::string graph_name = quad.graph.is_default_graph() ? "@default" : name_of(quad.graph);
    Graph& graph = graphs_[graph_name];
    const std::string subject = name_of(quad.subject);
    Object& node = node_of(graph, subject);
    const std::string& property = quad.predicate.value;
    if (options_.rdf_direction == RdfDirection::CompoundLiteral && property == rdf_ns + "direction") {
      graph.directed.insert(subject);
    }
    const bool resource = !quad.object.is_literal();
    if (resource) (void)node_of(graph, name_of(quad.object));
    if (property == rdf::rdf::type && resource && !options_.use_rdf_type) {
      return append_to(node, "@type", Value(name_of(quad.object)));
    }
    append_to(node, property, resource ? Value(Object{{"@id", name_of(quad.object)}}) : literal_of(quad.object));
    note_use(graph, {graph_name, subject, property, node.at(property).array().size() - 1}, quad.object);
  }

  void note_use(Graph& graph, Place place, const Term& object) {
    if (object.is_iri() && object.value == rdf::rdf::nil) {
      graph.ends.push_back(std::move(place));
    } else if (object.is_blank()) {
      const auto [use, first] = uses_.try_emplace(name_of(object), std::move(place));
      if (!first) use->second.reset();
    }
  }

  Value literal_of(const Term& literal) const {
    const std::string& text = literal.value;
    if (!literal.language.empty()) return Object{{"@value", text}, {"@language", literal.language}};
    const std::string& type = literal.datatype;
    if (type.empty()) return Object{{"@value", text}};
    if (options_.use_native_types) {
      if (const Value native = native_value(text, type); !native.is_null()) return Object{{"@value", native}};
    }
    if (type == rdf::rdf::JSON) return json_literal(text);
    if (options_.rdf_direction == RdfDirection::I18nDatatype && type.starts_with(i18n)) {
      Object object{{"@value", text}};
      const std::string suffix = type.substr(i18n.size());
      const std::size_t line = suffix.find('_');
      if (line != 0) object["@language"] = suffix.substr(0, line);
      if (line != std::string::npos) object["@direction"] = suffix.substr(line + 1);
      return object;
    }
    return Object{{"@value", text}, {"@type", type}};
  }

  static Value native_value(const std::string& text, const std::string& type) {
    if (type == rdf::xsd::boolean && (text == "true" || text == "1")) return Value(true);
    if (type == rdf::xsd::boolean && (text == "false" || text == "0")) return Value(false);
    std::int64_t integer = 0;
    if (type == rdf::xsd::integer && parse(text, integer)) return Value(integer);
    double real = 0;
    if (type == rdf::xsd::double_ && parse(text, real) && std::isfinite(real)) return Value(real);
    return {};
  }

  static Value json_literal(const std::string& text) {
    try {
      Value wrapped = parse_json("[" + text + "]", {});
      if (wrapped.array().size() == 1) return Object{{"@value", wrapped.array().front()}, {"@type", "@json"}};
    } catch (const base::Error&) {  // told below
    }
    throw data_error("invalid JSON literal", text);
  }

  Value& value_at(const Place& place) {
    return graphs_.at(place.graph).nodes.at(place.node).at(place.property).array().at(place.index);
  }

  [[nodiscard]] const Place* only_use(const std::string& node) const {
    const auto use = uses_.find(node);
    return use == uses_.end() || !use->second ? nullptr : &*use->second;
  }

  void convert_directions(Graph& graph) {
    for (const std::string& name : graph.directed) {
      const Place* use = only_use(name);
      const auto node = graph.nodes.find(name);
      if (use == nullptr || node == graph.nodes.end()) continue;
      Object value;
      for (const std::string_view part : {"value", "language", "direction"}) {
        const auto found = node->second.find(rdf_ns + std::string(part));
        if (found == node->second.end()) continue;
        const Value* inner = found->second.array().front().find("@value");
        if (inner != nullptr) value["@" + std::string(part)] = *inner;
      }
      value_at(*use) = std::move(value);
      graph.nodes.erase(node);
    }
  }

  /// Whether the node is but a cell of a list.
  static bool is_cell(const Object& node) {
    for (const auto& [key, value] : node) {
      const bool type = key == "@type" && value == Value(Value::Array{Value(rdf::rdf::List)});
      if (key != "@id" && key != rdf_first && key != rdf_rest && !type) return false;
    }
    const auto first = node.find(rdf_first);
    const auto rest = node.find(rdf_rest);
    return first != node.end() && first->second.array().size() == 1 && rest != node.end() &&
           rest->second.array().size() == 1;
  }

  struct List {
    Place head;
    std::vector<std::string> cells;  // from the last to the first
    std::size_t inner = 0;           // lists among the items that are not converted yet
    std::optional<std::size_t> outer;
  };

  List follow(Graph& graph, const Place& end) const {
    List list{end, {}, 0, {}};
    while (list.head.property == rdf_rest) {
      const Place* use = only_use(list.head.node);
      const auto cell = graph.nodes.find(list.head.node);
      if (use == nullptr || use->graph != end.graph || cell == graph.nodes.end() || !is_cell(cell->second)) break;
      list.cells.push_back(cell->first);
      list.head = *use;
    }
    return list;
  }

  /// Converts inner lists before those that hold them; lists that hold each other stay as they are.
  void convert_lists(Graph& graph) {
    std::vector<List> lists;
    std::map<std::string, std::size_t> owners;
    for (const Place& end : graph.ends) {
      lists.push_back(follow(graph, end));
      for (const std::string& cell : lists.back().cells) owners[cell] = lists.size() - 1;
    }
    for (List& list : lists) {
      const auto owner = owners.find(list.head.node);
      if (owner == owners.end() || list.head.property != rdf_first) continue;
      list.outer = owner->second;
      ++lists[owner->second].inner;
    }
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < lists.size(); ++i) {
      if (lists[i].inner == 0) ready.push_back(i);
    }
    while (!ready.empty()) {
      const List& list = lists[ready.back()];
      ready.pop_back();
      convert(graph, list);
      if (list.outer && --lists[*list.outer].inner == 0) ready.push_back(*list.outer);
    }
  }

  void convert(Graph& graph, const List& list) {
    Value::Array items;
    for (auto name = list.cells.rbegin(); name != list.cells.rend(); ++name) {
      const auto cell = graph.nodes.find(*name);
      items.push_back(std::move(cell->second.at(rdf_first).array().front()));
      graph.nodes.erase(cell);
    }
    value_at(list.head) = Object{{"@list", std::move(items)}};
  }

  Value assemble() {
    auto& nodes = graphs_["@default"].nodes;
    for (auto& [name, graph] : graphs_) {
      if (name == "@default") continue;
      Object& node = nodes[name];
      node.try_emplace("@id", name);
      node["@graph"] = described(graph.nodes);
    }
    return described(nodes);
  }

  static Value::Array described(std::map<std::string, Object>& nodes) {
    Value::Array result;
    for (auto& [name, node] : nodes) {
      if (node.size() > 1) result.emplace_back(std::move(node));
    }
    return result;
  }

  const ProcessorOptions& options_;
  std::map<std::string, Graph> graphs_;
  std::map<std::string, std::optional<Place>> uses_;  // of blank nodes; empty for those with several
};

}  // namespace

Value from_rdf(const std::vector<rdf::Quad>& quads, const ProcessorOptions& options) {
  return RdfReader(options).run(quads);
}

}  // namespace scenograph::jsonld
