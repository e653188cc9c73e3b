#include "store/internal/segment/block.hpp"

#include <array>
#include <cstring>

namespace scenograph::store::internal {

namespace {

using Offsets = std::array<std::uint32_t, 4>;

static_assert(sizeof(Offsets) == Block::header);

}  // namespace

std::span<const std::byte> BlockEncoder::encode(const std::array<std::span<const std::uint64_t>, 4>& columns) {
  Offsets offsets{};
  bytes_.resize(Block::header);
  for (std::size_t member = 0; member < columns.size(); ++member) {
    offsets[member] = static_cast<std::uint32_t>(bytes_.size());
    encoder_.encode(columns[member], bytes_);
  }
  std::memcpy(bytes_.data(), offsets.data(), sizeof offsets);
  return bytes_;
}

bool is_block(std::span<const std::byte> bytes, std::size_t rows) {
  if (bytes.size() < Block::header) return false;
  Offsets offsets;
  std::memcpy(offsets.data(), bytes.data(), sizeof offsets);
  for (std::size_t member = 0; member < offsets.size(); ++member) {
    const std::size_t begin = offsets[member];
    const std::size_t end = member + 1 < offsets.size() ? offsets[member + 1] : bytes.size();
    if (begin < Block::header || begin > end || end > bytes.size()) return false;
    if (!is_column(bytes.subspan(begin, end - begin), rows)) return false;
  }
  return true;
}

std::size_t Block::lower_bound(const Row& key) const {
  std::size_t low = 0;
  std::size_t high = rows_;
  for (std::size_t member = 0; member < key.size() && low < high; ++member) {
    const Column numbers = column(member);
    const std::uint64_t wanted = key[member];
    low = numbers.lower_bound(low, high, wanted);
    if (wanted != ~std::uint64_t{0} && member + 1 < key.size()) high = numbers.lower_bound(low, high, wanted + 1);
  }
  return low;
}

}  // namespace scenograph::store::internal
