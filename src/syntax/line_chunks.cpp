#include "syntax/internal/line_chunks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "syntax/internal/readers.hpp"

namespace scenograph::syntax {

namespace {

using base::Code;
using base::Error;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Where `text` can be cut: after the last line end that is known to be whole (\r may be half of \r\n), else at `cut`.
/// Nothing new can be found in the first `searched` bytes but \r, and that only in the last of them.
std::size_t find_cut(std::string_view text, std::size_t searched, std::size_t cut) {
  if (const std::size_t newline = text.substr(searched).rfind('\n'); newline != std::string_view::npos) {
    return searched + newline + 1;
  }
  const std::size_t from = searched == 0 ? 0 : searched - 1;
  const std::size_t end = text.size() - 1;
  const std::size_t other = end > from ? text.substr(from, end - from).rfind('\r') : std::string_view::npos;
  return other == std::string_view::npos ? cut : std::max(cut, from + other + 1);
}

}  // namespace

bool ChunkReader::next(Chunk& chunk) {
  if (ended_ && failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  if (ended_) return false;
  if (chunk.buffer.size() > 4 * chunks_.size + carried_.size()) std::vector<char>().swap(chunk.buffer);
  std::size_t size = carried_.size();
  std::size_t searched = 0;
  std::size_t cut = 0;
  chunk.buffer.resize(std::max(chunk.buffer.size(), size));
  std::copy(carried_.begin(), carried_.end(), chunk.buffer.begin());
  while (!ended_ && (cut == 0 || (chunks_.fill && size < chunks_.size))) {
    const std::size_t got = read_some(chunk.buffer, size);
    size += got;
    const std::string_view text(chunk.buffer.data(), size);
    if (got == 0) {
      ended_ = true;
      if (!failure_) cut = size;
    } else {
      cut = find_cut(text, searched, cut);
      searched = size;
    }
    if (!is_too_long(text.substr(cut))) continue;
    const std::size_t other = text.substr(cut, size - cut - 1).rfind('\r');
    if (other == std::string_view::npos) ended_ = true;
    cut = other == std::string_view::npos ? size : cut + other + 1;
  }
  carried_.assign(chunk.buffer.data() + cut, size - cut);
  if (ended_ && cut == 0) return failure_ ? next(chunk) : false;
  chunk.buffer.resize(std::max(chunk.buffer.size(), cut + 1 + scan_padding));
  chunk.buffer[cut] = '\n';
  chunk.size = cut;
  chunk.first = !std::exchange(begun_, true);
  return true;
}

/// Room doubles with what is there, so that long lines cost no more than linear time.
std::size_t ChunkReader::read_some(std::vector<char>& buffer, std::size_t size) {
  const std::size_t room = std::max({chunks_.size, size / 2, std::size_t{1}});
  if (buffer.size() < size + room + scan_padding) buffer.resize(size + room + scan_padding);
  try {
    return source_.read(std::span(buffer).subspan(size, room));
  } catch (...) {
    failure_ = std::current_exception();
    return 0;
  }
}

/// Even without a line end of two bytes, of which the first may be there.
bool ChunkReader::is_too_long(std::string_view tail) const {
  return tail.size() > 2 && tail.size() - 2 > options_.max_line;
}

void ChunkParser::parse(Chunk& chunk) {
  chunk.lines = 0;
  chunk.quads = 0;
  chunk.bad_lines.clear();
  chunk.fault.reset();
  const char* at = chunk.buffer.data();
  const char* const end = at + chunk.size;
  while (at < end) {
    const LineEnd found = find_line_end(at);
    ++chunk.lines;
    if (!parse_line(chunk, {at, static_cast<std::size_t>(found.place - at)}, found.ascii)) break;
    at = found.place + 1;
    if (*found.place == '\r' && *at == '\n') ++at;
  }
  hand_on(chunk);
}

/// @return  false if nothing after the line can be read.
bool ChunkParser::parse_line(Chunk& chunk, std::string_view line, bool ascii) {
  try {
    check_length(line, chunk.lines);
    if (chunk.first && chunk.lines == 1 && line.starts_with(byte_order_mark)) line.remove_prefix(3);
    if (parser_.parse(line, chunk.lines, ascii, batch_[filled_])) ++filled_;
  } catch (const Error& fault) {
    if (!options_.lenient || fault.code() == Code::TooLarge) {
      chunk.fault = fault;
      return false;
    }
    const auto offset = static_cast<std::size_t>(line.data() - chunk.buffer.data());
    if (options_.diagnostics) chunk.bad_lines.push_back({chunk.lines, offset, line.size()});
  }
  if (filled_ == batch_size) hand_on(chunk);
  return true;
}

void ChunkParser::check_length(std::string_view line, std::uint64_t number) const {
  if (line.size() <= options_.max_line) return;
  throw Error(Code::TooLarge,
              fmt::format("a line longer than {} bytes; --max-line raises the limit", options_.max_line),
              {options_.source_name, number});
}

void ChunkParser::hand_on(Chunk& chunk) {
  if (filled_ == 0) return;
  chunk.quads += filled_;
  sink_(std::span(batch_).first(std::exchange(filled_, 0)));
  parser_.forget_terms();
}

void ChunkLedger::take(const Chunk& chunk) {
  for (const Chunk::BadLine& bad : chunk.bad_lines) {
    const std::string_view line(chunk.buffer.data() + bad.offset, bad.size);
    rdf::QuadView quad;
    // Parsed anew, for its fault: to keep millions of them would take more memory than the lines do.
    try {
      static_cast<void>(parser_.parse(line, done_.lines + bad.number, false, quad));
    } catch (const Error& fault) {
      report(options_, fault, line, {"the line was passed over", "la ligne a été laissée de côté"});
    }
    parser_.forget_terms();
  }
  if (chunk.fault) {
    base::Where where = chunk.fault->where();
    where.line += done_.lines;
    throw Error(chunk.fault->code(), chunk.fault->message(), std::move(where));
  }
  done_.lines += chunk.lines;
  done_.quads += chunk.quads;
  done_.bytes += chunk.size;
  if (progress_) progress_(done_);
}

}  // namespace scenograph::syntax
