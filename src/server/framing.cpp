#include "server/internal/framing.hpp"

#include <fmt/format.h>
#include <strings.h>

#include <algorithm>
#include <charconv>

namespace scenograph::server {

namespace {

constexpr std::size_t max_chunk_line = 256;
constexpr std::size_t max_trailer = 4096;
constexpr std::string_view end_of_line = "\r\n";
constexpr std::string_view end_of_headers = "\r\n\r\n";

bool same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Whether what ends by `mark` is longer than `most`, however much of it has come. @param from  where it begins
/// @param found  where the mark is in the input; npos if it has not come
bool is_longer(std::string_view input, std::size_t from, std::size_t found, std::string_view mark, std::size_t most) {
  const std::size_t held_back = mark.size() - 1;  // may be a part of the mark
  return std::min(found, input.size() - std::min(held_back, input.size())) > from + most;
}

std::optional<std::size_t> parse_size(std::string_view text, int base) {
  std::size_t out = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out, base);
  if (text.empty() || failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

}  // namespace

std::optional<std::size_t> chunk_size(std::string_view line) {
  return parse_size(trim(line.substr(0, std::min(line.find(';'), line.size()))), 16);
}

std::string too_long(std::size_t max_bytes, std::string_view option) {
  return fmt::format("the body is longer than {} bytes; {} raises the limit", max_bytes, option);
}

std::string_view find_header(std::string_view head, std::string_view name) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    if (line.empty()) return {};
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && same_text(line.substr(0, colon), name)) return trim(line.substr(colon + 1));
  }
  return {};
}

Framing::Progress Framing::refuse(int status, std::string reason) {
  status_ = status;
  reason_ = std::move(reason);
  return Progress::Refused;
}

bool Framing::take_header(std::string_view name, std::string_view value) {
  if (same_text(name, "content-length")) {
    const auto length = parse_size(value, 10);
    if (!length || (content_length_ && *content_length_ != *length)) {
      reason_ = "Content-Length is not one number";
      return false;
    }
    content_length_ = length;
  } else if (same_text(name, "transfer-encoding")) {
    chunked_ = same_text(value, "chunked");
    if (!chunked_) {
      status_ = 501;
      reason_ = "the only transfer encoding understood is chunked";
      return false;
    }
  } else if (same_text(name, "expect")) {
    wants_continue_ = same_text(value, "100-continue");
  }
  return true;
}

void Framing::read_request_line(std::string_view line) {
  if (limits_.upload_path.empty()) return;
  const std::size_t space = std::min(line.find(' '), line.size());
  const std::string_view method = line.substr(0, space);
  std::string_view path = line.substr(std::min(space + 1, line.size()));
  path = path.substr(0, path.find_first_of("? "));
  const bool is_below =
      path.starts_with(limits_.upload_path) && path.substr(limits_.upload_path.size()).starts_with('/');
  upload_ = (path == limits_.upload_path || is_below) && (method == "PUT" || method == "POST");
}

bool Framing::read_headers(std::string_view head) {
  read_request_line(head.substr(0, head.find("\r\n")));
  head.remove_prefix(std::min(head.find("\r\n") + 2, head.size()));  // past the request line
  while (!head.empty()) {
    const std::size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    const std::size_t colon = line.find(':');
    if (line.empty()) continue;
    if (colon == std::string_view::npos || colon == 0 || line[colon - 1] == ' ' || line.front() == ' ') {
      reason_ = "a header line has no name";
      return false;
    }
    if (!take_header(line.substr(0, colon), trim(line.substr(colon + 1)))) return false;
  }
  if (chunked_ && content_length_) {
    reason_ = "a request has either Content-Length or chunks, not both";
    return false;
  }
  return true;
}

Framing::Progress Framing::advance(std::string_view input) {
  if (header_end_ == 0) {
    const std::size_t end = input.find(end_of_headers, searched_ < 3 ? 0 : searched_ - 3);
    if (is_longer(input, 0, end, end_of_headers, limits_.max_header_bytes)) {
      return refuse(431, "the headers are too long");
    }
    searched_ = input.size();
    if (end == std::string_view::npos) return Progress::NeedMore;
    header_end_ = end + 4;
    chunk_at_ = header_end_;
    if (!read_headers(input.substr(0, end + 2))) return Progress::Refused;
    if (begin_body() == Progress::Refused) return Progress::Refused;
  }
  if (streamed_) return Progress::Complete;
  if (chunked_) return advance_chunks(input);
  return input.size() >= body_end_ ? Progress::Complete : Progress::NeedMore;
}

Framing::Progress Framing::begin_body() {
  const std::size_t length = content_length_.value_or(0);
  const std::size_t limit = upload_ ? limits_.max_upload_bytes : limits_.max_body_bytes;
  if (length > limit) return refuse(413, too_long(limit, upload_ ? "--max-upload" : "--max-body"));
  streamed_ = upload_ && (chunked_ || length > limits_.stream_from);
  body_end_ = header_end_ + (streamed_ ? 0 : length);
  return Progress::NeedMore;
}

Framing::Progress Framing::advance_chunks(std::string_view input) {
  while (true) {
    const std::size_t line_end = input.find(end_of_line, chunk_at_);
    if (is_longer(input, chunk_at_, line_end, end_of_line, max_chunk_line)) {
      return refuse(400, "a chunk's size line is too long");
    }
    if (line_end == std::string_view::npos) return Progress::NeedMore;
    const auto size = chunk_size(input.substr(chunk_at_, line_end - chunk_at_));
    if (!size) return refuse(400, "a chunk does not start with its size");
    if (*size == 0) {
      const std::size_t end = input.find(end_of_headers, line_end);
      if (is_longer(input, line_end, end, end_of_headers, max_trailer)) return refuse(431, "the trailer is too long");
      if (end == std::string_view::npos) return Progress::NeedMore;
      body_end_ = end + 4;
      return Progress::Complete;
    }
    if (*size > limits_.max_body_bytes || chunk_bytes_ + *size > limits_.max_body_bytes) {
      return refuse(413, too_long(limits_.max_body_bytes, "--max-body"));
    }
    const std::size_t next = line_end + 2 + *size + 2;
    if (input.size() < next) return Progress::NeedMore;
    if (input.substr(next - 2, 2) != "\r\n") return refuse(400, "a chunk is longer than its size says");
    chunk_bytes_ += *size;
    chunk_at_ = next;
  }
}

std::string Framing::body(std::string_view input) const {
  if (!chunked_) return std::string(input.substr(header_end_, body_end_ - header_end_));
  std::string out;
  for (std::size_t at = header_end_;;) {
    const std::size_t line_end = input.find("\r\n", at);
    const std::size_t size = chunk_size(input.substr(at, line_end - at)).value_or(0);
    if (size == 0) return out;
    out += input.substr(line_end + 2, size);
    at = line_end + 2 + size + 2;
  }
}

}  // namespace scenograph::server
