#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "rdf/term.hpp"

// RDF Patch: changes of a dataset as lines of text. Source: https://afs.github.io/rdf-delta/rdf-patch.html

namespace scenograph::syntax {

/// Receives a patch as it is read; any call may throw to stop the reader.
class PatchSink {
 public:
  virtual ~PatchSink() = default;

  virtual void begin() = 0;                                    ///< TX
  virtual void change(bool added, const rdf::Quad& quad) = 0;  ///< A or D; blank nodes by their labels
  virtual void commit() = 0;                                   ///< TC
  virtual void abort() = 0;                                    ///< TA
};

struct PatchOptions {
  std::string source_name;                            ///< for messages
  std::uint64_t max_line = std::uint64_t{64} << 20U;  ///< longest row
};

/// Reads a patch of one row a line. Headers and prefixes (H, PA, PD) are passed over: prefixes are no part of rows, and
/// a dataset here has none.
///
/// @throws  Error(Code::BadSyntax) at the 1-based line and column of the first fault, also for changes outside of a
///          transaction and for one without an end: it was begun, and not committed. Error(Code::TooLarge).
void read_patch(base::ByteSource& source, const PatchOptions& options, PatchSink& sink);

/// Writes a patch, one block of headers and one transaction for each commit.
class PatchWriter {
 public:
  explicit PatchWriter(base::ByteSink sink) : sink_(std::move(sink)) {}

  void header(std::string_view name, const rdf::Term& value);
  void begin();
  void change(bool added, const rdf::Quad& quad);
  void commit();

  /// Writes what is left. Call it once, last.
  void finish();

 private:
  void end_row();

  base::ByteSink sink_;
  std::string out_;
};

}  // namespace scenograph::syntax
