#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace scenograph::server {

struct FramingLimits {
  std::size_t max_header_bytes;
  std::size_t max_body_bytes;
};

/// Tells where one HTTP/1.1 request ends in the bytes of a connection, as they arrive. Looks at each byte once or
/// twice.
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

  /// Whether the client waits for "100 Continue" before it sends the body.
  [[nodiscard]] bool wants_continue() const { return wants_continue_; }

  /// The body of a complete request, chunks joined. REQUIRES: Complete.
  [[nodiscard]] std::string body(std::string_view input) const;

  /// Why it was refused. REQUIRES: Refused.
  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }

 private:
  Progress refuse(int status, std::string reason);
  bool read_headers(std::string_view head);
  bool take_header(std::string_view name, std::string_view value);
  Progress advance_chunks(std::string_view input);

  FramingLimits limits_;
  std::size_t searched_ = 0;
  std::size_t header_end_ = 0;  ///< 0: not seen yet
  std::size_t body_end_ = 0;    ///< of a body with a length
  std::size_t chunk_at_ = 0;    ///< start of the next chunk's size line
  std::size_t chunk_bytes_ = 0;
  std::optional<std::size_t> content_length_;
  bool chunked_ = false;
  bool wants_continue_ = false;
  int status_ = 400;
  std::string reason_;
};

}  // namespace scenograph::server
