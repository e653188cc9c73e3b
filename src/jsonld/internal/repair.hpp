#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jsonld/internal/repair_rules.hpp"

namespace scenograph::jsonld {

struct Repair {
  RepairKind kind = RepairKind::Comment;
  std::size_t offset = 0;  ///< in the text as it was
};

/// JSON made of what is not quite.
struct RepairedText {
  std::string text;
  std::vector<Repair> repairs;  ///< in the order of the text; of each kind the first `most_repairs`
  std::vector<std::size_t> counts = std::vector<std::size_t>(repair_rules().size());  ///< of each kind

  /// Where in the text as it was that stood which now stands at `offset`. Exact for the first `most_shifts` changes.
  [[nodiscard]] std::size_t original(std::size_t offset) const;

  static constexpr std::size_t most_repairs = 16;
  static constexpr std::size_t most_shifts = 100'000;
  std::vector<std::pair<std::size_t, std::size_t>> shifts;  ///< offsets in `text` and in the original, ascending
};

/// JSON with the faults of hand-made web pages mended; the rows of `repair_rules` up to NotUtf8 say which. Linear, and
/// without recursion. @return nullopt where no JSON can be recognised.
[[nodiscard]] std::optional<RepairedText> repair_json(std::string_view text);

}  // namespace scenograph::jsonld
