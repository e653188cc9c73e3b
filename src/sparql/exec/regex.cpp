#include "sparql/exec/regex.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <fmt/format.h>
#include <pcre2.h>

#include <array>
#include <cstdint>
#include <utility>

namespace scenograph::sparql {

namespace {

constexpr std::uint32_t max_steps = 1'000'000;
constexpr std::uint32_t max_heap_kib = 20'000;

// PCRE2 takes bytes.
PCRE2_SPTR bytes_of(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

std::variant<std::uint32_t, std::string> options_of(std::string_view flags) {
  std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_DOLLAR_ENDONLY;
  for (const char flag : flags) {
    switch (flag) {
      case 's':
        options |= PCRE2_DOTALL;
        break;
      case 'm':
        options |= PCRE2_MULTILINE;
        break;
      case 'i':
        options |= PCRE2_CASELESS;
        break;
      case 'x':
        options |= PCRE2_EXTENDED;
        break;
      case 'q':
        options |= PCRE2_LITERAL;
        break;
      default:
        return fmt::format("«{}» is not a flag of a regular expression; use s, m, i, x or q", flag);
    }
  }
  // PCRE2 refuses a literal expression with options that only change how syntax is read.
  if ((options & PCRE2_LITERAL) != 0) {
    options &= ~(PCRE2_DOTALL | PCRE2_MULTILINE | PCRE2_EXTENDED | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY);
  }
  return options;
}

}  // namespace

struct Regex::State {
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    pcre2_match_data_free(match);
    pcre2_match_context_free(context);
    pcre2_code_free(code);
  }

  pcre2_code* code = nullptr;
  pcre2_match_context* context = nullptr;
  pcre2_match_data* match = nullptr;
};

Regex::Regex(std::unique_ptr<State> state) : state_(std::move(state)) {}
Regex::Regex(Regex&& other) noexcept = default;
Regex& Regex::operator=(Regex&& other) noexcept = default;
Regex::~Regex() = default;

std::variant<Regex, std::string> Regex::compile(std::string_view pattern, std::string_view flags) {
  auto options = options_of(flags);
  if (auto* problem = std::get_if<std::string>(&options)) return std::move(*problem);
  auto state = std::make_unique<State>();
  int error = 0;
  PCRE2_SIZE offset = 0;
  state->code =
      pcre2_compile(bytes_of(pattern), pattern.size(), std::get<std::uint32_t>(options), &error, &offset, nullptr);
  if (state->code == nullptr) {
    std::array<PCRE2_UCHAR, 256> text{};
    pcre2_get_error_message(error, text.data(), text.size());
    return fmt::format("«{}» is not a regular expression: {} (at character {})", pattern,
                       reinterpret_cast<const char*>(text.data()), offset + 1);
  }
  pcre2_jit_compile(state->code, PCRE2_JIT_COMPLETE);  // the interpreter takes over where this fails
  state->context = pcre2_match_context_create(nullptr);
  pcre2_set_match_limit(state->context, max_steps);
  pcre2_set_heap_limit(state->context, max_heap_kib);
  state->match = pcre2_match_data_create_from_pattern(state->code, nullptr);
  return Regex(std::move(state));
}

bool Regex::search(std::string_view text) const {
  return pcre2_match(state_->code, bytes_of(text), text.size(), 0, 0, state_->match, state_->context) >= 0;
}

}  // namespace scenograph::sparql
