#include "store/internal/index/index_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/error.hpp"
#include "store/internal/term_bytes.hpp"
#include "store/internal/vocabulary/layout.hpp"
#include "store/internal/vocabulary/merge.hpp"

namespace scenograph::store::internal {

namespace {

namespace fs = std::filesystem;
using base::Code;
using base::Error;

/// Numbers of one entry take about so many bytes at most.
constexpr std::size_t entry_bytes = 4096;
constexpr std::uint64_t terms_a_check = 4096;

/// The first entry: what the index is, and what it is of.
std::string heading(const Vocabulary& vocabulary, const TermAnalyser& analyser) {
  return fmt::format("{}{} {} {}", '\0', analyser.name(), analyser.version(), vocabulary.size());
}

/// A number of bytes, then so many, the highest first: sorts as the numbers do.
void append_sortable(std::string& out, std::uint64_t number) {
  const auto bytes = static_cast<unsigned>((std::bit_width(number) + 7) / 8);
  out.push_back(static_cast<char>(bytes));
  for (unsigned i = bytes; i > 0; --i) out.push_back(static_cast<char>(number >> (8 * (i - 1))));
}

bool read_sortable(const char*& from, const char* end, std::uint64_t& number) {
  number = 0;
  if (from == end) return false;
  const auto bytes = static_cast<unsigned char>(*from++);
  if (bytes > 8 || end - from < bytes) return false;
  for (unsigned i = 0; i < bytes; ++i) number = number << 8U | static_cast<unsigned char>(*from++);
  return true;
}

/// The beginnings of term bytes that a kind of literals shares, in the order of vocabularies.
std::vector<std::string> beginnings(const LiteralKinds& kinds) {
  std::vector<std::string> out;
  if (kinds.strings) out.emplace_back(1, string_mark);
  if (kinds.with_language) out.emplace_back(1, language_mark);
  std::vector<std::string> datatypes = kinds.datatypes;
  std::sort(datatypes.begin(), datatypes.end());
  for (const std::string& datatype : datatypes) out.push_back(datatype_mark + datatype + '\0');
  return out;
}

/// Numbers of the first term that begins so, and of the one after the last.
std::pair<std::uint64_t, std::uint64_t> range_of(const Vocabulary& vocabulary, std::string beginning) {
  const std::uint64_t first = vocabulary.lower_bound(beginning);
  beginning.back() = static_cast<char>(beginning.back() + 1);
  return {first, vocabulary.lower_bound(beginning)};
}

/// Gathers the numbers of each key, and writes sorted entries.
class Gatherer {
 public:
  Gatherer(const fs::path& path, std::uint64_t first, std::size_t memory)
      : path_(path), first_(first), memory_(memory), writer_(make_vocabulary_writer(path, first)) {}
  Gatherer(const Gatherer&) = delete;
  Gatherer& operator=(const Gatherer&) = delete;
  ~Gatherer() {
    std::error_code ignored;
    for (std::size_t i = 0; i < runs_; ++i) fs::remove(run_file(i), ignored);
  }

  /// REQUIRES: numbers ascend.
  void add(std::string_view key, std::uint64_t number) {
    const std::uint64_t place = number - first_;
    auto at = open_.find(key);
    if (at == open_.end()) {
      at = open_.emplace(std::string(key), Entry{}).first;
      held_ += key.size() + entry_cost;
    } else {
      vocabulary::append_varint(at->second.rest, place - at->second.last);
      at->second.last = place;
      held_ += 2;
      if (at->second.rest.size() < entry_bytes) return;
      closed_.push_back(entry_of(at->first, at->second));
      open_.erase(at);
      return;
    }
    at->second.first = at->second.last = place;
    if (held_ > memory_) write_run();
  }

  void finish(const std::string& head, const std::function<void()>& check) {
    if (runs_ > 0) write_run();
    writer_->append(head);
    if (runs_ == 0) {
      for (const std::string& entry : take_entries()) writer_->append(entry);
    } else {
      merge(check);
    }
    writer_->finish();
  }

 private:
  struct Entry {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::string rest;  ///< differences of the numbers after the first
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view bytes) const { return std::hash<std::string_view>()(bytes); }
  };

  static std::string entry_of(std::string_view key, const Entry& entry) {
    std::string out(key);
    out.push_back('\0');
    append_sortable(out, entry.first);
    return out + entry.rest;
  }

  [[nodiscard]] fs::path run_file(std::size_t number) const { return fmt::format("{}.run-{}", path_.string(), number); }

  std::vector<std::string> take_entries() {
    std::vector<std::string> entries = std::move(closed_);
    closed_.clear();
    entries.reserve(entries.size() + open_.size());
    for (const auto& [key, entry] : open_) entries.push_back(entry_of(key, entry));
    open_.clear();
    held_ = 0;
    std::sort(entries.begin(), entries.end());
    return entries;
  }

  void write_run() {
    const std::vector<std::string> entries = take_entries();
    if (entries.empty()) return;
    const auto writer = make_vocabulary_writer(run_file(runs_++), 0);
    for (const std::string& entry : entries) writer->append(entry);
    writer->finish();
  }

