#include "store/internal/sets/subject_sets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/file.hpp"
#include "store/internal/vocabulary/layout.hpp"

namespace scenograph::store::internal {

namespace {

using vocabulary::append_varint;
using vocabulary::as_bytes;

constexpr std::string_view magic = "SCEN-SET";
constexpr std::uint32_t version = 1;
constexpr std::size_t head_bytes = magic.size() + sizeof version;

/// Far more than a segment has; damaged bytes must not make us allocate.
constexpr std::size_t largest_file = std::size_t{64} << 20U;

std::vector<std::uint64_t> ids_of(const SubjectSets& sets) {
  std::vector<std::uint64_t> ids;
  for (const SubjectSet& set : sets.sets) {
    for (const auto& predicate : set.predicates) ids.push_back(predicate.id);
    ids.insert(ids.end(), set.classes.begin(), set.classes.end());
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

/// Reads numbers without leaving the bytes. After a fault all are 0.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  std::uint64_t number() {
    std::uint64_t out = 0;
    good_ = good_ && vocabulary::read_varint(at_, end_, out);
    return good_ ? out : 0;
  }

  /// Of things that take a byte at least.
  std::size_t count() {
    const std::uint64_t out = number();
    good_ = good_ && out <= static_cast<std::size_t>(end_ - at_);
    return good_ ? out : 0;
  }

  std::uint64_t id() {
    std::uint64_t out = 0;
    good_ = good_ && static_cast<std::size_t>(end_ - at_) >= sizeof out;
    if (!good_) return 0;
    std::memcpy(&out, at_, sizeof out);
    at_ += sizeof out;
    return out;
  }

  /// The id whose place lies so many after the one before.
  std::uint64_t next_of(const std::vector<std::uint64_t>& ids, std::uint64_t& place) {
    place += number();
    good_ = good_ && place < ids.size();
    return good_ ? ids[place++] : 0;
  }

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool at_end() const { return at_ == end_; }

 private:
  const char* at_;
  const char* end_;
  bool good_ = true;
};

SubjectSet read_set(Reader& reader, const std::vector<std::uint64_t>& ids) {
  SubjectSet set;
  set.subjects = reader.number();
  set.predicates.resize(reader.count());
  std::uint64_t place = 0;
  for (auto& predicate : set.predicates) {
    predicate.id = reader.next_of(ids, place);
    predicate.triples = set.subjects + reader.number();
  }
  set.classes.resize(reader.count());
  place = 0;
  for (std::uint64_t& id : set.classes) id = reader.next_of(ids, place);
  return set;
}

}  // namespace

std::string encode(const SubjectSets& sets) {
  std::string out(magic);
  out += as_bytes(version);
  append_varint(out, sets.subjects);
  const std::vector<std::uint64_t> ids = ids_of(sets);
  append_varint(out, ids.size());
  for (const std::uint64_t id : ids) out += as_bytes(id);
  append_varint(out, sets.sets.size());
  const auto append_place = [&](std::uint64_t id, std::uint64_t& place) {
    const auto at = static_cast<std::uint64_t>(std::lower_bound(ids.begin(), ids.end(), id) - ids.begin());
    append_varint(out, at - place);
    place = at + 1;
  };
  for (const SubjectSet& set : sets.sets) {
    append_varint(out, set.subjects);
    append_varint(out, set.predicates.size());
    std::uint64_t place = 0;
    for (const auto& predicate : set.predicates) {
      append_place(predicate.id, place);
      append_varint(out, predicate.triples - set.subjects);
    }
    append_varint(out, set.classes.size());
    place = 0;
    for (const std::uint64_t id : set.classes) append_place(id, place);
  }
  const std::uint64_t checksum = XXH3_64bits(out.data(), out.size());
  out += as_bytes(checksum);
  return out;
}

std::optional<SubjectSets> decode_subject_sets(std::string_view bytes) {
  if (bytes.size() < head_bytes + sizeof(std::uint64_t) || !bytes.starts_with(magic)) return std::nullopt;
  const std::string_view content = bytes.substr(0, bytes.size() - sizeof(std::uint64_t));
  const std::uint64_t checksum = XXH3_64bits(content.data(), content.size());
  if (bytes.substr(content.size()) != as_bytes(checksum)) return std::nullopt;
  if (content.substr(magic.size(), sizeof version) != as_bytes(version)) return std::nullopt;
  Reader reader(content.substr(head_bytes));
  SubjectSets out;
  out.subjects = reader.number();
  std::vector<std::uint64_t> ids(reader.count());
  for (std::uint64_t& id : ids) id = reader.id();
  out.sets.resize(reader.count());
  for (SubjectSet& set : out.sets) set = read_set(reader, ids);
  if (!reader.good() || !reader.at_end()) return std::nullopt;
  return out;
}

std::filesystem::path subject_sets_file(const std::filesystem::path& folder) { return folder / "subjects.sets"; }

SubjectSets read_subject_sets(const std::filesystem::path& path) {
  auto sets = decode_subject_sets(base::read_file(path, largest_file));
  if (sets) return *std::move(sets);
  throw base::Error(
      base::Code::Corrupt,
      fmt::format("{} is damaged, or of a newer program: scenograph compact writes it anew", path.string()));
}

SubjectSetIndex::SubjectSetIndex(const SubjectSets& sets) : subjects_(sets.subjects) {
  std::map<std::uint64_t, std::vector<Posting>> predicates;
  std::map<std::uint64_t, std::vector<Posting>> classes;
  for (const SubjectSet& set : sets.sets) {
    const auto number = static_cast<std::uint32_t>(sizes_.size());
    for (const auto& predicate : set.predicates) predicates[predicate.id].push_back({number, predicate.triples});
    for (const std::uint64_t id : set.classes) classes[id].push_back({number, set.subjects});
    sizes_.push_back(set.subjects);
    in_sets_ += set.subjects;
  }
  for (auto& [id, postings] : predicates) predicates_.push_back({id, std::move(postings)});
  for (auto& [id, postings] : classes) classes_.push_back({id, std::move(postings)});
}

std::span<const SubjectSetIndex::Posting> SubjectSetIndex::find(const Members& members, std::uint64_t id) {
  const auto at = std::lower_bound(members.begin(), members.end(), id,
                                   [](const Member& member, std::uint64_t wanted) { return member.id < wanted; });
  if (at == members.end() || at->id != id) return {};
  return at->postings;
}

}  // namespace scenograph::store::internal
