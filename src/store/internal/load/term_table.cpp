#include "store/internal/load/term_table.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <random>

#include "base/error.hpp"
#include "store/internal/dictionary.hpp"
#include "store/internal/inline_term.hpp"
#include "store/internal/term_bytes.hpp"

namespace scenograph::store::internal {

namespace {

constexpr unsigned first_slots_log = 12;
constexpr std::size_t longest = 0xFFFF0000;

/// The id of a term that needs no number; a blank node is one of the store.
std::optional<TermId> id_without_number(const rdf::TermView& term) {
  if (term.type == rdf::TermType::DefaultGraph) return default_graph;
  if (term.type != rdf::TermType::BlankNode) return to_inline(term);
  const auto number = blank_number(term.value);
  if (!number) throw base::Error(base::Code::Corrupt, "a blank node of the store has no number: restore a backup");
  return TermId::make(IdKind::BlankNode, *number);
}

}  // namespace

TermTable::TermTable()
    : slots_(std::size_t{1} << first_slots_log),
      shift_(32 - first_slots_log),
      seed_(std::uint64_t{std::random_device()()} << 32U | std::random_device()()) {}

char* TermTable::room_for(std::size_t bytes) {
  const std::size_t wanted = end_ + sizeof(Record) + bytes + 8;
  if (wanted > arena_.bytes()) arena_.reserve(std::max(wanted, arena_.bytes() + arena_.bytes() / 2));
  return arena() + end_ + sizeof(Record);
}

std::uint32_t TermTable::stage(const rdf::TermView& term, std::uint32_t document) {
  if (term.type == rdf::TermType::BlankNode && document != stored_document) {
    if (term.value.size() > longest) throw base::Error(base::Code::TooLarge, "a blank node label exceeds 4 GiB");
    char* out = room_for(5 + term.value.size());
    *out = blank_mark;
    document = __builtin_bswap32(document);
    std::memcpy(out + 1, &document, sizeof document);
    std::copy(term.value.begin(), term.value.end(), out + 5);
    return static_cast<std::uint32_t>(5 + term.value.size());
  }
  const auto id = id_without_number(term);
  if (id) {
    const std::uint64_t bits = id->bits();
    std::memcpy(room_for(sizeof bits), &bits, sizeof bits);
    return inlined;
  }
  const std::size_t size = term_bytes_size(term);
  if (size > longest) throw base::Error(base::Code::TooLarge, "a term exceeds 4 GiB: split it or leave it out");
  write_term_bytes(term, room_for(size));
  return static_cast<std::uint32_t>(size);
}

bool TermTable::equals_staged(Place place, std::uint32_t length) const {
  const Record& at = record(place);
  if (at.length != length) return false;
  const std::size_t bytes = length == inlined ? sizeof(std::uint64_t) : length;
  return std::memcmp(&at + 1, arena() + end_ + sizeof(Record), bytes) == 0;
}

TermTable::Place TermTable::find_or_keep(std::uint32_t length) {
  const std::size_t bytes = length == inlined ? sizeof(std::uint64_t) : length;
  const auto hash =
      static_cast<std::uint32_t>(XXH3_64bits_withSeed(arena() + end_ + sizeof(Record), bytes, seed_) >> 32U);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash >> shift_;
  for (; slots_[at].place != 0; at = (at + 1) & mask) {
    if (slots_[at].hash == hash && equals_staged(slots_[at].place - 1, length)) return slots_[at].place - 1;
  }
  const auto place = static_cast<Place>(end_ / 8);
  slots_[at] = {hash, place + 1};
  const Record head{size_++, length};
  std::memcpy(arena() + end_, &head, sizeof head);
  end_ += record_bytes(length);
  if (size_ > slots_.size() / 8 * 5) grow();
  return place;
}

std::uint32_t TermTable::add(const rdf::TermView& term, std::uint32_t document, Place& like) {
  const std::uint32_t length = stage(term, document);
  if (like >= end_ / 8 || !equals_staged(like, length)) like = find_or_keep(length);
  return record(like).number;
}

void TermTable::grow() {
  PageArray<Slot> wider(slots_.size() * 2);
  --shift_;
  const std::size_t mask = wider.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.place == 0) continue;
    std::size_t at = slot.hash >> shift_;
    while (wider[at].place != 0) at = (at + 1) & mask;
    wider[at] = slot;
  }
  slots_ = std::move(wider);
}

}  // namespace scenograph::store::internal
