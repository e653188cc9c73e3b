#include "store/internal/vocabulary/vocabulary.hpp"

#include <fmt/format.h>

#include <array>
#include <set>
#include <vector>

#include "fuzz/memory_file.hpp"
#include "store/internal/vocabulary/layout.hpp"

// Opens damaged vocabularies whose checksums are made right, so that the damage reaches the reader: every call ends
// with an answer or the Error that the file is damaged. The first byte chooses the vocabulary, the second one terms to
// ask for; the others are the damage.

namespace {

namespace engine = scenograph::store::internal;
namespace layout = engine::vocabulary;
using scenograph::fuzz::answers_or_corrupt;

constexpr std::uint64_t first_number = 7;

std::set<std::string> terms_like(unsigned kind) {
  std::set<std::string> terms;
  for (unsigned i = 0; i < (kind == 0 ? 3U : 1300U); ++i) {
    switch (kind) {
      case 1:
        terms.insert(fmt::format("<http://ex.test/venue/{:04x}", i * 40503U % 65536U));
        break;
      case 2:
        terms.insert(fmt::format("\"Le spectacle numero {} de la saison {}", i, 1990 + i % 36));
        break;
      default:
        terms.insert(std::string(1 + i * 7 % 400, static_cast<char>('a' + i % 26)) + std::to_string(i));
    }
  }
  return terms;
}

std::string vocabulary_of(unsigned kind) {
  return scenograph::fuzz::bytes_written([&](const std::filesystem::path& path) {
    const auto writer = engine::make_vocabulary_writer(path, first_number);
    for (const std::string& term : terms_like(kind)) writer->append(term);
    writer->finish();
  });
}

/// Makes all checksums right, as far as the footer's places allow.
void seal(std::string& bytes) {
  layout::Header header;
  layout::Footer footer;
  std::memcpy(&header, bytes.data(), sizeof header);
  header.checksum = layout::checksum_of(header);
  std::memcpy(bytes.data(), &header, sizeof header);
  const std::size_t end = bytes.size() - sizeof footer;
  std::memcpy(&footer, bytes.data() + end, sizeof footer);
  const std::size_t pages = (footer.checksums_offset + layout::page_bytes - 1) / layout::page_bytes;
  if (footer.checksums_offset < end && (end - footer.checksums_offset) / sizeof(std::uint64_t) >= pages) {
    for (std::size_t page = 0; page < pages; ++page) {
      const std::size_t from = page * layout::page_bytes;
      const std::size_t size = std::min<std::size_t>(layout::page_bytes, footer.checksums_offset - from);
      const std::uint64_t checksum = layout::checksum_of(bytes.data() + from, size);
      std::memcpy(bytes.data() + footer.checksums_offset + page * sizeof checksum, &checksum, sizeof checksum);
    }
    footer.checksums_checksum =
        layout::checksum_of(bytes.data() + footer.checksums_offset, end - footer.checksums_offset);
  }
  footer.checksum = layout::checksum_of(footer);
  std::memcpy(bytes.data() + end, &footer, sizeof footer);
}

void ask(const engine::Vocabulary& vocabulary, unsigned which) {
  const std::uint64_t first = vocabulary.first_number();
  const std::uint64_t step = 1 + vocabulary.size() / 64;
  const auto lookup = vocabulary.lookup();
  std::string term;
  for (std::uint64_t place = which % step; place < vocabulary.size(); place += step) {
    term.clear();
    answers_or_corrupt([&] { static_cast<void>(lookup->read(first + place)); });
    if (!answers_or_corrupt([&] { vocabulary.append_term(first + place, term); })) continue;
    answers_or_corrupt([&] { static_cast<void>(vocabulary.find(term)); });
    answers_or_corrupt([&] { static_cast<void>(vocabulary.lower_bound(term + 'x')); });
  }
  for (const std::string& known : {std::string(), std::string("<http://ex.test/venue/8"), std::string(300, 'q')}) {
    answers_or_corrupt([&] { static_cast<void>(vocabulary.lower_bound(known)); });
  }
  answers_or_corrupt([&] {
    const auto cursor = vocabulary.cursor(first + (vocabulary.size() == 0 ? 0 : which % vocabulary.size()));
    std::string_view next;
    while (cursor->next(next)) continue;
  });
  answers_or_corrupt([&] { vocabulary.verify(); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::array<std::string, 4> good = {vocabulary_of(0), vocabulary_of(1), vocabulary_of(2),
                                                  vocabulary_of(3)};
  scenograph::fuzz::Input input(data, size);
  std::string bytes = good[input.byte() % good.size()];
  const unsigned which = input.byte();
  scenograph::fuzz::damage(bytes, input);
  seal(bytes);
  const scenograph::fuzz::MemoryFile file(bytes);
  answers_or_corrupt([&] { ask(*engine::open_vocabulary(file.path()), which); });
  return 0;
}
