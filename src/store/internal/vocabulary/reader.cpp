#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "store/internal/vocabulary/bucket.hpp"
#include "store/internal/vocabulary/layout.hpp"
#include "store/internal/vocabulary/paged_file.hpp"
#include "store/internal/vocabulary/vocabulary.hpp"

namespace scenograph::store::internal {

namespace vocabulary {

namespace {

/// A group's parts in the file.
struct Group {
  std::uint64_t begin = 0;
  std::uint64_t first_term = 0;  ///< counted from 0
  std::size_t terms = 0;
  std::size_t buckets = 0;
  std::size_t offset_bytes = 0;
  std::string_view prefix;
  Codec codec;
  const char* offsets = nullptr;  ///< of all buckets but the first
  const char* samples = nullptr;  ///< likewise
  std::uint64_t data = 0;         ///< offset in the file of the first bucket
  std::uint64_t end = 0;
};

class Reader final : public Vocabulary {
 public:
  explicit Reader(const std::filesystem::path& path) : file_(path), footer_(file_.footer()) { check_footer(); }

  [[nodiscard]] std::uint64_t first_number() const override { return file_.header().first_number; }
  [[nodiscard]] std::uint64_t size() const override { return footer_.terms; }
  [[nodiscard]] std::uint64_t file_bytes() const override { return file_.file_bytes(); }

  void append_term(std::uint64_t number, std::string& out) const override {
    const std::uint64_t term = number - first_number();
    const Group group = read_group(group_of(term));
    const std::size_t place = place_in(group, term);
    out.append(group.prefix);
    if (!append_rest(bucket(group, place / bucket_terms), place % bucket_terms, out)) damaged(group);
  }

  [[nodiscard]] std::optional<std::uint64_t> find(std::string_view term) const override {
    const auto [index, equal] = place_of(term);
    if (!equal) return std::nullopt;
    return first_number() + index;
  }

  [[nodiscard]] std::uint64_t lower_bound(std::string_view term) const override {
    return first_number() + place_of(term).index;
  }

  [[nodiscard]] std::unique_ptr<Cursor> cursor(std::uint64_t from) const override;

  [[nodiscard]] std::unique_ptr<Lookup> lookup() const override;

  void verify() const override;

  [[nodiscard]] std::uint64_t groups() const { return footer_.groups; }

  /// The group that holds a term, counted from 0. REQUIRES: term < size().
  [[nodiscard]] std::uint64_t group_of(std::uint64_t term) const;

  [[nodiscard]] Group read_group(std::uint64_t group) const;

  [[nodiscard]] std::size_t place_in(const Group& group, std::uint64_t term) const {
    if (term < group.first_term || term - group.first_term >= group.terms) damaged(group);
    return term - group.first_term;
  }

  [[nodiscard]] Bucket bucket(const Group& group, std::size_t number) const;

  /// Less than or equal to the group's first term, and greater than the last one before.
  [[nodiscard]] std::string_view separator(std::uint64_t group) const {
    const auto [here, next] = entries(group);
    return {file_.read(here.separator, next.separator), next.separator - here.separator};
  }

  [[noreturn]] void damaged(const Group& group) const {
    const std::uint64_t first = first_number() + group.first_term;
    file_.damaged(fmt::format("the block of terms {} to {} cannot be read", first, first + group.terms - 1),
                  group.begin);
  }

 private:
  /// Like bucket.hpp's, of the whole vocabulary.
  struct TermPlace {
    std::uint64_t index = 0;
    bool equal = false;
  };

  void check_footer() const;

  [[nodiscard]] DirectoryEntry entry(std::uint64_t group) const {
    const std::uint64_t at = footer_.directory_offset + group * sizeof(DirectoryEntry);
    return load<DirectoryEntry>(file_.read(at, at + sizeof(DirectoryEntry)));
  }

  /// A group's entry and the next one.
  [[nodiscard]] std::array<DirectoryEntry, 2> entries(std::uint64_t group) const {
    const std::uint64_t at = footer_.directory_offset + group * sizeof(DirectoryEntry);
    return load<std::array<DirectoryEntry, 2>>(file_.read(at, at + 2 * sizeof(DirectoryEntry)));
  }

  [[nodiscard]] TermPlace place_of(std::string_view term) const;
  [[nodiscard]] std::uint64_t group_before(std::string_view term) const;
  [[nodiscard]] std::size_t bucket_before(const Group& group, std::string_view rest) const;

