#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "fuzz/mutation.hpp"

// Runs a fuzz target where libFuzzer is not at hand: on the files of a folder first, then on so many inputs that
// mutation makes of them. The same seed gives the same inputs. A crash leaves its input in the file crash-NAME of the
// working folder.
//
// Usage: fuzz_NAME RUNS [FOLDER] [SEED]

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using scenograph::fuzz::Bytes;
using scenograph::fuzz::Random;

constexpr std::size_t longest = std::size_t{1} << 14U;
constexpr std::size_t longest_nested = std::size_t{1} << 17U;

std::vector<Bytes> read_corpus(const std::filesystem::path& folder) {
  std::vector<Bytes> corpus(1);
  if (!std::filesystem::is_directory(folder)) return corpus;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return corpus;
}

void insert_random(Bytes& input, Random& random) {
  const std::size_t count = 1 + random() % (random() % 8 == 0 ? 256 : 8);
  const auto at = input.begin() + static_cast<std::ptrdiff_t>(random() % (input.size() + 1));
  Bytes fresh(count);
  for (auto& byte : fresh) byte = static_cast<std::uint8_t>(random());
  input.insert(at, fresh.begin(), fresh.end());
}

void insert_part(Bytes& input, std::size_t at, const Bytes& other, Random& random) {
  const std::size_t from = other.empty() ? 0 : random() % other.size();
  const std::size_t most = other.size() - from;
  const std::size_t size = random() % 2 == 0 ? most : std::min<std::size_t>(most, 1 + random() % 32);
  const auto begin = other.begin() + static_cast<std::ptrdiff_t>(from);
  input.insert(input.begin() + static_cast<std::ptrdiff_t>(at), begin, begin + static_cast<std::ptrdiff_t>(size));
}

void mutate(Bytes& input, const std::vector<Bytes>& corpus, Random& random) {
  if (input.empty() || random() % 8 == 0) {
    insert_random(input, random);
    return;
  }
  const std::size_t at = random() % input.size();
  const auto place = input.begin() + static_cast<std::ptrdiff_t>(at);
  switch (random() % 6) {
    case 0:
      *place ^= static_cast<std::uint8_t>(1U << random() % 8);
      break;
    case 1:
      *place = static_cast<std::uint8_t>(random());
      break;
    case 2:
      *place = random() % 2 == 0 ? 0 : 255;
      break;
    case 3:
      input.erase(place, random() % 4 == 0 ? input.end() : place + 1);
      break;
    case 4:
      *place = input[random() % input.size()];
      break;
    default:
      insert_part(input, at, corpus[random() % corpus.size()], random);
  }
  if (input.size() > longest) input.resize(longest);
}

const char* crash_file = "crash";
const Bytes* current = nullptr;

void save_input(int signal) {
  const int file = ::open(crash_file, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file >= 0 && ::write(file, current->data(), current->size()) >= 0) ::close(file);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void run(const Bytes& input) {
  current = &input;
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

void run_mutations(std::vector<Bytes> corpus, unsigned long long runs, Random& random) {
  for (unsigned long long round = 0; round < runs; ++round) {
    Bytes input = corpus[random() % corpus.size()];
    for (std::uint64_t steps = 1 + random() % 4; steps > 0; --steps) mutate(input, corpus, random);
    const bool nests = round % 64 == 0;
    if (nests) scenograph::fuzz::repeat_part(input, random, longest_nested);
    run(input);
    if (!nests && corpus.size() < 1000 && random() % 64 == 0) corpus.push_back(input);
  }
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::fputs("usage: fuzz_NAME RUNS [FOLDER] [SEED]\n", stderr);
    return 2;
  }
  const std::string name = "crash-" + std::filesystem::path(words[0]).filename().string();
  crash_file = name.c_str();
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) std::signal(signal, save_input);
  const std::vector<Bytes> corpus = read_corpus(count > 2 ? words[2] : "");
  Random random(count > 3 ? std::strtoull(words[3], nullptr, 10) : 1);
  for (const Bytes& input : corpus) run(input);
  const auto runs = std::strtoull(words[1], nullptr, 10);
  run_mutations(corpus, runs, random);
  std::printf("%llu inputs\n", runs);
  return 0;
}
