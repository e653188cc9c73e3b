#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "store/internal/load/pages.hpp"
#include "store/internal/load/term_table.hpp"

namespace scenograph::store::internal {

/// A quad in the numbers of its batch, in S, P, O, G order.
using LocalQuad = std::array<std::uint32_t, 4>;

/// The quads that one lane took in until its memory was full, and their distinct terms in sorted order. One thread at a
/// time.
class Batch {
 public:
  virtual ~Batch() = default;

  [[nodiscard]] virtual std::uint64_t quads() const = 0;
  [[nodiscard]] virtual std::uint64_t terms() const = 0;    ///< that are not inlined
  [[nodiscard]] virtual std::uint64_t inlined() const = 0;  ///< distinct inlined ids

  /// The next term in ascending order of bytes, valid until the next call. @return false at the end.
  [[nodiscard]] virtual bool next_term(std::string_view& term) = 0;
  /// The next inlined id in ascending order. REQUIRES: all terms were read.
  [[nodiscard]] virtual bool next_inlined(TermId& id) = 0;

  /// Numbers among all of the load the first term or id that has no number yet, in the order they are read.
  /// @return  in which columns of quads it is: bit 0 for subjects, and so on.
  [[nodiscard]] virtual std::uint8_t assign(std::uint32_t number) = 0;

  /// The numbers assigned, by number in the batch. Gives back the terms' memory. Call it once, after all were assigned.
  [[nodiscard]] virtual PageArray<std::uint32_t> take_numbers() = 0;

  /// Calls `visit` with all quads, piece by piece, and gives back their memory.
  virtual void take_quads(const std::function<void(std::span<const LocalQuad>)>& visit) = 0;
};

/// Sorts the terms. @param check  called now and then; may throw.
[[nodiscard]] std::unique_ptr<Batch> make_batch(TermTable table, PageArray<LocalQuad> quads,
                                                const std::function<void()>& check);

/// Writes a batch of which nothing was read to a file without name in `folder`.
[[nodiscard]] std::unique_ptr<Batch> spill_batch(std::unique_ptr<Batch> batch, const std::filesystem::path& folder,
                                                 const std::function<void()>& check);

}  // namespace scenograph::store::internal
