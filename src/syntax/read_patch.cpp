#include <fmt/format.h>

#include <array>
#include <vector>

#include "base/error.hpp"
#include "rdf/term_view.hpp"
#include "syntax/internal/line_parser.hpp"
#include "syntax/patch.hpp"

namespace scenograph::syntax {

using base::Code;
using base::Error;

namespace {

/// Lines of a source, each followed by \n and room for the scans of `LineParser`.
class Lines {
 public:
  Lines(base::ByteSource& source, const PatchOptions& options) : source_(source), options_(options) {}

  /// The next line without its end, valid until the next call; it may be written to. @return false at the end.
  [[nodiscard]] bool next(std::span<char>& line) {
    ++number_;
    while (true) {
      const std::size_t end = std::string_view(buffer_).substr(0, filled_).find('\n', std::max(begin_, searched_));
      if (end != std::string_view::npos) {
        const bool has_return = end > begin_ && buffer_[end - 1] == '\r';
        line = std::span(buffer_).subspan(begin_, end - begin_ - std::size_t{has_return});
        begin_ = searched_ = end + 1;
        return true;
      }
      searched_ = filled_;
      if (at_end_) return false;
      fill();
    }
  }

  [[nodiscard]] std::uint64_t number() const { return number_; }

 private:
  void fill() {
    constexpr std::size_t piece = std::size_t{1} << 16U;
    buffer_.erase(0, begin_);
    filled_ -= begin_;
    searched_ -= begin_;
    begin_ = 0;
    if (filled_ > options_.max_line) {
      throw Error(Code::TooLarge,
                  fmt::format("a row is longer than {} bytes; --max-line raises the limit", options_.max_line),
                  {options_.source_name, number_, 1});
    }
    buffer_.resize(filled_ + piece + 1 + scan_padding);
    const std::size_t size = source_.read(std::span(buffer_).subspan(filled_, piece));
    filled_ += size;
    if (size > 0) return;
    at_end_ = true;
    if (filled_ > 0) buffer_[filled_++] = '\n';
  }

  base::ByteSource& source_;
  const PatchOptions& options_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t searched_ = 0;
  std::size_t filled_ = 0;
  std::uint64_t number_ = 0;
  bool at_end_ = false;
};

/// Blank nodes as <_:label> become _:label in the same place, as N-Quads have them.
void unwrap_blanks(std::span<char> row) {
  bool in_text = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (in_text && row[i] == '\\') {
      ++i;
    } else if (row[i] == '"') {
      in_text = !in_text;
    } else if (!in_text && row[i] == '<') {
      const bool blank = i + 2 < row.size() && row[i + 1] == '_' && row[i + 2] == ':';
      std::size_t end = i;
      while (end < row.size() && row[end] != '>') ++end;
      if (blank && end < row.size()) row[i] = row[end] = ' ';
      i = end;
    }
  }
}

class PatchReader {
 public:
  PatchReader(base::ByteSource& source, const PatchOptions& options, PatchSink& sink)
      : lines_(source, options), options_(options), sink_(sink), parser_(read_options_, Format::NQuads) {
    read_options_.source_name = options.source_name;
  }

  void read() {
    for (std::span<char> line; lines_.next(line);) take(line);
    if (in_transaction_) throw fault(1, "the transaction has no end: TC commits it");
  }

 private:
  void take(std::span<char> line) {
    const std::string_view text(line.data(), line.size());
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos || text[begin] == '#') return;
    const std::size_t end = std::min(text.find_first_of(" \t\r.", begin), text.size());
    const std::string_view code = text.substr(begin, end - begin);
    const std::size_t column = begin + 1;
    if (code == "A" || code == "D") return take_change(line, begin, code == "A");
    if (code == "H" || code == "PA" || code == "PD") return;
    if (code != "TX" && code != "TC" && code != "TA") {
      throw fault(column, "a row begins with H, TX, PA, PD, A, D, TC or TA");
    }
    if (const std::size_t more = text.find_first_not_of(" \t\r.", end); more != std::string_view::npos) {
      throw fault(more + 1, "there is more after the row's code");
    }
    if ((code == "TX") == in_transaction_) {
      throw fault(column, in_transaction_ ? "a transaction is open already: end it with TC"
                                          : "no transaction is open: TX begins one");
    }
    in_transaction_ = code == "TX";
    if (in_transaction_) return sink_.begin();
    code == "TC" ? sink_.commit() : sink_.abort();
  }

  void take_change(std::span<char> row, std::size_t code, bool added) {
    if (!in_transaction_) throw fault(code + 1, "a change must lie in a transaction: TX begins one");
    row[code] = ' ';
    unwrap_blanks(row);
    rdf::QuadView quad;
    if (!parser_.parse({row.data(), row.size()}, lines_.number(), false, quad)) {
      throw fault(code + 2, "a change needs a subject, a predicate and an object");
    }
    sink_.change(added, {to_term(quad.subject), to_term(quad.predicate), to_term(quad.object), to_term(quad.graph)});
    parser_.forget_terms();
  }

  [[nodiscard]] Error fault(std::size_t column, std::string message) const {
    return {Code::BadSyntax, std::move(message), {options_.source_name, lines_.number(), column}};
  }

  Lines lines_;
  const PatchOptions& options_;
  PatchSink& sink_;
  ReadOptions read_options_;
  LineParser parser_;
  bool in_transaction_ = false;
};

}  // namespace

void read_patch(base::ByteSource& source, const PatchOptions& options, PatchSink& sink) {
  PatchReader(source, options, sink).read();
}

}  // namespace scenograph::syntax
