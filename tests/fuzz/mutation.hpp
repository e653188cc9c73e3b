#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace scenograph::fuzz {

using Bytes = std::vector<std::uint8_t>;
using Random = std::mt19937_64;

/// Repeats a few bytes of the input, or a bracket put among them, up to thousands of times: what nests is nested deep.
/// @param longest  that the input may become; past it, it is cut.
void repeat_part(Bytes& input, Random& random, std::size_t longest);

}  // namespace scenograph::fuzz
