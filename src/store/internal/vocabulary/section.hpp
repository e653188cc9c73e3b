#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/internal/vocabulary/fsst.hpp"

namespace scenograph::store::internal::vocabulary {

/// Groups as they lie in the file.
struct EncodedSection {
  std::string bytes;
  std::vector<std::uint64_t> starts;  ///< of each group in `bytes`
  std::optional<SymbolTable> table;   ///< absent if compression would not pay
};

/// Groups of terms, front-coded, waiting to be compressed together. One thread.
class Section {
 public:
  [[nodiscard]] std::size_t bytes() const { return bytes_.size(); }
  [[nodiscard]] std::size_t bytes_of_group() const { return bytes_.size() - entries_[groups_.back().entry].begin; }
  [[nodiscard]] std::size_t terms_of_group() const { return entries_.size() - groups_.back().entry; }

  void begin_group() { groups_.push_back({.entry = entries_.size(), .prefix = 0}); }

  /// Adds a term to the last group. @param shared  what it shares with the term before.
  void add(std::string_view term, std::size_t shared);

  /// @param table_number  that the groups name their symbol table by.
  /// Nothing may be added after it.
  [[nodiscard]] EncodedSection encode(std::uint64_t table_number);

 private:
  struct Draft {
    std::size_t begin = 0;   ///< in bytes_
    std::size_t shared = 0;  ///< with the term before; 0 for a bucket's head, which is stored whole
  };
  struct GroupDraft {
    std::size_t entry = 0;   ///< the first one
    std::size_t prefix = 0;  ///< what all terms of the group share
  };

  [[nodiscard]] std::string_view bytes_of(std::size_t entry) const;
  [[nodiscard]] std::size_t end_of_group(std::size_t group) const;
  [[nodiscard]] std::vector<std::string_view> sample() const;
  [[nodiscard]] std::vector<std::string_view> rests_of(std::size_t group) const;
  void encode_group(std::size_t group, const Compressor* compressor, std::uint64_t table_number,
                    std::string& out) const;

  std::string bytes_;
  std::size_t end_ = 0;  ///< of the entries in bytes_
  std::vector<Draft> entries_;
  std::vector<GroupDraft> groups_;
};

}  // namespace scenograph::store::internal::vocabulary
