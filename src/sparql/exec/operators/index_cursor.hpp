#pragma once

#include <array>
#include <memory>

#include "sparql/exec/context.hpp"
#include "sparql/exec/operators/scan_pattern.hpp"

namespace scenograph::sparql {

/// What is looked up: the first one or two members that an order sorts by after the constants.
using IndexKey = std::array<store::TermId, 2>;

/// The quads that match a pattern's constants, found by ascending keys. Reads ahead more the denser the keys lie.
class IndexCursor {
 public:
  /// @param keys    the positions of the key's members; the second may be missing (-1).
  /// @param wanted  the positions whose terms are read, besides.
  IndexCursor(Context& context, const ScanPattern& pattern, store::Order order, std::array<int, 2> keys,
              std::array<bool, 4> wanted);

  /// Moves to the first quad of the key, starting over unless it is more than the key before. @return whether there is
  /// one.
  bool find(const IndexKey& key);

  /// Moves on. @return whether the quad there has the same key as the one before.
  bool next(const IndexKey& key);

  /// The term at a position of the quad there.
  [[nodiscard]] store::TermId member(std::size_t position) const { return quads_.columns[position][at_]; }

 private:
  static constexpr std::size_t least_read = 16;

  [[nodiscard]] bool is_below(std::size_t row, const IndexKey& key) const;
  [[nodiscard]] bool is_at(const IndexKey& key) const;
  void open();
  bool read();
  void skip_to(const IndexKey& key);

  Context& context_;
  store::ScanRequest request_;
  std::array<int, 2> keys_;
  std::unique_ptr<store::Scan> scan_;
  store::QuadBatch quads_;
  std::size_t at_ = 0;
  std::size_t most_ = least_read;  ///< to read next
  std::size_t used_ = 0;           ///< keys found in what was read last
  IndexKey last_{};
};

}  // namespace scenograph::sparql
