#include "store/internal/vocabulary/fsst.hpp"

#include <algorithm>
#include <cassert>

namespace scenograph::store::internal::vocabulary {

namespace {

constexpr unsigned rounds = 5;
constexpr std::size_t most_symbols = 255;
constexpr std::size_t most_bytes = sizeof(std::uint64_t);  ///< of a symbol
constexpr std::uint64_t escape_cost = 8;                   ///< weight of what spares an escape

[[nodiscard]] std::uint64_t load_word(const char* text) {
  std::uint64_t word;
  std::memcpy(&word, text, sizeof word);
  return word;
}

[[nodiscard]] constexpr std::uint16_t pack(unsigned code, std::size_t size) {
  return static_cast<std::uint16_t>(code | size << 8U);
}

}  // namespace

/// How often symbols, and pairs of them, stand in a sample. 0 to 255 are bytes without a symbol, the others symbols.
struct Compressor::Counts {
  static constexpr std::size_t kinds = 512;

  std::vector<std::uint32_t> single = std::vector<std::uint32_t>(kinds);
  std::vector<std::uint16_t> pairs = std::vector<std::uint16_t>(kinds * kinds);

  void add(std::size_t kind) { ++single[kind]; }
  void add(std::size_t before, std::size_t kind) {
    std::uint16_t& pair = pairs[before * kinds + kind];
    if (pair != 0xFFFF) ++pair;
  }
};

Compressor::Compressor(std::span<const std::string_view> sample) {
  use({});
  for (unsigned round = 0; round < rounds; ++round) {
    Counts counts;
    count(sample, counts);
    use(best_symbols(counts));
  }
}

Compressor::Match Compressor::match(const char* text, std::size_t left) const {
  const std::uint64_t word = load_word(text);
  const std::size_t hash = hash_of(word);
  for (std::size_t i = first_of_hash_[hash]; i < first_of_hash_[hash + 1]; ++i) {
    const LongSymbol& symbol = long_symbols_[i];
    if ((word & symbol.mask) == symbol.bytes && symbol.size <= left) return {symbol.code, symbol.size};
  }
  const std::uint16_t packed = left == 1 ? single_[word & 0xFFU] : short_[word & 0xFFFFU];
  return {packed & 0xFFU, static_cast<std::size_t>(packed >> 8U)};
}

void Compressor::compress(std::string_view text, std::string& out) const {
  const std::size_t base = out.size();
  out.resize(base + 2 * text.size());
  char* to = out.data() + base;
  const char* from = text.data();
  const char* const end = from + text.size();
  while (from != end) {
    const Match found = match(from, static_cast<std::size_t>(end - from));
    *to++ = static_cast<char>(found.code);
    if (found.code == SymbolTable::escape) *to++ = *from;
    from += found.size;
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

void Compressor::count(std::span<const std::string_view> sample, Counts& counts) const {
  for (const std::string_view text : sample) {
    std::size_t before = Counts::kinds;
    for (std::size_t at = 0; at < text.size();) {
      const Match found = match(text.data() + at, text.size() - at);
      const auto byte = static_cast<unsigned char>(text[at]);
      const std::size_t kind = found.code == SymbolTable::escape ? byte : 256U + found.code;
      counts.add(kind);
      if (before != Counts::kinds) counts.add(before, kind);
      if (found.size > 1) {  // a symbol may also grow by one byte
        counts.add(byte);
        if (before != Counts::kinds) counts.add(before, byte);
      }
      before = kind;
      at += found.size;
    }
  }
}

std::vector<Compressor::Symbol> Compressor::best_symbols(const Counts& counts) const {
  struct Candidate {
    Symbol symbol;
    std::uint64_t gain = 0;
  };
  const auto symbol_of = [&](std::size_t kind) { return kind < 256 ? Symbol{kind, 1} : symbols_[kind - 256]; };
  std::vector<Candidate> candidates;
  for (std::size_t kind = 0; kind < 256 + symbols_.size(); ++kind) {
    if (counts.single[kind] == 0) continue;
    const Symbol first = symbol_of(kind);
    candidates.push_back({first, counts.single[kind] * (first.size == 1 ? escape_cost : first.size)});
    if (first.size == most_bytes) continue;
    for (std::size_t next = 0; next < 256 + symbols_.size(); ++next) {
      const std::uint64_t times = counts.pairs[kind * Counts::kinds + next];
      if (times < 3) continue;
      const Symbol second = symbol_of(next);
      const std::size_t size = std::min(most_bytes, static_cast<std::size_t>(first.size + second.size));
      Symbol both{first.bytes | second.bytes << (8 * first.size), size};
      candidates.push_back({both, times * size});
    }
  }
  const auto same = [](const Symbol& a, const Symbol& b) { return a.bytes == b.bytes && a.size == b.size; };
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.symbol.bytes != b.symbol.bytes ? a.symbol.bytes < b.symbol.bytes : a.symbol.size < b.symbol.size;
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (kept != 0 && same(candidates[kept - 1].symbol, candidates[i].symbol)) {
      candidates[kept - 1].gain += candidates[i].gain;
    } else {
      candidates[kept++] = candidates[i];
    }
  }
  candidates.resize(kept);
  const std::size_t most = std::min(most_symbols, kept);
  std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(most), candidates.end(),
                    [](const Candidate& a, const Candidate& b) { return a.gain > b.gain; });
  std::vector<Symbol> best;
  for (std::size_t i = 0; i < most; ++i) best.push_back(candidates[i].symbol);
  return best;
}

void Compressor::use(const std::vector<Symbol>& symbols) {
  symbols_ = symbols;
  table_ = {};
  single_.fill(pack(SymbolTable::escape, 1));
  short_.assign(std::size_t{1} << 16U, pack(SymbolTable::escape, 1));
  long_symbols_.clear();
  for (unsigned code = 0; code < symbols.size(); ++code) {
    const Symbol& symbol = symbols[code];
    table_.last[code] = static_cast<std::uint8_t>(symbol.size - 1);
    std::memcpy(table_.bytes[code].data(), &symbol.bytes, sizeof symbol.bytes);
    if (symbol.size == 1) {
      single_[symbol.bytes] = pack(code, 1);
    } else if (symbol.size > 2) {
      long_symbols_.push_back(
          {symbol.bytes, symbol.mask(), static_cast<std::uint8_t>(symbol.size), static_cast<std::uint8_t>(code)});
    }
  }
  for (std::size_t pair = 0; pair < short_.size(); ++pair) short_[pair] = single_[pair & 0xFFU];
  for (unsigned code = 0; code < symbols.size(); ++code) {
    if (symbols[code].size == 2) short_[symbols[code].bytes] = pack(code, 2);
  }
  std::sort(long_symbols_.begin(), long_symbols_.end(), [](const LongSymbol& a, const LongSymbol& b) {
    const std::size_t a_hash = hash_of(a.bytes);
    const std::size_t b_hash = hash_of(b.bytes);
    return a_hash != b_hash ? a_hash < b_hash : a.size > b.size;
  });
  std::size_t at = 0;
  for (std::size_t hash = 0; hash < first_of_hash_.size(); ++hash) {
    while (at < long_symbols_.size() && hash_of(long_symbols_[at].bytes) < hash) ++at;
    first_of_hash_[hash] = static_cast<std::uint8_t>(at);
  }
}

}  // namespace scenograph::store::internal::vocabulary
