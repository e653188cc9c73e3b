#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "base/bytes.hpp"

namespace scenograph::server {

/// What a BodySource has to know of the request that it is the body of.
struct BodyFraming {
  int socket = -1;                            ///< non-blocking
  std::string arrived;                        ///< bytes after the headers that were received with them
  std::optional<std::size_t> content_length;  ///< none: it comes in chunks
  bool wants_continue = false;                ///< the client waits for "100 Continue"
  std::size_t max_bytes = 0;                  ///< `--max-upload`
  std::chrono::milliseconds timeout{0};       ///< for any further bytes to arrive
};

/// The body of a request, chunks joined, taken from the socket as it is read: memory stays the same whatever its size.
///
/// Source: RFC 9112, sections 6 and 7.1.
class BodySource final : public base::ByteSource {
 public:
  explicit BodySource(BodyFraming framing) : framing_(std::move(framing)), left_(framing_.content_length.value_or(0)) {}

  /// @throws  Error(Code::Timeout) if nothing comes in time; Error(Code::Cancelled) if the client hangs up before the
  ///          end; Error(Code::TooLarge) naming `--max-upload`; Error(Code::BadSyntax) for chunks that are none.
  [[nodiscard]] std::size_t read(std::span<char> buffer) override;

  /// Whether the client was too slow.
  [[nodiscard]] bool is_stalled() const { return stalled_; }

 private:
  bool next_chunk();
  std::string take_line();
  void end_trailer();
  std::size_t receive(char* out, std::size_t size);
  void fill();
  [[nodiscard]] std::size_t at_hand() const { return framing_.arrived.size() - at_; }

  BodyFraming framing_;
  std::size_t at_ = 0;    ///< in `framing_.arrived`, which holds what was received and not read yet
  std::size_t left_ = 0;  ///< of the body, or of the chunk
  std::size_t total_ = 0;
  bool in_chunks_ = false;  ///< past the first chunk's start
  bool ended_ = false;
  bool stalled_ = false;
};

}  // namespace scenograph::server
