#include "fuzz/mutation.hpp"

#include <algorithm>
#include <string_view>

namespace scenograph::fuzz {

void repeat_part(Bytes& input, Random& random, std::size_t longest) {
  constexpr std::string_view brackets = "[({<!-";
  Bytes part;
  const std::size_t at = random() % (input.size() + 1);
  if (at == input.size() || random() % 4 == 0) {
    part.push_back(static_cast<std::uint8_t>(brackets[random() % brackets.size()]));
  } else {
    const std::size_t size = std::min<std::size_t>(1 + random() % 12, input.size() - at);
    part.assign(input.begin() + static_cast<std::ptrdiff_t>(at),
                input.begin() + static_cast<std::ptrdiff_t>(at + size));
  }
  const std::size_t times = std::size_t{2} << random() % 16;
  Bytes many;
  for (std::size_t i = 0; i < times && many.size() < longest; ++i) many.insert(many.end(), part.begin(), part.end());
  input.insert(input.begin() + static_cast<std::ptrdiff_t>(at), many.begin(), many.end());
  if (input.size() > longest) input.resize(longest);
}

}  // namespace scenograph::fuzz
