#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "base/bytes.hpp"
#include "rdf/term_view.hpp"
#include "syntax/reader.hpp"

namespace scenograph::syntax {

/// Receives quads some hundreds at a time, in the order of the part of the document they come from; the views hold
/// during the call only. May throw to stop the sender.
using QuadViewSink = std::function<void(std::span<const rdf::QuadView>)>;

/// What has been read so far.
struct LineProgress {
  std::uint64_t lines = 0;
  std::uint64_t quads = 0;
  std::uint64_t bytes = 0;
};

/// Told after each piece of the input; may throw to stop the reading.
using LineProgressSink = std::function<void(const LineProgress&)>;

/// Reads N-Triples or N-Quads with one thread for each of the `sinks`; a quad goes to any one of them. With one sink no
/// thread is started. Else the calling thread reads the source (which overlaps unpacking with parsing) and is the one
/// that `options.diagnostics` and `progress` are called on, in the order of the document; each sink is called on a
/// thread of its own.
///
/// Limits, faults and their places are those of `read`: the fault named is the first one of the document, however the
/// threads ran. By then sinks may have got quads from a little beyond it.
///
/// Memory: two pieces of 512 KiB (longer where a line is) for each sink, and one more.
///
/// REQUIRES: a format of lines and one sink at least.
///
/// @param progress  may be null.
/// @throws  what `read` throws; what the source, a sink, `progress` or `options.diagnostics` throws.
void read_lines_parallel(base::ByteSource& source, Format format, const ReadOptions& options,
                         std::span<const QuadViewSink> sinks, const LineProgressSink& progress = {});

}  // namespace scenograph::syntax