  PagedInput file_;
  Footer footer_;
};

void Reader::check_footer() const {
  // Each offset is bounded by the file's size before it is added to, so that no sum wraps round.
  const Footer& f = footer_;
  const std::uint64_t body = f.checksums_offset;
  const bool fits = f.tables <= body / sizeof(SymbolTable) && f.groups < body / sizeof(DirectoryEntry) &&
                    f.tables_offset <= body && f.separators_offset <= body &&
                    f.tables_offset + f.tables * sizeof(SymbolTable) == f.directory_offset &&
                    f.directory_offset + (f.groups + 1) * sizeof(DirectoryEntry) == f.separators_offset &&
                    f.terms <= f.groups * group_terms && f.terms >= f.groups;
  if (!fits) file_.damaged("its parts do not fit together", file_.file_bytes() - sizeof(Footer));
}

std::uint64_t Reader::group_of(std::uint64_t term) const {
  // All groups before are full unless their terms are long: the first guess is mostly right.
  std::uint64_t low = std::min(term / group_terms, footer_.groups - 1);
  if (entry(low + 1).term > term) return low;
  std::uint64_t high = footer_.groups;
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    (entry(middle).term <= term ? low : high) = middle;
  }
  return low;
}

Group Reader::read_group(std::uint64_t number) const {
  if (number >= footer_.groups) file_.damaged("terms are missing", footer_.directory_offset);
  const auto [here, next] = entries(number);
  Group group;
  group.begin = here.data;
  group.first_term = here.term;
  group.end = next.data;
  if (next.term <= here.term || next.term - here.term > group_terms || next.data < here.data ||
      next.data - here.data < sizeof(GroupHeader)) {
    file_.damaged("the directory of blocks is out of order", footer_.directory_offset);
  }
  group.terms = next.term - here.term;
  group.buckets = (group.terms + bucket_terms - 1) / bucket_terms;
  const auto header = load<GroupHeader>(file_.read(here.data, here.data + sizeof(GroupHeader)));
  group.offset_bytes = header.offset_bytes;
  const bool known_width = header.offset_bytes == 2 || header.offset_bytes == 4 || header.offset_bytes == 8;
  const std::uint64_t bytes = next.data - here.data - sizeof(GroupHeader);
  const std::uint64_t tables = (group.buckets - 1) * (header.offset_bytes + sample_bytes);
  const std::uint64_t fixed = tables + header.letters;
  if (!known_width || header.table > footer_.tables || header.letters == 1 || header.letters > most_letters ||
      header.prefix_bytes > bytes || fixed > bytes - header.prefix_bytes) {
    damaged(group);
  }
  const std::uint64_t letters = here.data + sizeof(GroupHeader);
  group.data = letters + header.prefix_bytes + fixed;
  group.codec.letters = {file_.read(letters, group.data), header.letters};
  group.prefix = {group.codec.letters.data() + header.letters, header.prefix_bytes};
  group.offsets = group.prefix.data() + group.prefix.size();
  group.samples = group.offsets + (group.buckets - 1) * header.offset_bytes;
  if (header.table != 0) {
    const std::uint64_t at = footer_.tables_offset + (header.table - 1) * sizeof(SymbolTable);
    group.codec.table = reinterpret_cast<const SymbolTable*>(file_.read(at, at + sizeof(SymbolTable)));
  }
  return group;
}

Bucket Reader::bucket(const Group& group, std::size_t number) const {
  const auto offset = [&](std::size_t at) {
    std::uint64_t value = 0;
    std::memcpy(&value, group.offsets + (at - 1) * group.offset_bytes, group.offset_bytes);
    return value;
  };
  const std::uint64_t bytes = group.end - group.data;
  const std::uint64_t from = number == 0 ? 0 : offset(number);
  const std::uint64_t to = number + 1 == group.buckets ? bytes : offset(number + 1);
  if (from > to || to > bytes) damaged(group);
  const char* const begin = file_.read(group.data + from, group.data + to);
  const std::size_t terms = std::min(bucket_terms, group.terms - number * bucket_terms);
  return {.begin = begin, .end = begin + (to - from), .terms = terms, .codec = group.codec};
}

std::uint64_t Reader::group_before(std::string_view term) const {
  std::uint64_t low = 0;  // its separator is not greater, or there is no other
  std::uint64_t high = footer_.groups;
  std::size_t low_shared = 0;  // of the separators there with the term: those between share the lesser of both
  std::size_t high_shared = 0;
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    const std::string_view bound = separator(middle);
    std::size_t shared = std::min(low_shared, high_shared);
    if (bound.size() < shared) file_.damaged("the separators of blocks are out of order", footer_.separators_offset);
    shared += shared_bytes(bound.substr(shared), term.substr(shared));
    const bool greater =
        shared != bound.size() &&
        (shared == term.size() || static_cast<unsigned char>(bound[shared]) > static_cast<unsigned char>(term[shared]));
    (greater ? high : low) = middle;
    (greater ? high_shared : low_shared) = shared;
  }
  return low;
}

std::size_t Reader::bucket_before(const Group& group, std::string_view rest) const {
  const std::uint32_t sample = sample_of(rest);
  const auto sample_at = [&](std::size_t i) { return load<std::uint32_t>(group.samples + i * sample_bytes); };
  std::size_t low = 0;  // buckets after the first whose sample is less: their heads are
  for (std::size_t left = group.buckets - 1; left != 0;) {
    const std::size_t half = (left + 1) / 2;
    const bool less = sample_at(low + half - 1) < sample;
    low += less ? half : 0;
    left = less ? left - half : half - 1;
  }
  std::size_t high = low;  // those whose sample is not greater
  while (high + 1 < group.buckets && sample_at(high) == sample) ++high;
  ++high;
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    Bucket head = bucket(group, middle);
    head.terms = 1;
    Place place;
    if (!find_rest(head, rest, place)) damaged(group);
    const bool greater = place.index == 0 && !place.equal;
    (greater ? high : low) = middle;
  }
  return low;
}

