#include "shacl/internal/load_path.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/error.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::shacl {

using base::Code;
using base::Error;

namespace {

constexpr std::array<std::pair<std::string_view, Path::Kind>, 4> unary_paths{{
    {"inversePath", Path::Kind::Inverse},
    {"zeroOrMorePath", Path::Kind::ZeroOrMore},
    {"oneOrMorePath", Path::Kind::OneOrMore},
    {"zeroOrOnePath", Path::Kind::ZeroOrOne},
}};

class PathLoader {
 public:
  PathLoader(const ShapesGraph& graph, const std::string& label) : graph_(graph), label_(label) {}

  Path load(const rdf::Term& node, std::size_t depth_left) const {
    if (depth_left == 0) {
      throw Error(Code::TooLarge, fmt::format("{}: the path of sh:path nests too deep or contains itself", label_));
    }
    if (node.is_iri() && node.value != rdf::rdf::nil) return Path{Path::Kind::Predicate, node, {}};
    if (!node.is_blank()) throw ill_formed(fmt::format("{} is not a path", display(node)));
    if (!graph_.objects(node, rdf::rdf::first).empty()) {
      return list(Path::Kind::Sequence, node, "a sequence path", depth_left);
    }
    if (const auto heads = graph_.objects(node, sh("alternativePath")); !heads.empty()) {
      return list(Path::Kind::Alternative, only(heads, "alternativePath"), "sh:alternativePath", depth_left);
    }
    for (const auto& [name, kind] : unary_paths) {
      const auto parts = graph_.objects(node, sh(name));
      if (!parts.empty()) return Path{kind, {}, {load(only(parts, name), depth_left - 1)}};
    }
    throw ill_formed(
        "a blank node of the path is neither a list nor has it sh:inversePath, sh:alternativePath, "
        "sh:zeroOrMorePath, sh:oneOrMorePath or sh:zeroOrOnePath");
  }

 private:
  Error ill_formed(const std::string& why) const {
    return Error(Code::BadData, fmt::format("{}: ill-formed sh:path: {}", label_, why));
  }

  const rdf::Term& only(const std::vector<rdf::Term>& terms, std::string_view name) const {
    if (terms.size() != 1) throw ill_formed(fmt::format("sh:{} has {} values; give one", name, terms.size()));
    return terms.front();
  }

  Path list(Path::Kind kind, const rdf::Term& head, std::string_view what, std::size_t depth_left) const {
    const auto members = graph_.list(head);
    if (!members) throw ill_formed(fmt::format("the list of {} is broken", what));
    if (members->size() < 2) throw ill_formed(fmt::format("{} needs two members or more", what));
    Path path{kind, {}, {}};
    for (const auto& member : *members) path.parts.push_back(load(member, depth_left - 1));
    return path;
  }

  const ShapesGraph& graph_;
  const std::string& label_;
};

}  // namespace

Path load_path(const ShapesGraph& graph, const rdf::Term& node, const std::string& label, std::size_t max_depth) {
  return PathLoader(graph, label).load(node, max_depth);
}

}  // namespace scenograph::shacl
