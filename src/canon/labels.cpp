#include "canon/internal/labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/error.hpp"
#include "canon/internal/hasher.hpp"

// Numbers in comments are steps of RDFC-1.0's algorithms: 4.4 canonicalization, 4.6 first degree, 4.7 related, 4.8 N
// degrees.

namespace scenograph::canon {

namespace {

using base::Code;
using base::Error;

constexpr unsigned max_depth = 512;  // of recursion

/// Gives out names in the order they are asked for (RDFC-1.0, section 4.5).
class Issuer {
 public:
  explicit Issuer(std::string_view prefix) : prefix_(prefix) {}

  [[nodiscard]] bool has(Node node) const { return numbers_.count(node) != 0; }
  [[nodiscard]] std::string name(Node node) const { return fmt::format("{}{}", prefix_, numbers_.at(node)); }
  [[nodiscard]] const std::vector<Node>& in_order() const { return order_; }

  std::string issue(Node node) {
    if (numbers_.emplace(node, order_.size()).second) order_.push_back(node);
    return name(node);
  }

 private:
  std::string_view prefix_;
  std::vector<Node> order_;
  std::unordered_map<Node, std::size_t> numbers_;
};

struct DegreeHash {
  std::string hash;
  Issuer issuer;
};

class Labeller {
 public:
  Labeller(const BlankQuads& dataset, const CanonicalizeOptions& options)
      : dataset_(dataset), options_(options), hasher_(options.algorithm) {}

  std::vector<std::string> run() {
    std::map<std::string, std::vector<Node>> alike;  // 4.4.3.3
    for (Node node = 0; node < dataset_.labels.size(); ++node) {
      first_degree_.push_back(hash_first_degree(node));
      alike[first_degree_.back()].push_back(node);
    }
    for (const auto& [hash, nodes] : alike) {  // 4.4.3.4
      if (nodes.size() == 1) canonical_.issue(nodes.front());
    }
    for (const auto& [hash, nodes] : alike) {  // 4.4.3.5
      if (nodes.size() > 1) tell_apart(nodes);
    }
    std::vector<std::string> labels(dataset_.labels.size());
    for (const Node node : canonical_.in_order()) labels[node] = canonical_.name(node);
    return labels;
  }

 private:
  void spend(std::uint64_t steps) {
    steps_ += steps;
    if (steps_ <= options_.max_steps) return;
    throw Error(Code::TooLarge,
                fmt::format("telling the blank nodes apart takes more than {} steps, as for data made to be hard; name "
                            "blank nodes that look alike by IRIs, or raise the limit with --max-steps",
                            options_.max_steps));
  }

  std::string hash_first_degree(Node node) {
    std::vector<std::string> lines;
    for (const std::uint32_t place : dataset_.around[node]) {
      const BlankQuad& quad = dataset_.quads[place];
      append_line(lines.emplace_back(), *quad.quad, quad.nodes,
                  [node](Node other) { return other == node ? "a" : "z"; });
    }
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) hasher_.add(line);
    return hasher_.finish();
  }

  void tell_apart(const std::vector<Node>& nodes) {
    std::vector<DegreeHash> found;
    for (const Node node : nodes) {
      if (canonical_.has(node)) continue;
      Issuer issuer("b");
      issuer.issue(node);
      found.push_back(hash_n_degrees(node, issuer));
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const DegreeHash& a, const DegreeHash& b) { return a.hash < b.hash; });
    for (const DegreeHash& result : found) {
      for (const Node node : result.issuer.in_order()) canonical_.issue(node);
    }
  }

  std::string hash_related(Node related, const rdf::Quad& quad, const Issuer& issuer, char place) {
    hasher_.add({&place, 1});
    if (place != 'g') {
      hasher_.add("<");
      hasher_.add(quad.predicate.value);
      hasher_.add(">");
    }
    if (canonical_.has(related) || issuer.has(related)) {
      hasher_.add("_:");
      hasher_.add(canonical_.has(related) ? canonical_.name(related) : issuer.name(related));
    } else {
      hasher_.add(first_degree_[related]);
    }
    return hasher_.finish();
  }

