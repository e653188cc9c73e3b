#include <algorithm>

#include "fuzz/mutation.hpp"

// libFuzzer's mutations, and now and then one more that nests deep.

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  if (seed % 64 != 0) return LLVMFuzzerMutate(data, size, most);
  scenograph::fuzz::Random random(seed);
  scenograph::fuzz::Bytes input(data, data + size);
  scenograph::fuzz::repeat_part(input, random, most);
  std::copy(input.begin(), input.end(), data);
  return input.size();
}
