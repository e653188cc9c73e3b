#pragma once

#include <filesystem>
#include <string>

#include "store/internal/index/term_indexes.hpp"

namespace scenograph::store::internal {

/// What is wrong with the index of a vocabulary, or "". An index of another version is not wrong: it is passed over.
[[nodiscard]] std::string check_index(const std::filesystem::path& path, const Vocabulary& vocabulary,
                                      const TermAnalyser& analyser);

}  // namespace scenograph::store::internal
