#include "server/internal/body_source.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "base/error.hpp"
#include "server/internal/framing.hpp"

namespace scenograph::server {

namespace {

using base::Code;
using base::Error;

constexpr std::size_t received_at_once = std::size_t{64} << 10U;
constexpr std::size_t max_line = 256;
constexpr std::size_t max_trailer = 4096;

Error bad_chunk(std::string_view why) { return {Code::BadSyntax, std::string(why)}; }

}  // namespace

std::size_t BodySource::read(std::span<char> buffer) {
  if (ended_ || buffer.empty()) return 0;
  if (left_ == 0 && (framing_.content_length || !next_chunk())) {
    ended_ = true;
    return 0;
  }
  const std::size_t wanted = std::min(buffer.size(), left_);
  std::size_t got = std::min(wanted, at_hand());
  if (got > 0) {
    std::copy_n(framing_.arrived.data() + at_, got, buffer.data());
    at_ += got;
  } else {
    got = receive(buffer.data(), wanted);
  }
  left_ -= got;
  return got;
}

/// @return  false after the last one.
bool BodySource::next_chunk() {
  if (in_chunks_ && !take_line().empty()) throw bad_chunk("a chunk is longer than its size says");
  in_chunks_ = true;
  const auto size = chunk_size(take_line());
  if (!size) throw bad_chunk("a chunk does not start with its size");
  if (*size > framing_.max_bytes - total_) throw Error(Code::TooLarge, too_long(framing_.max_bytes, "--max-upload"));
  total_ += *size;
  left_ = *size;
  if (left_ == 0) end_trailer();
  return left_ != 0;
}

/// Up to the line's end, which is passed over.
std::string BodySource::take_line() {
  while (true) {
    const std::size_t end = framing_.arrived.find("\r\n", at_);
    if (end != std::string::npos) {
      std::string line = framing_.arrived.substr(at_, end - at_);
      at_ = end + 2;
      return line;
    }
    if (at_hand() > max_line) throw bad_chunk("a chunk's size line is too long");
    fill();
  }
}

void BodySource::end_trailer() {
  for (std::size_t size = 0; size < max_trailer;) {
    const std::string line = take_line();
    if (line.empty()) return;
    size += line.size();
  }
  throw bad_chunk("the trailer is too long");
}

void BodySource::fill() {
  framing_.arrived.erase(0, at_);
  at_ = 0;
  const std::size_t before = framing_.arrived.size();
  framing_.arrived.resize(before + received_at_once);
  framing_.arrived.resize(before + receive(framing_.arrived.data() + before, received_at_once));
}

std::size_t BodySource::receive(char* out, std::size_t size) {
  if (framing_.wants_continue) {
    framing_.wants_continue = false;
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    [[maybe_unused]] const auto sent = send(framing_.socket, go_on.data(), go_on.size(), MSG_NOSIGNAL);
  }
  while (true) {
    const ssize_t got = recv(framing_.socket, out, size, 0);
    if (got > 0) return static_cast<std::size_t>(got);
    if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
      throw Error(Code::Cancelled, "the client hung up before all of the body had arrived");
    }
    pollfd entry{framing_.socket, POLLIN, 0};
    if (poll(&entry, 1, static_cast<int>(framing_.timeout.count())) == 0) {
      stalled_ = true;
      throw Error(Code::Timeout,
                  fmt::format("nothing of the body came for {} s; send it again", framing_.timeout.count() / 1000));
    }
  }
}

}  // namespace scenograph::server
