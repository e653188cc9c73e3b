#include "markup/internal/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "rdf/date_time.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"
#include "syntax/labels.hpp"
#include "syntax/language_tag.hpp"

namespace scenograph::markup {

namespace {

constexpr std::uint64_t least_work = std::uint64_t{1} << 20U;  ///< for any page
constexpr std::uint64_t work_of_byte = 64;                     ///< for each byte of the page
constexpr std::uint64_t work_of_quad = 64;

constexpr std::string_view duration = "http://www.w3.org/2001/XMLSchema#duration";
constexpr std::string_view year_and_month = "http://www.w3.org/2001/XMLSchema#gYearMonth";

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string with_single_spaces(std::string_view text) {
  std::string out;
  for (const char c : trimmed(text)) {
    const bool space = is_space(c);
    if (!space || out.empty() || out.back() != ' ') out += space ? ' ' : c;
  }
  return out;
}

/// Whether the text is a number, a time (seconds may be missing), an address, or a code of two or three capitals.
bool is_of_no_language(std::string_view text) {
  if (text.empty() || !number_datatype(text).empty() || !time_datatype(text).empty()) return true;
  if (text.starts_with("https://") || text.starts_with("http://")) return text.find(' ') == std::string_view::npos;
  if (text.size() > 10 && rdf::parse_date(text.substr(0, 10))) return true;
  return (text.size() == 2 || text.size() == 3) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Takes digits and then one of `marks` from the front; @return the mark, '\0' if they are not there.
char take_number(std::string_view& text, std::string_view marks, bool fraction_allowed) {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length])) ++length;
  if (length == 0) return '\0';
  if (fraction_allowed && length < text.size() && text[length] == '.') {
    const std::size_t point = length++;
    while (length < text.size() && is_digit(text[length])) ++length;
    if (length == point + 1 || length == text.size() || text[length] != 'S') return '\0';
  }
  if (length == text.size() || marks.find(text[length]) == std::string_view::npos) return '\0';
  const char mark = text[length];
  text.remove_prefix(length + 1);
  return mark;
}

/// XML Schema 1.1 Part 2, section 3.3.6: parts in their order, one at least, and one after T.
bool take_parts(std::string_view& text, std::string_view marks, bool fraction_allowed) {
  bool any = false;
  while (!text.empty() && text.front() != 'T') {
    const char mark = take_number(text, marks, fraction_allowed);
    if (mark == '\0') return false;
    marks.remove_prefix(marks.find(mark) + 1);
    any = true;
  }
  return any;
}

bool is_duration(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (!text.starts_with('P') || text.size() == 1) return false;
  text.remove_prefix(1);
  if (!text.starts_with('T') && !take_parts(text, "YMD", false)) return false;
  if (text.empty()) return true;
  text.remove_prefix(1);
  return take_parts(text, "HMS", true) && text.empty();
}

}  // namespace

Output::Output(const syntax::ReadOptions& options, std::size_t page_size, std::uint64_t last_label,
               const rdf::QuadSink& sink)
    : options_(options), sink_(sink), left_(least_work + work_of_byte * page_size), last_label_(last_label) {}

void Output::write(const rdf::Term& subject, std::string_view predicate, const rdf::Term& object) {
  spend(work_of_quad + subject.value.size() + predicate.size() + object.value.size());
  ++quads_;
  sink_({subject, rdf::Term::iri(predicate), object, {}});
}

void Output::spend(std::size_t steps) {
  if (steps > left_) {
    throw base::Error(
        base::Code::TooLarge,
        "the page says the same things so often that its data is many times as large as the page; give it "
        "as a <script type=\"application/ld+json\">",
        {options_.source_name});
  }
  left_ -= steps;
}

rdf::Term Output::blank() { return rdf::Term::blank(syntax::made_up_label(++last_label_)); }

std::optional<rdf::Term> Output::page() const {
  const std::string iri = encode_iri(std::string_view(options_.base).substr(0, options_.base.find('#')));
  return rdf::why_not_iri(iri) ? std::nullopt : std::optional(rdf::Term::iri(iri));
}