Reader::TermPlace Reader::place_of(std::string_view term) const {
  if (footer_.groups == 0) return {};
  const Group group = read_group(group_before(term));
  const int order = term.substr(0, group.prefix.size()).compare(group.prefix);
  if (order < 0) return {group.first_term, false};
  if (order > 0) return {group.first_term + group.terms, false};
  const std::string_view rest = term.substr(group.prefix.size());
  const std::size_t number = bucket_before(group, rest);
  Place place;
  if (!find_rest(bucket(group, number), rest, place)) damaged(group);
  return {group.first_term + number * bucket_terms + place.index, place.equal};
}

/// Decodes bucket after bucket, each term over the one before.
class BucketCursor final : public Vocabulary::Cursor {
 public:
  /// @param from  the first term, counted from 0.
  BucketCursor(const Reader& reader, std::uint64_t from) : reader_(reader), left_(reader.size() - from) {
    if (left_ == 0) return;
    group_number_ = reader_.group_of(from);
    open_group();
    const std::size_t place = reader.place_in(group_, from);
    bucket_number_ = place / bucket_terms;
    open_bucket();
    for (std::size_t i = 0; i < place % bucket_terms; ++i) advance();
  }

  [[nodiscard]] bool next(std::string_view& term) override {
    if (left_ == 0) return false;
    if (left_of_bucket_ == 0) next_bucket();
    advance();
    --left_;
    term = {buffer_.data(), size_};
    return true;
  }

 private:
  void next_bucket() {
    if (++bucket_number_ == group_.buckets) {
      ++group_number_;
      open_group();
      bucket_number_ = 0;
    }
    open_bucket();
  }

  void open_group() {
    group_ = reader_.read_group(group_number_);
    buffer_.resize(std::max(buffer_.size(), group_.prefix.size()));
    std::memcpy(buffer_.data(), group_.prefix.data(), group_.prefix.size());
  }

  void open_bucket() {
    bucket_ = reader_.bucket(group_, bucket_number_);
    left_of_bucket_ = bucket_.terms;
    size_ = group_.prefix.size();
  }

  void advance() {
    Entry entry;
    const std::size_t prefix = group_.prefix.size();
    if (!read_entry(bucket_.begin, bucket_.end, bucket_.codec, entry) || entry.shared > size_ - prefix)
      reader_.damaged(group_);
    const std::size_t at = prefix + entry.shared;
    const std::size_t most = at + bucket_.codec.most_text(entry.length) + output_padding;
    if (buffer_.size() < most) buffer_.resize(std::max(most, 2 * buffer_.size()));
    TextReader text(bucket_.codec, entry.code, entry.length);
    size_ = at + text.read(buffer_.data() + at, ~std::size_t{0});
    --left_of_bucket_;
  }

