#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// A vocabulary: the terms of one load, sorted and numbered in that order, in an immutable file. A term is the bytes
// that docs/format-store.md describes under "Terms". docs/format-vocabulary.md describes the file.

namespace scenograph::store::internal {

/// Terms with consecutive numbers, ascending as their bytes (memcmp) ascend. Thread-safe.
class Vocabulary {
 public:
  /// Reads terms in ascending order. One thread.
  class Cursor {
   public:
    virtual ~Cursor() = default;
    /// The next term, valid until the next call. @return false at the end.
    [[nodiscard]] virtual bool next(std::string_view& term) = 0;
  };

  /// Reads terms in any order and remembers where it has been: the next terms after one that it read lately cost the
  /// bytes they do not share with it. One thread.
  class Lookup {
   public:
    virtual ~Lookup() = default;

    /// REQUIRES: as append_term. @return the term, valid until the next call. @throws Error(Code::Corrupt)
    [[nodiscard]] virtual std::string_view read(std::uint64_t number) = 0;

    /// As `store::TermReader::expect`.
    virtual void expect(std::uint64_t number) = 0;
  };

  virtual ~Vocabulary() = default;

  [[nodiscard]] virtual std::uint64_t first_number() const = 0;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  [[nodiscard]] virtual std::uint64_t file_bytes() const = 0;

  /// Appends the term's bytes. REQUIRES: first_number() <= number < first_number() + size(). Cost: well under 1 µs
  /// warm.
  /// @throws  Error(Code::Corrupt) naming the file if the block fails its checksum.
  virtual void append_term(std::uint64_t number, std::string& out) const = 0;

  /// The number of exactly this term. Cost: one binary search over block heads and one block; about 1 µs warm.
  [[nodiscard]] virtual std::optional<std::uint64_t> find(std::string_view term) const = 0;

  /// The number of the first term that is `term` or more; first_number() + size() if there is none.
  [[nodiscard]] virtual std::uint64_t lower_bound(std::string_view term) const = 0;

  /// From the term with this number on. The vocabulary must outlive it.
  [[nodiscard]] virtual std::unique_ptr<Cursor> cursor(std::uint64_t from) const = 0;

  /// Takes up to 1 MiB, and twice the longest term it reads. The vocabulary must outlive it.
  [[nodiscard]] virtual std::unique_ptr<Lookup> lookup() const = 0;

  /// Reads everything. @throws Error(Code::Corrupt)
  virtual void verify() const = 0;
};

class VocabularyWriter {
 public:
  virtual ~VocabularyWriter() = default;

  /// REQUIRES: strictly ascending bytes over all calls; never empty.
  virtual void append(std::string_view term) = 0;

  /// Writes what is left and synchronises the file. Destroyed without it, the writer removes the file.
  /// @throws Error(Code::DiskFull, Code::Io)
  virtual void finish() = 0;
};

/// @param first_number  of the first term.
[[nodiscard]] std::unique_ptr<VocabularyWriter> make_vocabulary_writer(const std::filesystem::path& path,
                                                                       std::uint64_t first_number);

/// @throws  Error(Code::Corrupt, Code::NotFound, Code::Unsupported) naming the file.
[[nodiscard]] std::shared_ptr<const Vocabulary> open_vocabulary(const std::filesystem::path& path);

}  // namespace scenograph::store::internal
