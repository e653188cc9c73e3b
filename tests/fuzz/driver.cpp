#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

// Runs a fuzz target where libFuzzer is not at hand: on the files of a folder first, then on what mutation makes of
// them and of nothing. A crash leaves the input in the file crash-input of the working folder.
//
// Usage: fuzz_NAME SECONDS [FOLDER] [SEED]

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;
using Random = std::mt19937_64;

constexpr std::size_t longest = std::size_t{1} << 16U;

std::vector<Input> read_corpus(const std::filesystem::path& folder) {
  std::vector<Input> corpus(1);
  if (!std::filesystem::is_directory(folder)) return corpus;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return corpus;
}

void insert_random(Input& input, Random& random) {
  const std::size_t count = 1 + random() % (random() % 8 == 0 ? 256 : 8);
  const auto at = input.begin() + static_cast<std::ptrdiff_t>(random() % (input.size() + 1));
  Input fresh(count);
  for (auto& byte : fresh) byte = static_cast<std::uint8_t>(random());
  input.insert(at, fresh.begin(), fresh.end());
}

void mutate(Input& input, const std::vector<Input>& corpus, Random& random) {
  if (input.empty() || random() % 8 == 0) {
    insert_random(input, random);
    return;
  }
  const std::size_t at = random() % input.size();
  switch (random() % 5) {
    case 0:
      input[at] ^= static_cast<std::uint8_t>(1U << random() % 8);
      break;
    case 1:
      input[at] = static_cast<std::uint8_t>(random());
      break;
    case 2:
      input[at] = random() % 2 == 0 ? 0 : 255;
      break;
    case 3:
      input.resize(at);
      break;
    default: {
      const Input& other = corpus[random() % corpus.size()];
      const std::size_t from = other.empty() ? 0 : random() % other.size();
      input.insert(input.begin() + static_cast<std::ptrdiff_t>(at), other.begin() + static_cast<std::ptrdiff_t>(from),
                   other.end());
    }
  }
  if (input.size() > longest) input.resize(longest);
}

Input& current_input() {
  static Input input;
  return input;
}

void save_input() {
  const Input& input = current_input();
  std::ofstream file("crash-input", std::ios::binary);
  std::copy(input.begin(), input.end(), std::ostreambuf_iterator<char>(file));
}

void run(const Input& input) {
  current_input() = input;
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::fputs("usage: fuzz_NAME SECONDS [FOLDER] [SEED]\n", stderr);
    return 2;
  }
  std::set_terminate([] {
    save_input();
    std::abort();
  });
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(words[1]));
  std::vector<Input> corpus = read_corpus(count > 2 ? words[2] : "");
  Random random(count > 3 ? std::strtoull(words[3], nullptr, 10) : 1);
  for (const Input& input : corpus) run(input);
  std::uint64_t rounds = 0;
  while (std::chrono::steady_clock::now() < end) {
    Input input = corpus[random() % corpus.size()];
    for (std::uint64_t steps = 1 + random() % 4; steps > 0; --steps) mutate(input, corpus, random);
    run(input);
    if (corpus.size() < 1000 && random() % 64 == 0) corpus.push_back(input);
    ++rounds;
  }
  std::printf("%llu inputs\n", static_cast<unsigned long long>(rounds));
  return 0;
}
