#include <fmt/format.h>

#include <algorithm>

#include "rdf/vocab.hpp"
#include "sparql/parse/lexer.hpp"
#include "sparql/results/row_reader.hpp"

// Source: SPARQL 1.1 Query Results CSV and TSV Formats.

namespace scenograph::sparql::results {

namespace {

using Fields = std::vector<std::string>;

/// Lines of fields, one at a time.
class Records {
 public:
  Records(std::unique_ptr<Input> input, char separator, bool quotes)
      : input_(std::move(input)), separator_(separator), quotes_(quotes) {}

  /// @throws Error(Code::BadData) at the first line of the record read last.
  [[noreturn]] void fail(const std::string& message) const { input_->fail(message, line_, 0); }

  /// @return  false at the end.
  bool next(Fields& fields) {
    fields.assign(1, {});
    input_->clear_row();
    line_ = input_->line();
    if (input_->peek() == Input::end) return false;
    bool quoted = false;
    for (;;) {
      const int c = input_->take();
      if (c == Input::end && quoted) fail("the document ends within quotes");
      if (c == Input::end || (c == '\n' && !quoted)) break;
      if (quotes_ && c == '"') {
        const bool escaped = quoted && input_->peek() == '"';
        if (escaped) add(fields, static_cast<char>(input_->take()));
        quoted = escaped || !quoted;
      } else if (c == separator_ && !quoted) {
        fields.emplace_back();
        input_->charge_row(sizeof(std::string));
      } else {
        add(fields, static_cast<char>(c));
      }
    }
    if (fields.back().ends_with('\r')) fields.back().pop_back();
    return true;
  }

 private:
  void add(Fields& fields, char c) {
    constexpr std::size_t charged_at_once = 4096;
    fields.back() += c;
    if (fields.back().size() % charged_at_once == 0) input_->charge_row(charged_at_once);
  }

  std::unique_ptr<Input> input_;
  char separator_;
  bool quotes_;
  std::uint64_t line_ = 1;
};

rdf::Term plain_term(const std::string& text) {
  return text.starts_with("_:") ? rdf::Term::blank(text.substr(2)) : rdf::Term::literal(text);
}

/// A term as Turtle and SPARQL write it; the default graph if it is none.
rdf::Term written_term(const std::string& text) {
  using parse::TokenKind;
  const parse::SourceText source(text, "results", text.size());
  parse::Lexer lexer(source);
  parse::Token token = lexer.next();
  std::string sign;
  if (token.kind == TokenKind::Plus || token.kind == TokenKind::Minus) {
    sign.push_back(token.kind == TokenKind::Plus ? '+' : '-');
    token = lexer.next();
  }
  rdf::Term out;
  if (token.kind == TokenKind::Integer) out = rdf::Term::literal(sign + token.text, rdf::xsd::integer);
  if (token.kind == TokenKind::Decimal) out = rdf::Term::literal(sign + token.text, rdf::xsd::decimal);
  if (token.kind == TokenKind::Double) out = rdf::Term::literal(sign + token.text, rdf::xsd::double_);
  if (!sign.empty()) return lexer.next().kind == TokenKind::End ? out : rdf::Term{};
  if (token.kind == TokenKind::Iri) out = rdf::Term::iri(token.text);
  if (token.kind == TokenKind::BlankLabel) out = rdf::Term::blank(token.text);
  if (token.kind == TokenKind::Word && (token.text == "true" || token.text == "false")) {
    out = rdf::Term::literal(token.text, rdf::xsd::boolean);
  }
  parse::Token after = lexer.next();
  if (token.kind == TokenKind::String) {
    out = rdf::Term::literal(token.text);
    if (after.kind == TokenKind::Language) {
      out = rdf::Term::lang_literal(token.text, after.text);
      after = lexer.next();
    } else if (after.kind == TokenKind::DoubleCaret) {
      const parse::Token datatype = lexer.next();
      if (datatype.kind != TokenKind::Iri) return {};
      out = rdf::Term::literal(token.text, datatype.text);
      after = lexer.next();
    }
  }
  return after.kind == TokenKind::End ? out : rdf::Term{};
}

class SeparatedReader final : public ResultReader {
 public:
  SeparatedReader(Records records, rdf::Term (*term_of)(const std::string&))
      : records_(std::move(records)), term_of_(term_of) {}

  const std::vector<std::string>& variables() const override { return columns_.names(); }
  std::optional<bool> boolean() const override { return std::nullopt; }

  bool next(SolutionRow& row) override {
    if (!begun_) read_heading();
    if (!records_.next(fields_)) return false;
    const std::size_t width = columns_.names().size();
    if (fields_.size() != std::max<std::size_t>(1, width) || (width == 0 && !fields_[0].empty())) {
      records_.fail(fmt::format("a row has {} values for {} variables", fields_.size(), width));
    }
    row.assign(width, std::nullopt);
    for (std::size_t i = 0; i < width; ++i) {
      if (!fields_[i].empty()) row[i] = term(fields_[i]);
    }
    return true;
  }

 private:
  void read_heading() {
    begun_ = true;
    if (!records_.next(fields_)) records_.fail("there is no heading");
    if (fields_.size() == 1 && fields_[0].empty()) return;
    for (const std::string& field : fields_) {
      const std::string_view name = std::string_view(field).substr(field.starts_with('?') ? 1 : 0);
      if (name.empty()) records_.fail("the heading names no variable in one of its columns");
      static_cast<void>(columns_.number_of(name));
    }
    if (columns_.names().size() != fields_.size()) records_.fail("the heading names a variable twice");
  }

  rdf::Term term(const std::string& field) {
    rdf::Term out;
    try {
      out = term_of_(field);
    } catch (const base::Error& error) {
      records_.fail(fmt::format("«{}» is no term: {}", field, error.message()));
    }
    if (out.is_default_graph()) records_.fail(fmt::format("«{}» is no term", field));
    if (const std::string why = why_not_term(out); !why.empty()) records_.fail(why);
    return out;
  }

  Records records_;
  rdf::Term (*term_of_)(const std::string&);
  Columns columns_;
  Fields fields_;
  bool begun_ = false;
};

}  // namespace

std::unique_ptr<ResultReader> make_csv_reader(std::unique_ptr<Input> input) {
  return std::make_unique<SeparatedReader>(Records(std::move(input), ',', true), plain_term);
}

std::unique_ptr<ResultReader> make_tsv_reader(std::unique_ptr<Input> input) {
  return std::make_unique<SeparatedReader>(Records(std::move(input), '\t', false), written_term);
}

}  // namespace scenograph::sparql::results
