#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "store/internal/vocabulary/vocabulary.hpp"
#include "store/term_index.hpp"

// The index of one vocabulary, in a file beside it that never changes. docs/format-term-index.md describes it.

namespace scenograph::store::internal {

/// A key and the number of a term that has it.
using KeySink = std::function<void(std::string_view key, std::uint64_t number)>;

/// Tells every key of every literal of a vocabulary that the analyser is about, by ascending number.
/// @param check  called often; may throw to stop.
void make_all_keys(const Vocabulary& vocabulary, const TermAnalyser& analyser, const KeySink& sink,
                   const std::function<void()>& check);

/// Whether any literal of the vocabulary is of the kinds.
[[nodiscard]] bool has_any(const Vocabulary& vocabulary, const LiteralKinds& kinds);

/// Whether the literal is of the kinds.
[[nodiscard]] bool is_any(const rdf::TermView& literal, const LiteralKinds& kinds);

/// Writes the index of a vocabulary. Keys are gathered within `memory` bytes; what does not fit goes through files
/// beside `path`. @throws Error(DiskFull, Io, Denied): there is then no file; what `check` throws.
void write_index(const std::filesystem::path& path, const Vocabulary& vocabulary, const TermAnalyser& analyser,
                 std::size_t memory, const std::function<void()>& check);

/// An index that was written. Thread-safe.
class IndexFile {
 public:
  /// @throws  Error(Code::NotFound, Code::Corrupt); Error(Code::Unsupported) if it is of another version, or was not
  ///          made for this vocabulary.
  IndexFile(const std::filesystem::path& path, const Vocabulary& vocabulary, const TermAnalyser& analyser);

  /// Appends numbers of terms. @throws Error(Code::Corrupt)
  void find(const KeyRange& range, std::vector<std::uint64_t>& out) const;

  /// Tells all there is. @throws Error(Code::Corrupt)
  void read_all(const KeySink& sink) const;

  [[nodiscard]] std::uint64_t file_bytes() const { return entries_->file_bytes(); }

 private:
  [[nodiscard]] std::string_view key_of(std::string_view entry) const;
  void append_numbers(std::string_view entry, std::size_t key_bytes, std::vector<std::uint64_t>& out) const;
  [[noreturn]] void damaged() const;

  std::shared_ptr<const Vocabulary> entries_;
  std::string path_;
  std::uint64_t first_ = 0;  ///< number of the vocabulary's first term
  std::uint64_t size_ = 0;   ///< of the vocabulary, in terms
};

}  // namespace scenograph::store::internal
