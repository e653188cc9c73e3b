#include "canon/internal/pairing.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/hash.hpp"

namespace scenograph::canon {

namespace {

using Colours = std::vector<std::uint64_t>;  // by node

/// How many quads away surroundings are compared.
constexpr int max_rounds = 8;

/// Quads that more nodes than this have in common tell nothing of which is which.
constexpr std::size_t max_sharing = 64;

/// The quad as `self` sees it, other nodes named by `name`.
template <typename Name>
std::string seen_from(const BlankQuad& quad, Node self, const Name& name) {
  std::string line;
  append_line(line, *quad.quad, quad.nodes, [&](Node node) { return node == self ? std::string("self") : name(node); });
  return line;
}

std::string coloured(const BlankQuad& quad, Node self, const Colours& colours) {
  return seen_from(quad, self, [&](Node other) { return std::to_string(colours[other]); });
}

/// Colours that also tell what the neighbours' colours are.
Colours next_round(const BlankQuads& dataset, const Colours& colours) {
  Colours next;
  for (Node node = 0; node < dataset.labels.size(); ++node) {
    std::vector<std::string> lines;
    for (const std::uint32_t place : dataset.around[node]) {
      lines.push_back(coloured(dataset.quads[place], node, colours));
    }
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const std::string& line : lines) all += line;
    next.push_back(base::stable_hash(all));
  }
  return next;
}

class Pairing {
 public:
  Pairing(const BlankQuads& a, const BlankQuads& b)
      : a_(a), b_(b), of_a_(a.labels.size(), no_node), of_b_(b.labels.size(), no_node) {}

  std::vector<Node> run() {
    std::vector<Colours> rounds_a = {Colours(a_.labels.size(), 0)};
    std::vector<Colours> rounds_b = {Colours(b_.labels.size(), 0)};
    for (int round = 0; round < max_rounds; ++round) {
      rounds_a.push_back(next_round(a_, rounds_a.back()));
      rounds_b.push_back(next_round(b_, rounds_b.back()));
    }
    for (int round = max_rounds; round > 0; --round) {
      pair_by_colour(rounds_a[static_cast<std::size_t>(round)], rounds_b[static_cast<std::size_t>(round)]);
    }
    for (int round = 0; round < max_rounds; ++round) {
      if (!pair_by_sharing()) break;
    }
    return of_a_;
  }

 private:
  void pair(Node a, Node b) {
    of_a_[a] = b;
    of_b_[b] = a;
  }

  void pair_by_colour(const Colours& colours_a, const Colours& colours_b) {
    std::unordered_map<std::uint64_t, std::vector<Node>> waiting;
    for (Node b = static_cast<Node>(of_b_.size()); b-- > 0;) {
      if (of_b_[b] == no_node) waiting[colours_b[b]].push_back(b);
    }
    for (Node a = 0; a < of_a_.size(); ++a) {
      if (of_a_[a] != no_node) continue;
      const auto found = waiting.find(colours_a[a]);
      if (found == waiting.end()) continue;
      std::vector<Node>& nodes = found->second;
      while (!nodes.empty() && of_b_[nodes.back()] != no_node) nodes.pop_back();
      if (nodes.empty()) continue;
      pair(a, nodes.back());
      pair_neighbours(a, colours_a, colours_b);
    }
  }

  /// Nodes that look alike are paired along the quads of a pair, so that what hangs together stays together.
  void pair_neighbours(Node start, const Colours& colours_a, const Colours& colours_b) {
    std::vector<Node> left = {start};
    while (!left.empty()) {
      const Node a = left.back();
      left.pop_back();
      const Node b = of_a_[a];
      std::unordered_map<std::string, std::vector<const BlankQuad*>> theirs;
      for (const std::uint32_t place : b_.around[b]) {
        theirs[coloured(b_.quads[place], b, colours_b)].push_back(&b_.quads[place]);
      }
      for (const std::uint32_t place : a_.around[a]) {
        const BlankQuad& mine = a_.quads[place];
        const auto fitting = theirs.find(coloured(mine, a, colours_a));
        if (fitting != theirs.end()) pair_quads(mine, fitting->second, left);
      }
    }
  }

  /// Pairs the nodes of a quad with those of the last of `fitting` that has some left, and puts them into `paired`.
  void pair_quads(const BlankQuad& quad, std::vector<const BlankQuad*>& fitting, std::vector<Node>& paired) {
    const auto is_free = [](Node node, const std::vector<Node>& pairs) {
      return node != no_node && pairs[node] == no_node;
    };
    const std::size_t before = paired.size();
    while (paired.size() == before && !fitting.empty()) {
      for (std::size_t i = 0; i < quad.nodes.size(); ++i) {
        const Node a = quad.nodes[i];
        const Node b = fitting.back()->nodes[i];
        if (!is_free(a, of_a_) || !is_free(b, of_b_)) continue;
        pair(a, b);
        paired.push_back(a);
      }
      const bool has_free =
          std::any_of(quad.nodes.begin(), quad.nodes.end(), [&](Node node) { return is_free(node, of_a_); });
      if (paired.size() == before && !has_free) return;
      fitting.pop_back();
    }
  }

  /// @return  whether any were paired.
  bool pair_by_sharing() {
    std::unordered_map<std::string, std::vector<Node>> having;
    for (Node b = 0; b < of_b_.size(); ++b) {
      if (of_b_[b] != no_node) continue;
      for (const std::uint32_t place : b_.around[b]) {
        having[seen_from(b_.quads[place], b, [&](Node node) { return name(of_b_[node]); })].push_back(b);
      }
    }
    struct Candidate {
      std::size_t shared;
      Node a;
      Node b;
    };
    std::vector<Candidate> candidates;
    for (Node a = 0; a < of_a_.size(); ++a) {
      if (of_a_[a] != no_node) continue;
      std::map<Node, std::size_t> shared;
      for (const std::uint32_t place : a_.around[a]) {
        const auto found = having.find(
            seen_from(a_.quads[place], a, [&](Node node) { return name(of_a_[node] == no_node ? no_node : node); }));
        if (found == having.end() || found->second.size() > max_sharing) continue;
        for (const Node b : found->second) ++shared[b];
      }
      for (const auto& [b, count] : shared) candidates.push_back({count, a, b});
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& x, const Candidate& y) { return x.shared > y.shared; });
    bool any = false;
    for (const auto& [shared, a, b] : candidates) {
      if (of_a_[a] != no_node || of_b_[b] != no_node) continue;
      pair(a, b);
      any = true;
    }
    return any;
  }

  /// A paired node's name, by its place in the first dataset.
  static std::string name(Node a) { return a == no_node ? "other" : std::to_string(a); }

  const BlankQuads& a_;
  const BlankQuads& b_;
  std::vector<Node> of_a_;
  std::vector<Node> of_b_;
};

}  // namespace

std::vector<Node> pair_nodes(const BlankQuads& a, const BlankQuads& b) { return Pairing(a, b).run(); }

}  // namespace scenograph::canon
