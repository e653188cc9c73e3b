#include "canon/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "canon/internal/labels.hpp"
#include "canon/internal/pairing.hpp"

namespace scenograph::canon {

namespace {

/// A dataset, its blank nodes and their canonical labels.
struct Side {
  std::vector<rdf::Quad> quads;
  BlankQuads blanks;
  std::vector<std::string> labels;
  std::vector<std::string> lines;

  Side(std::vector<rdf::Quad> given, const CanonicalizeOptions& options)
      : quads(distinct(std::move(given))),
        blanks(quads),
        labels(canonical_labels(blanks, options)),
        lines(lines_of(quads, blanks, labels)) {}
  Side(const Side&) = delete;
  Side& operator=(const Side&) = delete;
};

std::vector<std::string> only_first(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

}  // namespace

bool isomorphic(std::vector<rdf::Quad> a, std::vector<rdf::Quad> b, const CanonicalizeOptions& options) {
  return Side(std::move(a), options).lines == Side(std::move(b), options).lines;
}

Difference compare(std::vector<rdf::Quad> a, std::vector<rdf::Quad> b, const CanonicalizeOptions& options) {
  const Side from(std::move(a), options);
  const Side to(std::move(b), options);
  if (from.lines == to.lines) return {};
  std::vector<std::string> names(to.labels.size());
  const std::vector<Node> pairs = pair_nodes(from.blanks, to.blanks);
  for (Node node = 0; node < pairs.size(); ++node) {
    if (pairs[node] != no_node) names[pairs[node]] = from.labels[node];
  }
  std::size_t next = from.labels.size();
  for (std::string& name : names) {
    if (name.empty()) name = fmt::format("c14n{}", next++);
  }
  const std::vector<std::string> lines = lines_of(to.quads, to.blanks, names);
  return {only_first(from.lines, lines), only_first(lines, from.lines)};
}

}  // namespace scenograph::canon
