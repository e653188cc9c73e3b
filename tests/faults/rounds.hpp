#pragma once

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace scenograph::tests {

/// Seeds of the rounds to run: always the same few; or SCENOGRAPH_FAULT_ROUNDS times as many, drawn anew; or the one of
/// SCENOGRAPH_FAULT_SEED.
inline std::vector<unsigned> fault_seeds(unsigned usual) {
  const char* rounds = std::getenv("SCENOGRAPH_FAULT_ROUNDS");
  std::vector<unsigned> seeds;
  if (const char* seed = std::getenv("SCENOGRAPH_FAULT_SEED")) {
    return {static_cast<unsigned>(std::stoul(seed))};
  }
  if (rounds == nullptr) {
    for (unsigned seed = 1; seed <= usual; ++seed) seeds.push_back(seed);
  } else {
    std::random_device random;
    for (unsigned long i = usual * std::stoul(rounds); i > 0; --i) seeds.push_back(random());
  }
  return seeds;
}

}  // namespace scenograph::tests
