#include "store/internal/vocabulary/packing.hpp"

namespace scenograph::store::internal::vocabulary {

Packer::Packer(std::string_view letters) : letters_(letters.size()) {
  for (std::size_t i = 0; i < letters.size(); ++i) {
    digit_of_[static_cast<unsigned char>(letters[i])] = static_cast<std::uint8_t>(i);
  }
}

void Packer::pack(std::string_view text, std::string& out) const {
  const PackedSizes& sizes = packed_sizes[letters_];
  while (!text.empty()) {
    const std::string_view part = text.substr(0, sizes.most_digits);
    detail::Wide value = 0;
    detail::Wide values = 1;
    for (const char letter : part) {
      value = value * letters_ + digit_of_[static_cast<unsigned char>(letter)];
      values *= letters_;
    }
    // The one fraction of so many bytes that lies between this value and the next.
    const std::size_t bytes = sizes.bytes[part.size()];
    const auto fraction = static_cast<std::uint64_t>(((value << (8U * bytes)) + values - 1) / values);
    out.append(reinterpret_cast<const char*>(&fraction), bytes);
    text.remove_prefix(part.size());
  }
}

}  // namespace scenograph::store::internal::vocabulary
