#include "rdf/iri.hpp"

#include <fmt/format.h>

namespace scenograph::rdf {

namespace {

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_scheme_char(char c) { return is_alpha(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; }

std::size_t scheme_length(std::string_view text) {
  if (text.empty() || !is_alpha(text[0])) return 0;
  std::size_t end = 1;
  while (end < text.size() && is_scheme_char(text[end])) ++end;
  return end < text.size() && text[end] == ':' ? end : 0;
}

void pop_segment(std::string& path) {
  const std::size_t slash = path.rfind('/');
  path.erase(slash == std::string::npos ? 0 : slash);
}

/// RFC 3986, section 5.2.4.
std::string remove_dot_segments(std::string_view input) {
  std::string out;
  const auto starts = [&input](std::string_view prefix) { return input.substr(0, prefix.size()) == prefix; };
  while (!input.empty()) {
    if (starts("../")) {
      input.remove_prefix(3);
    } else if (starts("./") || starts("/./")) {
      input.remove_prefix(2);
    } else if (input == "/.") {
      input = "/";
    } else if (starts("/../")) {
      input.remove_prefix(3);
      pop_segment(out);
    } else if (input == "/..") {
      input = "/";
      pop_segment(out);
    } else if (input == "." || input == "..") {
      input = {};
    } else {
      const std::size_t end = input.find('/', 1);
      out += input.substr(0, end);
      input.remove_prefix(end == std::string_view::npos ? input.size() : end);
    }
  }
  return out;
}

std::string merge_paths(const IriParts& base, std::string_view path) {
  if (base.authority && base.path.empty()) return "/" + std::string(path);
  const std::size_t slash = base.path.rfind('/');
  if (slash == std::string_view::npos) return std::string(path);
  return std::string(base.path.substr(0, slash + 1)) + std::string(path);
}

std::string join(const IriParts& parts, std::string_view path) {
  std::string out;
  if (parts.scheme) out.append(*parts.scheme).append(":");
  if (parts.authority) out.append("//").append(*parts.authority);
  out += path;
  if (parts.query) out.append("?").append(*parts.query);
  if (parts.fragment) out.append("#").append(*parts.fragment);
  return out;
}

}  // namespace

IriParts split_iri(std::string_view reference) noexcept {
  IriParts parts;
  if (const std::size_t length = scheme_length(reference); length != 0) {
    parts.scheme = reference.substr(0, length);
    reference.remove_prefix(length + 1);
  }
  if (const std::size_t hash = reference.find('#'); hash != std::string_view::npos) {
    parts.fragment = reference.substr(hash + 1);
    reference = reference.substr(0, hash);
  }
  if (const std::size_t mark = reference.find('?'); mark != std::string_view::npos) {
    parts.query = reference.substr(mark + 1);
    reference = reference.substr(0, mark);
  }
  if (reference.substr(0, 2) == "//") {
    reference.remove_prefix(2);
    const std::size_t end = reference.find('/');
    parts.authority = reference.substr(0, end);
    reference.remove_prefix(end == std::string_view::npos ? reference.size() : end);
  }
  parts.path = reference;
  return parts;
}

std::optional<std::string> why_not_iri(std::string_view iri) {
  if (iri.empty()) return "it is empty";
  if (scheme_length(iri) == 0) return "it has no scheme such as https:";
  for (std::size_t i = 0; i < iri.size(); ++i) {
    const char c = iri[i];
    if (c == ' ') return "it has a space";
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) return fmt::format("it has the control character U+{:04X}", byte);
    if (std::string_view("<>\"{}|^`\\").find(c) != std::string_view::npos)
      return fmt::format("it has the character {}", c);
    if (c == '%' && (i + 2 >= iri.size() || !is_hex(iri[i + 1]) || !is_hex(iri[i + 2]))) {
      return "it has a % without two hexadecimal digits";
    }
  }
  return std::nullopt;
}

std::string resolve_iri(std::string_view base, std::string_view reference) {
  const IriParts from = split_iri(base);
  const IriParts ref = split_iri(reference);
  if (ref.scheme) return join(ref, remove_dot_segments(ref.path));
  IriParts to = ref;
  to.scheme = from.scheme;
  if (ref.authority) return join(to, remove_dot_segments(ref.path));
  to.authority = from.authority;
  if (ref.path.empty()) {
    if (!ref.query) to.query = from.query;
    return join(to, from.path);
  }
  if (ref.path.front() == '/') return join(to, remove_dot_segments(ref.path));
  return join(to, remove_dot_segments(merge_paths(from, ref.path)));
}

std::string encode_iri_component(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = is_alpha(c) || is_digit(c) || byte >= 0x80 || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", byte);
    }
  }
  return out;
}

}  // namespace scenograph::rdf
