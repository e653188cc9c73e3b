#include <algorithm>
#include <vector>

#include "world.hpp"

namespace scenograph::benchmarks {

namespace {

constexpr std::uint64_t triples_a_target = 32;  ///< links lead to one person in so many triples
constexpr std::uint32_t most_named = 2000;      ///< colleagues that one person names

/// Whom one person names, each once: those with low numbers far more often.
std::vector<std::uint32_t> choose_colleagues(std::uint32_t person, std::uint32_t targets, Random& random) {
  std::vector<std::uint32_t> chosen;
  for (std::uint32_t i = random.pareto(most_named); i > 0; --i) {
    const std::uint32_t other = random.skewed(targets);
    if (other != person) chosen.push_back(other);
  }
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  return chosen;
}

}  // namespace

void describe_colleagues(World& world, std::uint64_t triples) {
  const auto targets = static_cast<std::uint32_t>(std::max<std::uint64_t>(triples / triples_a_target, 2));
  Output& out = world.out;
  std::uint64_t links = 0;
  for (std::uint32_t person = 0; !out.full(); ++person) {
    Random random = world.about(Topic::Colleague, person);
    out.subject({Kind::Person, person});
    for (const std::uint32_t other : choose_colleagues(person, targets, random)) {
      out.entity(Property::Colleague, {Kind::Person, other});
      if (++links % 2 == 0) out.entity(Property::Knows, {Kind::Person, other});
    }
  }
}

}  // namespace scenograph::benchmarks
