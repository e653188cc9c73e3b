#include "server/internal/body_source.hpp"

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "base/error.hpp"

namespace scenograph::server {

namespace {

/// Two sockets, what is written to one read from the other.
class SocketPair {
 public:
  SocketPair() {
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets_) == 0);
    fcntl(sockets_[0], F_SETFL, O_NONBLOCK);
  }
  SocketPair(const SocketPair&) = delete;
  SocketPair& operator=(const SocketPair&) = delete;
  ~SocketPair() {
    hang_up();
    close(sockets_[0]);
  }

  [[nodiscard]] int reading() const { return sockets_[0]; }
  /// Any thread: no assertion, which one thread at a time may make.
  void write(std::string_view text) const {
    if (::write(sockets_[1], text.data(), text.size()) <= 0) std::abort();
  }
  void hang_up() {
    if (sockets_[1] >= 0) close(sockets_[1]);
    sockets_[1] = -1;
  }

 private:
  int sockets_[2] = {-1, -1};
};

BodyFraming framing_of(const SocketPair& sockets, std::string arrived, std::optional<std::size_t> content_length) {
  BodyFraming out;
  out.socket = sockets.reading();
  out.arrived = std::move(arrived);
  out.content_length = content_length;
  out.max_bytes = 1000;
  out.timeout = std::chrono::milliseconds(10'000);
  return out;
}

/// Reads a few bytes at a time.
std::string read_whole(BodySource& source) {
  std::string out;
  std::string piece(3, ' ');
  while (const std::size_t got = source.read(piece)) out.append(piece, 0, got);
  CHECK(source.read(piece) == 0);
  return out;
}

base::Code failure_of(BodySource& source) {
  try {
    read_whole(source);
  } catch (const base::Error& error) {
    return error.code();
  }
  FAIL("it was read");
  return {};
}

}  // namespace

TEST_CASE("A body is read wherever its bytes were cut") {
  const std::string chunks = "3\r\nabc\r\n5;x=y\r\ndefgh\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n";
  for (std::size_t cut = 0; cut <= chunks.size(); ++cut) {
    SocketPair sockets;
    BodySource source(framing_of(sockets, chunks.substr(0, cut), std::nullopt));
    std::thread writer([&] {
      for (std::size_t at = cut; at < chunks.size(); ++at) sockets.write(chunks.substr(at, 1));
    });
    CHECK(read_whole(source) == "abcdefgh0123456789");
    writer.join();
  }
  SocketPair sockets;
  sockets.write("cdef and the next request");
  BodySource source(framing_of(sockets, "ab", 6));
  CHECK(read_whole(source) == "abcdef");
}

TEST_CASE("A body that ends too early, or comes too slowly, or is too large fails") {
  SocketPair sockets;
  sockets.write("abc");
  sockets.hang_up();
  BodySource cut_short(framing_of(sockets, "", 4));
  CHECK(failure_of(cut_short) == base::Code::Cancelled);

  SocketPair silent;
  BodyFraming framing = framing_of(silent, "ab", 4);
  framing.timeout = std::chrono::milliseconds(1);
  BodySource stalled(std::move(framing));
  CHECK(failure_of(stalled) == base::Code::Timeout);
  CHECK(stalled.is_stalled());

  for (const char* chunks : {"3E9\r\n", "3E8\r\n", "FFFFFFFFFFFFFFFF\r\n"}) {
    BodySource large(framing_of(silent, chunks + std::string(1000, 'x') + "\r\n1\r\n", std::nullopt));
    CHECK(failure_of(large) == base::Code::TooLarge);
  }
  for (const char* chunks : {"xyz\r\n", "1\r\nabc\r\n0\r\n\r\n"}) {
    BodySource broken(framing_of(silent, chunks, std::nullopt));
    CHECK(failure_of(broken) == base::Code::BadSyntax);
  }
  BodySource endless(framing_of(silent, std::string(300, '1'), std::nullopt));
  CHECK(failure_of(endless) == base::Code::BadSyntax);
}

TEST_CASE("A client that asked is told to go on when its body is wanted") {
  SocketPair sockets;
  BodyFraming framing = framing_of(sockets, "", 1);
  framing.wants_continue = true;
  BodySource source(std::move(framing));
  sockets.write("x");
  CHECK(read_whole(source) == "x");
}

}  // namespace scenograph::server
