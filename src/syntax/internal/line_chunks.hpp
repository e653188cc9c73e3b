#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "syntax/internal/line_parser.hpp"
#include "syntax/line_reader.hpp"

// Lines are read in chunks: cut at line ends (ChunkReader), parsed by themselves (ChunkParser), and taken in order
// (ChunkLedger), when it is known how many lines came before. The first and the last are for one thread each.

namespace scenograph::syntax {

struct ChunkOptions {
  std::size_t size = std::size_t{1} << 18U;  ///< bytes asked for at once; what fits a core's cache is parsed fastest
  bool fill = true;  ///< wait until that many have come, however long that takes; else hand on lines as they come
};

/// Whole lines of a document, and what became of them.
struct Chunk {
  struct BadLine {
    std::uint64_t number;  ///< within the chunk, from 1
    std::size_t offset;
    std::size_t size;
  };

  std::vector<char> buffer;  ///< the lines, one more line end, and `scan_padding` bytes
  std::size_t size = 0;
  bool first = false;  ///< may begin with a byte order mark

  std::uint64_t lines = 0;  ///< up to the fault, if there is one
  std::uint64_t quads = 0;
  std::vector<BadLine> bad_lines;    ///< those to report
  std::optional<base::Error> fault;  ///< that ended the parsing; its line counts within the chunk
};

class ChunkReader {
 public:
  ChunkReader(base::ByteSource& source, const ReadOptions& options, ChunkOptions chunks)
      : source_(source), options_(options), chunks_(chunks) {}

  /// The next lines; false at the end. A line past the limit comes as the last one, cut: `ChunkParser` knows its
  /// number.
  /// @throws  what the source throws, after the lines that came before.
  [[nodiscard]] bool next(Chunk& chunk);

 private:
  std::size_t read_some(std::vector<char>& buffer, std::size_t size);
  [[nodiscard]] bool is_too_long(std::string_view tail) const;

  base::ByteSource& source_;
  const ReadOptions& options_;
  ChunkOptions chunks_;
  std::string carried_;  // the begin of a line
  bool begun_ = false;
  bool ended_ = false;
  std::exception_ptr failure_;
};

class ChunkParser {
 public:
  ChunkParser(const ReadOptions& options, Format format, const QuadViewSink& sink)
      : options_(options), sink_(sink), parser_(options, format), batch_(batch_size) {}

  /// Hands the chunk's quads on and fills in what became of its lines. @throws what the sink throws.
  void parse(Chunk& chunk);

 private:
  static constexpr std::size_t batch_size = 256;

  [[nodiscard]] bool parse_line(Chunk& chunk, std::string_view line, bool ascii);
  void check_length(std::string_view line, std::uint64_t number) const;
  void hand_on(Chunk& chunk);

  const ReadOptions& options_;
  const QuadViewSink& sink_;
  LineParser parser_;
  std::vector<rdf::QuadView> batch_;
  std::size_t filled_ = 0;
};

class ChunkLedger {
 public:
  ChunkLedger(const ReadOptions& options, Format format, const LineProgressSink& progress)
      : options_(options), progress_(progress), parser_(options, format) {}

  /// Takes a parsed chunk, in the order of the document: reports its bad lines, throws its fault, tells of progress.
  void take(const Chunk& chunk);

 private:
  const ReadOptions& options_;
  const LineProgressSink& progress_;
  LineParser parser_;
  LineProgress done_;
};

/// As `read_lines_parallel`, for chunks of any size.
void read_lines_in_chunks(base::ByteSource& source, Format format, const ReadOptions& options,
                          std::span<const QuadViewSink> sinks, const LineProgressSink& progress, ChunkOptions chunks);

}  // namespace scenograph::syntax
