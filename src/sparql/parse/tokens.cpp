#include <fmt/format.h>

#include "base/utf8.hpp"
#include "sparql/parse/grammar.hpp"

namespace scenograph::sparql::parse {

namespace {

constexpr std::size_t most_levels = 256;
constexpr std::size_t most_wrappings = 1000;
constexpr std::size_t most_variables = 10'000;
constexpr std::size_t bytes_a_check = std::size_t{512} << 10U;

// Of the algebra and the operators made of it, texts apart: 60 to 280 by the form of the query, as measured.
constexpr std::size_t bytes_a_token = 320;

std::string describe(const Token& token, std::string_view source) {
  if (token.kind == TokenKind::End) return "the end";
  constexpr std::size_t enough = 40;
  const std::string_view spelled = source.substr(token.begin, token.end - token.begin);
  const std::string_view shown = base::cut_utf8(spelled, enough);
  return fmt::format("«{}{}»", shown, shown.size() < spelled.size() ? "…" : "");
}

}  // namespace

Grammar::Grammar(std::string_view text, std::string source_name, const ParseOptions& options)
    : source_(text, std::move(source_name), options.max_bytes),
      lexer_(source_),
      budget_(options.budget),
      charge_(options.charge),
      base_(options.base),
      usual_prefixes_(options.usual_prefixes),
      max_bytes_(options.max_bytes) {
  count_bytes(text.size());
}

Grammar::Level::Level(Grammar& grammar) : grammar_(grammar) {
  if (grammar.depth_ == most_levels) {
    grammar.fail(grammar.peek().begin, fmt::format("this nests more than {} deep: split it up", most_levels),
                 base::Code::TooLarge);
  }
  ++grammar.depth_;
}

const Token& Grammar::peek(std::size_t ahead) {
  while (known_ <= ahead) ahead_[known_++] = lexer_.next();
  return ahead_[ahead];
}

Token Grammar::take() {
  (void)peek();
  Token token = std::move(ahead_[0]);
  ahead_[0] = std::move(ahead_[1]);
  --known_;
  last_end_ = token.end;
  count_bytes(bytes_a_token + token.text.size());
  if (token.kind == TokenKind::Variable && variables_.insert(token.text).second && variables_.size() > most_variables) {
    fail(token.begin, fmt::format("more than {} variables in one request: split it up", most_variables),
         base::Code::TooLarge);
  }
  return token;
}

void Grammar::count_bytes(std::size_t bytes) {
  bytes_ += bytes;
  if (bytes_ - charged_ < bytes_a_check) return;
  if (charge_ != nullptr) charge_->add(bytes_ - charged_);
  charged_ = bytes_;
  check();
}

void Grammar::check() const {
  if (budget_ != nullptr) budget_->check();
}

bool Grammar::at_word(std::string_view keyword, std::size_t ahead) {
  const Token& token = peek(ahead);
  return token.kind == TokenKind::Word && is_keyword(token.text, keyword);
}

bool Grammar::accept(TokenKind kind) {
  if (!at(kind)) return false;
  take();
  return true;
}

bool Grammar::accept_word(std::string_view keyword) {
  if (!at_word(keyword)) return false;
  take();
  return true;
}

void Grammar::expect(TokenKind kind, std::string_view what) {
  if (!accept(kind)) fail_expected(what);
}

void Grammar::expect_word(std::string_view keyword) {
  if (!accept_word(keyword)) fail_expected(keyword);
}

void Grammar::fail(std::size_t offset, const std::string& message, base::Code code) const {
  throw base::Error(code, message, source_.where(offset));
}

void Grammar::fail_expected(std::string_view what) {
  const Token& token = peek();
  fail(token.begin, fmt::format("expected {}, found {}", what, describe(token, source_.text())));
}

/// Patterns and operators that chain without nesting make trees as high as the chain is long.
void Grammar::count_wrapping(std::size_t offset) {
  check();
  if (++wrappings_ > most_wrappings) {
    fail(offset,
         fmt::format("more than {} of OPTIONAL, MINUS, BIND, EXISTS, + - * / in one request: split it up",
                     most_wrappings),
         base::Code::TooLarge);
  }
}

}  // namespace scenograph::sparql::parse
