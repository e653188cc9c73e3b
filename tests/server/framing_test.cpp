#include "server/internal/framing.hpp"

#include <catch2/catch.hpp>

namespace scenograph::server {

namespace {

constexpr FramingLimits small{256, 64};

/// Feeds the text byte by byte, as the slowest client would.
Framing::Progress feed(Framing& framing, const std::string& text) {
  for (std::size_t size = 1; size < text.size(); ++size) {
    const auto progress = framing.advance(std::string_view(text).substr(0, size));
    if (progress != Framing::Progress::NeedMore) return progress;
  }
  return framing.advance(text);
}

}  // namespace

TEST_CASE("A request ends where its headers or its body do") {
  struct Row {
    const char* text;
    const char* body;
  };
  const Row rows[] = {
      {"GET / HTTP/1.1\r\n\r\n", ""},
      {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", ""},
      {"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", "abc"},
      {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", "abcde"},
      {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nA\r\n0\r\nTrailer: x\r\n\r\n", "A"}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::string text = row.text;
    Framing slow(small);
    CHECK(feed(slow, text) == Framing::Progress::Complete);
    CHECK(slow.size() == text.size());
    CHECK(slow.body(text) == row.body);
    Framing pipelined(small);
    CHECK(pipelined.advance(text + "GET /next") == Framing::Progress::Complete);
    CHECK(pipelined.size() == text.size());
  }
}

TEST_CASE("What cannot be framed is refused with its status") {
  struct Row {
    std::string text;
    int status;
  };
  const Row rows[] = {
      {"GET / HTTP/1.1\r\nX: " + std::string(300, 'x'), 431},
      {"POST / HTTP/1.1\r\nContent-Length: 65\r\n\r\n", 413},
      {"POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
      {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n", 413},
      {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400},
      {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(300, 'x') + "\r\n", 400},
      {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: " + std::string(5000, 'x') + "\r\n\r\n", 431},
      {"POST / HTTP/1.1\r\nno colon\r\n\r\n", 400}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    Framing framing(small);
    CHECK(feed(framing, row.text) == Framing::Progress::Refused);
    CHECK(framing.status() == row.status);
    CHECK(!framing.reason().empty());
    Framing at_once(small);
    CHECK(at_once.advance(row.text) == Framing::Progress::Refused);
  }
}

TEST_CASE("A large upload is handed on with its headers alone") {
  constexpr FramingLimits limits{256, 64, "/graphs", 1000, 10};
  struct Row {
    std::string head;
    std::size_t content_length;
    bool is_upload;
    bool is_streamed;
  };
  const Row rows[] = {{"POST /graphs?default HTTP/1.1\r\nContent-Length: 900\r\n\r\n", 900, true, true},
                      {"PUT /graphs HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 0, true, true},
                      {"PUT /graphs HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", 3, true, false},
                      {"DELETE /graphs HTTP/1.1\r\n\r\n", 0, false, false},
                      {"POST /graphs/x HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", 3, true, false},
                      {"POST /graphsx HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", 3, false, false}};
  for (const Row& row : rows) {
    CAPTURE(row.head);
    Framing framing(limits);
    CHECK(feed(framing, row.head) == Framing::Progress::Complete);
    CHECK(framing.is_upload() == row.is_upload);
    CHECK(framing.is_streamed() == row.is_streamed);
    CHECK(framing.content_length() == row.content_length);
    CHECK(framing.size() == row.head.size());
  }
  Framing framing(limits);
  CHECK(feed(framing, "POST /graphs HTTP/1.1\r\nContent-Length: 1001\r\n\r\n") == Framing::Progress::Refused);
  CHECK(framing.status() == 413);
  CHECK(framing.reason().find("--max-upload") != std::string::npos);
}

TEST_CASE("Headers are found by name in what came of them") {
  constexpr std::string_view head = "GET / HTTP/1.1\r\naccept:  text/html \r\nX: Accept\r\n\r\nLater: x";
  CHECK(find_header(head, "Accept") == "text/html");
  CHECK(find_header(head, "x") == "Accept");
  CHECK(find_header(head, "Later").empty());
  CHECK(find_header("nonsense", "Accept").empty());
}

}  // namespace scenograph::server
