#include <fmt/format.h>

#include <array>
#include <memory>
#include <set>

#include "fuzz/memory_file.hpp"
#include "store/internal/index/index_file.hpp"
#include "store/internal/vocabulary/layout.hpp"

// Reads indexes whose entries are made of the input, in sound files: every look-up ends with numbers of the
// vocabulary's terms, or with the Error that the index is damaged. Entries are divided by line ends.

namespace {

namespace engine = scenograph::store::internal;
namespace store = scenograph::store;
using scenograph::fuzz::answers_or_corrupt;
using scenograph::fuzz::require;

constexpr std::uint64_t first_number = 7;
constexpr std::uint64_t terms = 40;

class Analyser final : public store::TermAnalyser {
 public:
  std::string_view name() const override { return "fuzz"; }
  std::uint32_t version() const override { return 1; }
  const store::LiteralKinds& kinds() const override { return kinds_; }
  std::unique_ptr<store::KeyMaker> make_key_maker() const override { return nullptr; }

 private:
  store::LiteralKinds kinds_{true, false, {}};
};

std::string file_of(const std::set<std::string>& entries) {
  return scenograph::fuzz::bytes_written([&](const std::filesystem::path& path) {
    const auto writer = engine::make_vocabulary_writer(path, first_number);
    for (const std::string& entry : entries) writer->append(entry);
    writer->finish();
  });
}

std::shared_ptr<const engine::Vocabulary> make_vocabulary() {
  std::set<std::string> all;
  for (std::uint64_t i = 0; i < terms; ++i) all.insert(fmt::format("\"term {:02}", i));
  static const scenograph::fuzz::MemoryFile file(file_of(all));
  return engine::open_vocabulary(file.path());
}

void require_terms(const std::vector<std::uint64_t>& numbers) {
  for (const std::uint64_t number : numbers) require(number >= first_number && number < first_number + terms);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto vocabulary = make_vocabulary();
  static const Analyser analyser;
  scenograph::fuzz::Input input(data, size);
  std::set<std::string> entries = {fmt::format("{}fuzz 1 {}", '\0', terms)};
  while (!input.empty()) {
    const std::string entry(input.until("\n"));
    if (!entry.empty() && entry.front() != '\0') entries.insert(entry);
  }
  const scenograph::fuzz::MemoryFile file(file_of(entries));
  const engine::IndexFile index(file.path(), *vocabulary, analyser);
  for (const auto& range : {store::KeyRange::exactly("a"), store::KeyRange::starting_with("b"),
                            store::KeyRange{"\x01", "\xFF"}, store::KeyRange{"z", "a"}}) {
    std::vector<std::uint64_t> numbers;
    answers_or_corrupt([&] { index.find(range, numbers); });
    require_terms(numbers);
  }
  answers_or_corrupt([&] {
    index.read_all([](std::string_view key, std::uint64_t number) {
      require(!key.empty());
      require_terms({number});
    });
  });
  return 0;
}