  const Reader& reader_;
  std::uint64_t left_;
  std::uint64_t group_number_ = 0;
  std::size_t bucket_number_ = 0;
  Group group_;
  Bucket bucket_;
  std::size_t left_of_bucket_ = 0;
  std::string buffer_;
  std::size_t size_ = 0;  ///< of the last term, which starts the buffer
};

std::unique_ptr<Vocabulary::Cursor> Reader::cursor(std::uint64_t from) const {
  return std::make_unique<BucketCursor>(*this, from - first_number());
}

/// Keeps the buckets it read from last, each in the place that its numbers have: rows that lead through several
/// stretches of the vocabulary at once find each of them where they left it.
class BucketLookup final : public Vocabulary::Lookup {
 public:
  explicit BucketLookup(const Reader& reader) : reader_(reader), places_(bucket_places) {}

  [[nodiscard]] std::string_view read(std::uint64_t number) override {
    const std::uint64_t term = number - reader_.first_number();
    Place& place = place_of(term);
    if (!place.holds(term)) open(place, term);
    const std::size_t index = term - place.first;
    if (index + 1 < place.bucket.next()) place.bucket.rewind();
    if (index + 1 != place.bucket.next() && !place.bucket.read(index, place.text, place.prefix)) {
      place.end = 0;
      reader_.damaged(reader_.read_group(reader_.group_of(term)));
    }
    const std::size_t size = place.prefix + place.bucket.size();
    if (place.text.size() <= longest_kept) return {place.text.data(), size};
    long_text_ = std::exchange(place.text, {});
    place.end = 0;
    return {long_text_.data(), size};
  }

  void expect(std::uint64_t number) override {
    const std::uint64_t term = number - reader_.first_number();
    Place& place = place_of(term);
    if (place.holds(term)) return;
    open(place, term);
    place.bucket.fetch();
  }

 private:
  static constexpr std::size_t bucket_places = 64;
  static constexpr std::size_t longest_kept = std::size_t{16} << 10U;

  struct Place {
    std::uint64_t first = 0;  ///< of the bucket's terms, counted from 0
    std::uint64_t end = 0;
    BucketReader bucket;
    std::size_t prefix = 0;  ///< size of what the group shares
    std::string text;        ///< that, then the rest of the term read last

    [[nodiscard]] bool holds(std::uint64_t term) const { return term >= first && term < end; }
  };

  Place& place_of(std::uint64_t term) { return places_[term / bucket_terms % bucket_places]; }

  void open(Place& place, std::uint64_t term) {
    place.end = 0;
    if (term < group_.first_term || term - group_.first_term >= group_.terms) {
      group_.terms = 0;
      group_ = reader_.read_group(reader_.group_of(term));
    }
    const std::size_t number = reader_.place_in(group_, term) / bucket_terms;
    const Bucket bucket = reader_.bucket(group_, number);
    place.bucket = BucketReader(bucket);
    place.prefix = group_.prefix.size();
    if (place.text.size() < place.prefix) place.text.resize(place.prefix);
    std::memcpy(place.text.data(), group_.prefix.data(), place.prefix);
    place.first = group_.first_term + number * bucket_terms;
    place.end = place.first + bucket.terms;
  }

  const Reader& reader_;
  std::vector<Place> places_;
  Group group_;
  std::string long_text_;
};

std::unique_ptr<Vocabulary::Lookup> Reader::lookup() const { return std::make_unique<BucketLookup>(*this); }

void Reader::verify() const {
  static_cast<void>(file_.read(0, footer_.checksums_offset));
  BucketCursor terms(*this, 0);
  std::string previous;
  std::string_view term;
  std::uint64_t count = 0;
  for (std::uint64_t number = 0; number < footer_.groups; ++number) {
    const Group group = read_group(number);
    const std::string_view bound = separator(number);
    if (group.first_term != count || (number != 0 && bound <= previous)) damaged(group);
    for (std::size_t i = 0; i < group.terms; ++i, ++count) {
      if (!terms.next(term) || term <= previous || (i == 0 && term < bound)) damaged(group);
      previous.assign(term);
    }
  }
  if (count != footer_.terms) file_.damaged("terms are missing", footer_.directory_offset);
}

}  // namespace

}  // namespace vocabulary

std::shared_ptr<const Vocabulary> open_vocabulary(const std::filesystem::path& path) {
  return std::make_shared<vocabulary::Reader>(path);
}

}  // namespace scenograph::store::internal
