#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace scenograph::server {

struct FramingLimits {
  std::size_t max_header_bytes;
  std::size_t max_body_bytes;

  // Of uploads, which are PUT and POST to one path:
  std::string_view upload_path = {};  ///< empty: there are none
  std::size_t max_upload_bytes = 0;
  std::size_t stream_from = 0;  ///< longer ones, and those in chunks, are handed on with the headers alone
};

/// The size of the chunk whose size line this is, extensions passed over.
[[nodiscard]] std::optional<std::size_t> chunk_size(std::string_view line);

/// What to say of a body over its limit.
[[nodiscard]] std::string too_long(std::size_t max_bytes, std::string_view option);

/// The value of a header among header lines that may be cut short, "" if it is not there. `name` in any case.
[[nodiscard]] std::string_view find_header(std::string_view head, std::string_view name);

/// Tells where one HTTP/1.1 request ends in the bytes of a connection, as they arrive. Looks at each byte once or
/// twice. A streamed request is complete with its headers.
///
/// Source: RFC 9112, sections 2.1, 6 and 7.1.
class Framing {
 public:
  explicit Framing(FramingLimits limits) : limits_(limits) {}

  enum class Progress { NeedMore, Complete, Refused };

  /// @param input  everything received of this request so far, and perhaps of the next one.
  [[nodiscard]] Progress advance(std::string_view input);

  /// Length of the whole request. REQUIRES: Complete.
  [[nodiscard]] std::size_t size() const { return body_end_; }

  [[nodiscard]] bool is_upload() const { return upload_; }
  [[nodiscard]] bool is_streamed() const { return streamed_; }
  [[nodiscard]] bool is_chunked() const { return chunked_; }
  [[nodiscard]] std::size_t content_length() const { return content_length_.value_or(0); }

  /// Whether the client waits for "100 Continue" before it sends the body.
  [[nodiscard]] bool wants_continue() const { return wants_continue_; }

  /// The body of a complete request, chunks joined. REQUIRES: Complete, not streamed.
  [[nodiscard]] std::string body(std::string_view input) const;

  /// Why it was refused. REQUIRES: Refused.
  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }

 private:
  Progress refuse(int status, std::string reason);
  bool read_headers(std::string_view head);
  bool take_header(std::string_view name, std::string_view value);
  void read_request_line(std::string_view line);
  [[nodiscard]] Progress begin_body();
  Progress advance_chunks(std::string_view input);

  FramingLimits limits_;
  std::size_t searched_ = 0;
  std::size_t header_end_ = 0;  ///< 0: not seen yet
  std::size_t body_end_ = 0;    ///< of a body with a length
  std::size_t chunk_at_ = 0;    ///< start of the next chunk's size line
  std::size_t chunk_bytes_ = 0;
  std::optional<std::size_t> content_length_;
  bool chunked_ = false;
  bool upload_ = false;
  bool streamed_ = false;
  bool wants_continue_ = false;
  int status_ = 400;
  std::string reason_;
};

}  // namespace scenograph::server
