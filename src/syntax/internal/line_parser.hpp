#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term_view.hpp"
#include "syntax/internal/line_scan.hpp"
#include "syntax/reader.hpp"

namespace scenograph::syntax {

/// Text that stays where it is until all of it is dropped.
class TextArena {
 public:
  [[nodiscard]] std::string_view keep(std::string_view text);
  void clear();

 private:
  static constexpr std::size_t block_size = std::size_t{1} << 16U;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

/// Parses lines of N-Triples or N-Quads. Terms are views into the line; those that the line does not have letter for
/// letter (escapes, language tags in capitals) are views into the parser. Source: RDF 1.1 N-Quads, section 4.
class LineParser {
 public:
  /// @param options  must outlive the parser.
  LineParser(const ReadOptions& options, Format format) : options_(options), graphs_(format == Format::NQuads) {}

  /// REQUIRES: \n or \r right after `line`, and `scan_padding` bytes that may be loaded after that.
  ///
  /// @param number  of the line, for messages.
  /// @param ascii   whether the line is known to have nothing but ASCII.
  /// @return        false if the line holds no statement; `quad` is then undefined, as it is after an Error.
  /// @throws        Error(Code::BadSyntax)
  [[nodiscard]] bool parse(std::string_view line, std::uint64_t number, bool ascii, rdf::QuadView& quad);

  /// Ends the life of all terms handed out.
  void forget_terms() { decoded_.clear(); }

 private:
  [[nodiscard]] base::Error fault(const char* at, std::string message) const;
  [[nodiscard]] bool at_statement_end(const char* at) const { return at >= end_ || *at == '#'; }

  // Each reads what starts at `at` and returns the place after it.
  const char* read_subject(const char* at, rdf::TermView& term);
  const char* read_predicate(const char* at, rdf::TermView& term);
  const char* read_object(const char* at, rdf::TermView& term);
  const char* read_graph(const char* at, rdf::TermView& term);
  const char* read_iri(const char* at, std::string_view& iri);
  const char* read_uncommon_iri(const char* at, std::string_view& iri);
  const char* read_blank(const char* at, rdf::TermView& term);
  const char* read_literal(const char* at, rdf::TermView& term);
  const char* read_text(const char* at, std::string_view& text);
  const char* read_escaped_text(const char* at, std::string_view& text);
  const char* read_language(const char* at, std::string_view& language);
  const char* read_datatype(const char* at, std::string_view& datatype);
  const char* read_escape(const char* at);
  const char* read_code_point(const char* at);

  const ReadOptions& options_;
  bool graphs_;
  const char* begin_ = nullptr;
  const char* end_ = nullptr;
  std::uint64_t number_ = 0;
  std::string scratch_;
  TextArena decoded_;
};

}  // namespace scenograph::syntax