std::optional<rdf::Term> Output::link(const GumboElement& element, std::string_view reference) {
  const std::string encoded = encode_iri(trimmed(reference));
  const std::string iri = options_.base.empty() ? encoded : rdf::resolve_iri(options_.base, encoded);
  if (!rdf::why_not_iri(iri)) return rdf::Term::iri(iri);
  if (!warned_of_relative_) {
    warn(element, reference,
         {"the page has relative addresses, and its own is not known; give it by --base",
          "la page a des adresses relatives, et la sienne n’est pas connue ; donnez-la par --base"});
  }
  warned_of_relative_ = true;
  return std::nullopt;
}

rdf::Term Output::text(std::string_view lexical, std::string_view language) const {
  const bool tagged = syntax::is_language_tag(language) && !(options_.lenient && is_of_no_language(lexical));
  return tagged ? rdf::Term::lang_literal(lexical, language) : rdf::Term::literal(lexical);
}

std::string Output::text_in(const GumboElement& element) const {
  const std::string text = text_of(element);
  return options_.lenient ? with_single_spaces(text) : text;
}

void Output::warn(const GumboElement& element, std::string_view found, base::Phrase message) const {
  if (!options_.diagnostics) return;
  const base::Where where{options_.source_name, element.start_pos.line, element.start_pos.column};
  options_.diagnostics(
      {base::Severity::Warning, where, {}, std::string(base::cut_utf8(found, 200)), {}, std::move(message)});
}

std::vector<std::string_view> words_of(std::string_view list) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < list.size();) {
    std::size_t end = at;
    while (end < list.size() && !is_space(list[end])) ++end;
    if (end != at) words.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::string_view time_datatype(std::string_view text) {
  using namespace rdf;
  if (parse_date(text)) return xsd::date;
  if (parse_date_time(text)) return xsd::dateTime;
  if (parse_time(text)) return xsd::time;
  if (is_duration(text)) return duration;
  const std::size_t digits = text.starts_with('-') ? 1 : 0;
  const std::size_t month = text.find('-', digits);
  const std::string_view year = text.substr(0, month);
  const bool is_year = parse_date(std::string(year) + "-01-01").has_value();
  if (month == std::string_view::npos) return is_year ? xsd::gYear : std::string_view();
  return is_year && parse_date(std::string(text) + "-01") ? year_and_month : std::string_view();
}

std::string_view number_datatype(std::string_view text) {
  std::string_view rest = text;
  if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
  const auto take_digits = [&rest] {
    const std::size_t before = rest.size();
    while (!rest.empty() && is_digit(rest.front())) rest.remove_prefix(1);
    return before != rest.size();
  };
  bool digits = take_digits();
  if (digits && rest.empty()) return rdf::xsd::integer;
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    digits = take_digits() || digits;
  }
  if (!digits) return {};
  if (rest.starts_with('e') || rest.starts_with('E')) {
    rest.remove_prefix(1);
    if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
    if (!take_digits()) return {};
  }
  return rest.empty() ? rdf::xsd::double_ : std::string_view();
}

bool is_meant_as_iri(std::string_view iri) {
  constexpr std::array<std::string_view, 5> without_slashes = {"urn:", "tag:", "info:", "mailto:", "tel:"};
  const std::size_t colon = iri.find(':');
  if (colon != std::string_view::npos && iri.substr(colon).starts_with("://")) return true;
  return std::any_of(without_slashes.begin(), without_slashes.end(),
                     [&](std::string_view scheme) { return iri.starts_with(scheme); });
}

std::string encode_iri(std::string_view reference) {
  std::string out;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const char c = reference[i];
    if (c == '\t' || c == '\n' || c == '\r') continue;
    const auto byte = static_cast<unsigned char>(c);
    const bool stray_percent =
        c == '%' && (i + 2 >= reference.size() || !is_hex(reference[i + 1]) || !is_hex(reference[i + 2]));
    const bool forbidden =
        byte <= 0x20 || byte == 0x7F || std::string_view("<>\"{}|^`\\").find(c) != std::string_view::npos;
    if (stray_percent || forbidden) {
      out += fmt::format("%{:02X}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace scenograph::markup