  /// The other blank nodes in the node's quads, by how they are related to it (4.8.3.1 to 3).
  std::map<std::string, std::vector<Node>> related_to(Node node, const Issuer& issuer) {
    std::map<std::string, std::vector<Node>> related;
    for (const std::uint32_t at : dataset_.around[node]) {
      const BlankQuad& quad = dataset_.quads[at];
      for (std::size_t place = 0; place < node_places.size(); ++place) {
        const Node other = quad.nodes[place];
        if (other == no_node || other == node) continue;
        spend(1);
        related[hash_related(other, *quad.quad, issuer, place_names[place])].push_back(other);
      }
    }
    return related;
  }

  DegreeHash hash_n_degrees(Node node, Issuer issuer) {
    if (++depth_ > max_depth) {
      throw Error(Code::TooLarge,
                  fmt::format("more than {} blank nodes that look alike form a chain; name some of them "
                              "by IRIs",
                              max_depth));
    }
    std::string data;
    for (auto& [hash, nodes] : related_to(node, issuer)) {  // 4.8.3.5
      data += hash;
      std::string chosen_path;
      std::optional<Issuer> chosen;
      std::sort(nodes.begin(), nodes.end());
      do {
        follow(nodes, issuer, chosen_path, chosen);
      } while (std::next_permutation(nodes.begin(), nodes.end()));
      data += chosen_path;
      issuer = std::move(*chosen);
    }
    --depth_;
    hasher_.add(data);
    return {hasher_.finish(), std::move(issuer)};
  }

  /// Walks the nodes in one order, and takes its path if it comes first (4.8.3.5.4).
  void follow(const std::vector<Node>& order, const Issuer& issuer, std::string& chosen_path,
              std::optional<Issuer>& chosen) {
    spend(1 + issuer.in_order().size() / 16);
    const auto is_beaten = [&](const std::string& path) {
      return chosen && path.size() >= chosen_path.size() && path > chosen_path;
    };
    Issuer copy = issuer;
    std::string path;
    std::vector<Node> unknown;
    for (const Node node : order) {
      spend(1);
      if (!canonical_.has(node) && !copy.has(node)) unknown.push_back(node);
      path += "_:";
      path += canonical_.has(node) ? canonical_.name(node) : copy.issue(node);
      if (is_beaten(path)) return;
    }
    for (const Node node : unknown) {
      DegreeHash result = hash_n_degrees(node, copy);
      path += fmt::format("_:{}<{}>", copy.issue(node), result.hash);
      copy = std::move(result.issuer);
      if (is_beaten(path)) return;
    }
    if (chosen && path >= chosen_path) return;
    chosen_path = std::move(path);
    chosen = std::move(copy);
  }

  const BlankQuads& dataset_;
  const CanonicalizeOptions& options_;
  Hasher hasher_;
  std::vector<std::string> first_degree_;  // by node
  Issuer canonical_{"c14n"};
  std::uint64_t steps_ = 0;
  unsigned depth_ = 0;
};

}  // namespace

std::vector<std::string> canonical_labels(const BlankQuads& dataset, const CanonicalizeOptions& options) {
  return Labeller(dataset, options).run();
}

std::vector<std::string> lines_of(const std::vector<rdf::Quad>& quads, const BlankQuads& dataset,
                                  const std::vector<std::string>& names) {
  std::vector<std::string> lines;
  lines.reserve(quads.size());
  auto blank = dataset.quads.begin();
  for (const rdf::Quad& quad : quads) {
    const bool has_blanks = blank != dataset.quads.end() && blank->quad == &quad;
    const std::array<Node, 3> nodes = has_blanks ? (blank++)->nodes : std::array<Node, 3>{no_node, no_node, no_node};
    append_line(lines.emplace_back(), quad, nodes, [&names](Node node) -> const std::string& { return names[node]; });
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace scenograph::canon
