#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "sources/value.hpp"

namespace scenograph::sources {

/// Limits and manners of reading that all formats share.
struct ReadOptions {
  std::string source_name;                           ///< a file name or an address, for messages
  std::string encoding;                              ///< "UTF-8", "UTF-16", "windows-1252"; empty: find out
  std::size_t max_record = std::size_t{64} << 20U;   ///< bytes of one record (`--max-record`)
  std::size_t max_document = std::size_t{1} << 30U;  ///< bytes held when a document cannot be cut up (`--max-document`)
  base::DiagnosticSink diagnostics;                  ///< may be null
};

/// What `RecordReader::field` made of a reference: a column or a compiled path of that reader.
struct FieldId {
  std::size_t index = 0;
};

/// The records of one source, read once from front to back in bounded memory. One thread.
class RecordReader {
 public:
  virtual ~RecordReader() = default;

  /// Makes a reference ready: a column's name, or a JSONPath relative to the record. Equal references, equal ids.
  ///
  /// @throws  Error(Code::BadData) for a column that is not there, with the columns that are;
  ///          Error(Code::BadSyntax) for a path that is none.
  [[nodiscard]] virtual FieldId field(std::string_view reference) = 0;

  /// Moves to the next record that can be used; faulty ones are told to the diagnostics and passed over.
  ///
  /// @return  false at the end.
  /// @throws  Error(Code::BadSyntax) where reading cannot go on; Error(Code::TooLarge) naming the option.
  [[nodiscard]] virtual bool next() = 0;

  /// Which of the iterators the reader was opened with found the current record; 0 where there is but one.
  [[nodiscard]] virtual std::size_t iterator() const = 0;

  /// Appends the field's values in the current record: one for a column, any number for a path.
  virtual void values(FieldId field, Values& out) const = 0;

  /// The current record's place.
  [[nodiscard]] virtual base::Where where() const = 0;

  /// Records passed over so far.
  [[nodiscard]] virtual std::uint64_t rejected() const = 0;
};

}  // namespace scenograph::sources
