#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/scratch_file.hpp"
#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"

namespace scenograph::sparql {

/// Rows of ids on disk, in parts that are each read by themselves, in the order they were written. They lie in blocks
/// in one file, 32 KiB of memory for each part while they are written. One thread; the context must outlive it.
class SpilledRows {
 public:
  static constexpr std::size_t usual_parts = 16;
  /// So often may a part that does not fit in memory be split again: enough for 65536 times the memory.
  static constexpr unsigned most_levels = 4;

  /// REQUIRES: `width` is not 0.
  SpilledRows(Context& context, std::size_t width, std::size_t parts);

  /// REQUIRES: not finished. @throws what the budget and its scratch files throw.
  void add(std::size_t part, std::span<const store::TermId> row);

  /// Writes what is left, and gives back the memory of writing.
  void finish();

  [[nodiscard]] std::size_t parts() const { return parts_.size(); }
  [[nodiscard]] std::uint64_t rows(std::size_t part) const { return parts_[part].rows; }

  /// The rows of a part; as often as one likes. REQUIRES: finished. It may outlive this.
  [[nodiscard]] OperatorPtr read(std::size_t part) const;

 private:
  struct Part {
    std::vector<store::TermId> block;   ///< that is not yet written
    std::vector<std::uint64_t> starts;  ///< of the blocks in the file
    std::uint64_t rows = 0;
  };

  void write(Part& part);

  Context& context_;
  std::size_t width_;
  std::size_t block_rows_;
  std::vector<Part> parts_;
  std::shared_ptr<base::ScratchFile> file_;
  base::Charge charge_;
};

/// The part of `usual_parts` that a row with these terms belongs to; another one at each level.
class PartOfRow {
 public:
  explicit PartOfRow(unsigned level) : hash_(level + 1) {}

  void add(store::TermId id) {
    hash_ = (hash_ ^ id.bits()) * 0xFF51AFD7ED558CCDULL;
    hash_ ^= hash_ >> 33U;
  }
  [[nodiscard]] std::size_t part() const {
    return static_cast<std::size_t>((hash_ * 0xC4CEB9FE1A85EC53ULL) >> 60U) % SpilledRows::usual_parts;
  }

 private:
  std::uint64_t hash_;
};

}  // namespace scenograph::sparql
