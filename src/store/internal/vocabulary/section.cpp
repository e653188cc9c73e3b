#include "store/internal/vocabulary/section.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "store/internal/vocabulary/bucket.hpp"
#include "store/internal/vocabulary/layout.hpp"

namespace scenograph::store::internal::vocabulary {

namespace {

constexpr std::size_t sample_target = std::size_t{64} << 10U;  ///< bytes to find symbols in
constexpr std::size_t longest_piece = 512;                     ///< of one text in the sample
constexpr std::size_t least_compressed = 4 * sizeof(SymbolTable);

std::uint16_t bytes_for(std::uint64_t offset) {
  if (offset >> 16U == 0) return 2;
  return offset >> 32U == 0 ? 4 : 8;
}

/// All bytes of the texts, at least two; empty if there are too many to pack.
std::string letters_of(std::span<const std::string_view> texts) {
  std::array<bool, 256> seen{};
  for (const std::string_view text : texts) {
    for (const char byte : text) seen[static_cast<unsigned char>(byte)] = true;
  }
  std::string letters;
  for (std::size_t byte = 0; byte < seen.size(); ++byte) {
    if (seen[byte]) letters.push_back(static_cast<char>(byte));
  }
  if (letters.size() > most_letters) return {};
  while (letters.size() < 2) letters.push_back('-');
  return letters;
}

/// The letters to pack a group's texts with, if that makes them shorter than the compressor does; else none.
std::string letters_to_pack(std::span<const std::string_view> texts, const Compressor* compressor) {
  std::string letters = letters_of(texts);
  if (letters.empty()) return letters;
  const std::size_t step = compressor == nullptr ? 1 : 8;  // compressing all to compare would take too long
  std::uint64_t packed = letters.size() / step;
  std::uint64_t otherwise = 0;
  std::string code;
  for (std::size_t i = 0; i < texts.size(); i += step) {
    packed += packed_bytes(letters.size(), texts[i].size());
    if (compressor == nullptr) {
      otherwise += texts[i].size();
    } else {
      code.clear();
      compressor->compress(texts[i], code);
      otherwise += code.size();
    }
  }
  if (packed >= otherwise) letters.clear();
  return letters;
}

}  // namespace

void Section::add(std::string_view term, std::size_t shared) {
  GroupDraft& group = groups_.back();
  const std::size_t place = entries_.size() - group.entry;
  group.prefix = place == 0 ? term.size() : std::min(group.prefix, shared);
  if (place % bucket_terms == 0) shared = 0;
  entries_.push_back({.begin = bytes_.size(), .shared = shared});
  bytes_.append(term.substr(shared));
  end_ = bytes_.size();
}

std::string_view Section::bytes_of(std::size_t entry) const {
  const std::size_t begin = entries_[entry].begin;
  const std::size_t end = entry + 1 == entries_.size() ? end_ : entries_[entry + 1].begin;
  return std::string_view(bytes_).substr(begin, end - begin);
}

std::size_t Section::end_of_group(std::size_t group) const {
  return group + 1 == groups_.size() ? entries_.size() : groups_[group + 1].entry;
}

std::vector<std::string_view> Section::sample() const {
  const std::size_t step = std::max<std::size_t>(1, bytes_.size() / sample_target);
  std::vector<std::string_view> texts;
  std::size_t skip = 0;  // bytes of entries to pass over, so that the sample is spread evenly
  for (std::size_t entry = 0; entry < entries_.size(); ++entry) {
    const std::string_view text = bytes_of(entry);
    if (skip >= text.size()) {
      skip -= text.size();
      continue;
    }
    if (entries_[entry].shared == 0) continue;  // heads are compressed without what their group shares
    const std::string_view piece = text.substr(0, longest_piece);
    texts.push_back(piece);
    skip += piece.size() * (step - 1);
  }
  return texts;
}

EncodedSection Section::encode(std::uint64_t table_number) {
  EncodedSection out;
  bytes_.append(Compressor::padding, '\0');
  std::optional<Compressor> compressor;
  if (end_ >= least_compressed) compressor.emplace(sample());
  for (std::size_t group = 0; group < groups_.size(); ++group) {
    out.starts.push_back(out.bytes.size());
    encode_group(group, compressor ? &*compressor : nullptr, table_number, out.bytes);
  }
  if (compressor) out.table = compressor->table();
  return out;
}

std::vector<std::string_view> Section::rests_of(std::size_t group) const {
  const std::size_t first = groups_[group].entry;
  const std::size_t end = end_of_group(group);
  std::vector<std::string_view> rests;
  rests.reserve(end - first);
  for (std::size_t entry = first; entry < end; ++entry) {
    const bool head = (entry - first) % bucket_terms == 0;
    rests.push_back(bytes_of(entry).substr(head ? groups_[group].prefix : 0));
  }
  return rests;
}

void Section::encode_group(std::size_t group, const Compressor* compressor, std::uint64_t table_number,
                           std::string& out) const {
  const std::size_t first = groups_[group].entry;
  const std::size_t prefix = groups_[group].prefix;
  const std::vector<std::string_view> rests = rests_of(group);
  const std::string letters = letters_to_pack(rests, compressor);
  const Packer packer(letters);
  std::string buckets;
  std::string samples;
  std::string code;
  std::vector<std::uint64_t> offsets;
  for (std::size_t i = 0; i < rests.size(); ++i) {
    const bool head = i % bucket_terms == 0;
    if (head && i != 0) {
      offsets.push_back(buckets.size());
      samples.append(as_bytes(sample_of(rests[i])));
    }
    code.clear();
    if (!letters.empty()) {
      packer.pack(rests[i], code);
    } else if (compressor != nullptr) {
      compressor->compress(rests[i], code);
    } else {
      code.append(rests[i]);
    }
    const std::size_t length = letters.empty() ? code.size() : rests[i].size();
    append_entry(buckets, head ? 0 : entries_[first + i].shared - prefix, length, code);
  }
  GroupHeader header;
  header.table = compressor == nullptr || !letters.empty() ? 0 : static_cast<std::uint32_t>(table_number);
  header.offset_bytes = bytes_for(buckets.size());
  header.letters = static_cast<std::uint16_t>(letters.size());
  header.prefix_bytes = prefix;
  out.append(as_bytes(header));
  out.append(letters);
  out.append(bytes_of(first).substr(0, prefix));
  for (const std::uint64_t offset : offsets) out.append(as_bytes(offset).substr(0, header.offset_bytes));
  out.append(samples);
  out.append(buckets);
}

}  // namespace scenograph::store::internal::vocabulary
