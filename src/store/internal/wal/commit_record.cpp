#include "store/internal/wal/commit_record.hpp"

#include <algorithm>
#include <bit>

#include "base/error.hpp"

namespace scenograph::store::internal {

namespace {

using base::Code;
using base::Error;

constexpr unsigned kind_bits = 4;

class Writer {
 public:
  /// Seven bits a byte, lowest first; the highest bit says that more follow.
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) bytes_ += static_cast<char>(value | 0x80U);
    bytes_ += static_cast<char>(value);
  }
  /// The kind goes to the low end, so that ids are short.
  void id(TermId id) { number(std::rotl(id.bits(), kind_bits)); }
  void change(std::int64_t value) {
    number((static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U));
  }
  void text(std::string_view text) {
    number(text.size());
    bytes_ += text;
  }
  void byte(unsigned value) { bytes_ += static_cast<char>(value); }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const unsigned part = byte();
      value |= static_cast<std::uint64_t>(part & 0x7FU) << shift;
      if ((part & 0x80U) == 0) return value;
    }
    fail();
  }
  TermId id() { return TermId::from_bits(std::rotr(number(), kind_bits)); }
  std::int64_t change() {
    const std::uint64_t value = number();
    return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
  }
  std::string text() {
    const std::uint64_t size = number();
    if (size > bytes_.size()) fail();
    std::string text(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return text;
  }
  unsigned byte() {
    if (bytes_.empty()) fail();
    const auto value = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return value;
  }
  Counter counter() {
    const auto counter = static_cast<Counter>(byte());
    switch (counter) {
      case Counter::Quads:
      case Counter::Predicate:
      case Counter::Subjects:
      case Counter::Objects:
      case Counter::Graph:
      case Counter::AllSubjects:
      case Counter::AllObjects:
        return counter;
    }
    fail();
  }
  /// How many things follow, each of a byte at least.
  std::size_t count() {
    const std::uint64_t count = number();
    if (count > bytes_.size()) fail();
    return count;
  }
  [[nodiscard]] bool at_end() const { return bytes_.empty(); }

  [[noreturn]] static void fail() {
    throw Error(Code::Corrupt, "a commit of the log cannot be read: restore a backup");
  }

 private:
  std::string_view bytes_;
};

constexpr unsigned added_flag = 16;

std::array<TermId, 4> members(const QuadId& quad) { return {quad.subject, quad.predicate, quad.object, quad.graph}; }

/// A byte that says which members are those of the edit before, and whether it adds; then the others.
void write_edits(Writer& writer, std::vector<Edit>& edits) {
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.quad < b.quad; });
  std::array<TermId, 4> last{};
  writer.number(edits.size());
  for (const Edit& edit : edits) {
    const auto ids = members(edit.quad);
    unsigned flags = edit.added ? added_flag : 0;
    for (std::size_t i = 0; i < 4; ++i) flags |= ids[i] == last[i] ? 1U << i : 0U;
    writer.byte(flags);
    for (std::size_t i = 0; i < 4; ++i) {
      if (ids[i] != last[i]) writer.id(ids[i]);
    }
    last = ids;
  }
}

void read_edits(Reader& reader, std::vector<Edit>& edits) {
  std::array<TermId, 4> ids{};
  edits.resize(reader.count());
  for (Edit& edit : edits) {
    const unsigned flags = reader.byte();
    for (std::size_t i = 0; i < 4; ++i) {
      if ((flags & (1U << i)) == 0) ids[i] = reader.id();
    }
    edit = {{ids[0], ids[1], ids[2], ids[3]}, (flags & added_flag) != 0};
  }
}

}  // namespace

std::string encode(CommitRecord& record) {
  Writer writer;
  writer.number(record.info.number);
  writer.number(static_cast<std::uint64_t>(record.info.time_ms));
  writer.number(record.info.inserted);
  writer.number(record.info.removed);
  writer.text(record.info.note.actor);
  writer.text(record.info.note.message);
  writer.number(record.next_term);
  writer.number(record.next_blank);
  writer.number(record.terms.size());
  for (const auto& [number, bytes] : record.terms) {
    writer.number(number);
    writer.text(bytes);
  }
  writer.number(record.counts.size());
  for (const CountChange& count : record.counts) {
    writer.byte(static_cast<unsigned>(count.counter));
    writer.id(count.id);
    writer.change(count.change);
  }
  write_edits(writer, record.edits);
  return writer.take();
}

CommitRecord decode(std::string_view bytes) {
  Reader reader(bytes);
  CommitRecord record;
  record.info.number = reader.number();
  record.info.time_ms = static_cast<std::int64_t>(reader.number());
  record.info.inserted = reader.number();
  record.info.removed = reader.number();
  record.info.note.actor = reader.text();
  record.info.note.message = reader.text();
  record.next_term = reader.number();
  record.next_blank = reader.number();
  record.terms.resize(reader.count());
  for (auto& [number, text] : record.terms) {
    number = reader.number();
    text = reader.text();
  }
  record.counts.resize(reader.count());
  for (CountChange& count : record.counts) {
    count.counter = reader.counter();
    count.id = reader.id();
    count.change = reader.change();
  }
  read_edits(reader, record.edits);
  if (!reader.at_end()) Reader::fail();
  return record;
}

}  // namespace scenograph::store::internal
