#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "store/internal/load/load_quads.hpp"

namespace scenograph::store::internal {

/// Finds the terms of a load, in ascending order, among those that its target has: reads along a vocabulary that is not
/// much larger than the load, and looks up in one that is.
class KnownTerms {
 public:
  /// @param terms  how many will be asked for, about.
  KnownTerms(const LoadTarget& target, std::uint64_t terms);

  /// REQUIRES: ascending terms over all calls.
  [[nodiscard]] std::optional<std::uint64_t> find(std::string_view term);

 private:
  struct Reading {
    const Vocabulary* vocabulary;
    std::unique_ptr<Vocabulary::Cursor> cursor;  ///< null where terms are looked up
    std::string_view term;
    std::uint64_t number;
    bool at_end;
  };

  static std::optional<std::uint64_t> read_to(Reading& reading, std::string_view term);

  const LoadTarget* target_;
  std::vector<Reading> readings_;
};

}  // namespace scenograph::store::internal
