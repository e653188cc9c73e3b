#include "sparql/exec/regex.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <fmt/format.h>
#include <pcre2.h>

#include <array>
#include <cstdint>
#include <span>
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

namespace {

/// Appends `replacement` with its groups filled in from the offsets of the last match. @return false if malformed.
bool append_replacement(std::string& out, std::string_view replacement, std::string_view text,
                        std::span<const PCRE2_SIZE> offsets) {
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const char c = replacement[i];
    const char next = i + 1 < replacement.size() ? replacement[i + 1] : '\0';
    if (c == '\\') {
      if (next != '\\' && next != '$') return false;
      out += next;
      ++i;
    } else if (c == '$') {
      if (next < '0' || next > '9') return false;
      const auto group = static_cast<std::size_t>(next - '0');
      if (2 * group + 1 < offsets.size() && offsets[2 * group] != PCRE2_UNSET) {
        out += text.substr(offsets[2 * group], offsets[2 * group + 1] - offsets[2 * group]);
      }
      ++i;
    } else {
      out += c;
    }
  }
  return true;
}

}  // namespace

std::optional<std::string> Regex::replace(std::string_view text, std::string_view replacement,
                                          base::Budget& budget) const {
  constexpr std::size_t matches_a_check = 1024;
  constexpr std::size_t copies_of_text = 3;  // while it is made: itself, its value's, its term's
  if (search("")) return std::nullopt;
  std::string out;
  base::Charge charge(budget);
  std::size_t matches = 0;
  std::size_t at = 0;
  while (at <= text.size()) {
    const int found = pcre2_match(state_->code, bytes_of(text), text.size(), at, 0, state_->match, state_->context);
    if (found == PCRE2_ERROR_NOMATCH) break;
    if (found < 0) return std::nullopt;
    const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(state_->match);
    if (offsets[1] == offsets[0]) return std::nullopt;
    if (++matches % matches_a_check == 0) budget.check();
    out += text.substr(at, offsets[0] - at);
    const std::span<const PCRE2_SIZE> groups(offsets, 2 * std::size_t{pcre2_get_ovector_count(state_->match)});
    if (!append_replacement(out, replacement, text, groups)) return std::nullopt;
    at = offsets[1];
    if (copies_of_text * out.capacity() > charge.bytes()) charge.set(copies_of_text * out.capacity());
  }
  return out.append(text.substr(at));
}

}  // namespace scenograph::sparql
