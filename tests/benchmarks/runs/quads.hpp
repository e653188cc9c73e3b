#pragma once

#include <filesystem>
#include <vector>

#include "store/term_id.hpp"

namespace scenograph::benchmarks {

/// The quads of an N-Quads file as `generate` writes it, with ids as a load gives them: inlined, or the place among all
/// sorted terms. Keeps everything in memory.
[[nodiscard]] std::vector<store::QuadId> read_quads(const std::filesystem::path& file);

}  // namespace scenograph::benchmarks