  void merge(const std::function<void()>& check) {
    std::vector<std::shared_ptr<const Vocabulary>> runs;
    std::vector<std::unique_ptr<Vocabulary::Cursor>> cursors;
    for (std::size_t i = 0; i < runs_; ++i) {
      runs.push_back(open_vocabulary(run_file(i)));
      cursors.push_back(runs.back()->cursor(0));
    }
    TermMerge all(std::move(cursors));
    std::uint64_t count = 0;
    for (std::string_view entry; all.next(entry);) {
      if (++count % terms_a_check == 0) check();
      writer_->append(entry);
    }
  }

  static constexpr std::size_t entry_cost = 160;  ///< memory of a key besides its letters

  fs::path path_;
  std::uint64_t first_;
  std::size_t memory_;
  std::unique_ptr<VocabularyWriter> writer_;  ///< from the start: where nothing can be written, nothing is gathered
  std::unordered_map<std::string, Entry, Hash, std::equal_to<>> open_;
  std::vector<std::string> closed_;
  std::size_t held_ = 0;
  std::size_t runs_ = 0;
};

}  // namespace

void make_all_keys(const Vocabulary& vocabulary, const TermAnalyser& analyser, const KeySink& sink,
                   const std::function<void()>& check) {
  const auto maker = analyser.make_key_maker();
  std::vector<std::string> keys;
  for (const std::string& beginning : beginnings(analyser.kinds())) {
    const auto [first, end] = range_of(vocabulary, beginning);
    if (first == end) continue;
    const auto cursor = vocabulary.cursor(first);
    std::string_view bytes;
    for (std::uint64_t number = first; number < end && cursor->next(bytes); ++number) {
      if (number % terms_a_check == 0) check();
      maker->make_keys(view_term_bytes(bytes), keys);
      for (const std::string& key : keys) sink(key, number);
    }
  }
}

bool has_any(const Vocabulary& vocabulary, const LiteralKinds& kinds) {
  const std::vector<std::string> all = beginnings(kinds);
  return std::any_of(all.begin(), all.end(), [&](const std::string& beginning) {
    const auto [first, end] = range_of(vocabulary, beginning);
    return first < end;
  });
}

bool is_any(const rdf::TermView& literal, const LiteralKinds& kinds) {
  if (literal.type != rdf::TermType::Literal) return false;
  if (!literal.language.empty()) return kinds.with_language;
  if (literal.datatype.empty()) return kinds.strings;
  return std::find(kinds.datatypes.begin(), kinds.datatypes.end(), literal.datatype) != kinds.datatypes.end();
}

void write_index(const fs::path& path, const Vocabulary& vocabulary, const TermAnalyser& analyser, std::size_t memory,
                 const std::function<void()>& check) {
  Gatherer gatherer(path, vocabulary.first_number(), memory);
  make_all_keys(
      vocabulary, analyser, [&](std::string_view key, std::uint64_t number) { gatherer.add(key, number); }, check);
  gatherer.finish(heading(vocabulary, analyser), check);
}

IndexFile::IndexFile(const fs::path& path, const Vocabulary& vocabulary, const TermAnalyser& analyser)
    : entries_(open_vocabulary(path)),
      path_(path.string()),
      first_(vocabulary.first_number()),
      size_(vocabulary.size()) {
  std::string head;
  if (entries_->size() > 0) entries_->append_term(entries_->first_number(), head);
  if (head == heading(vocabulary, analyser) && entries_->first_number() == first_) return;
  throw Error(Code::Unsupported, "the index is of another version, or of another vocabulary: it is made anew",
              {.source = path_});
}

void IndexFile::damaged() const {
  throw Error(Code::Corrupt, "an entry of the index cannot be read; delete the file, it is made anew",
              {.source = path_});
}

std::string_view IndexFile::key_of(std::string_view entry) const {
  const std::size_t end = entry.find('\0');
  if (end == std::string_view::npos || end == 0) damaged();
  return entry.substr(0, end);
}

void IndexFile::append_numbers(std::string_view entry, std::size_t key_bytes, std::vector<std::uint64_t>& out) const {
  const char* from = entry.data() + key_bytes + 1;
  const char* const end = entry.data() + entry.size();
  std::uint64_t place = 0;
  if (!read_sortable(from, end, place)) damaged();
  while (true) {
    if (place >= size_) damaged();
    out.push_back(first_ + place);
    if (from == end) return;
    std::uint64_t step = 0;
    if (!vocabulary::read_varint(from, end, step) || step == 0 || step >= size_) damaged();
    place += step;
  }
}

void IndexFile::find(const KeyRange& range, std::vector<std::uint64_t>& out) const {
  const std::uint64_t end = first_ + entries_->size();
  const std::uint64_t from = std::max(entries_->lower_bound(range.from), first_ + 1);
  if (from >= end) return;
  const auto cursor = entries_->cursor(from);
  for (std::string_view entry; cursor->next(entry);) {
    const std::string_view key = key_of(entry);
    if (key >= range.to) return;
    append_numbers(entry, key.size(), out);
  }
}

void IndexFile::read_all(const KeySink& sink) const {
  entries_->verify();
  if (entries_->size() < 2) return;
  const auto cursor = entries_->cursor(first_ + 1);
  std::vector<std::uint64_t> numbers;
  for (std::string_view entry; cursor->next(entry);) {
    const std::string_view key = key_of(entry);
    numbers.clear();
    append_numbers(entry, key.size(), numbers);
    for (const std::uint64_t number : numbers) sink(key, number);
  }
}

}  // namespace scenograph::store::internal
