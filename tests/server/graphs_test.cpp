#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <thread>

#include "server/http_client.hpp"
#include "server/internal/errors.hpp"
#include "server/test_server.hpp"

namespace scenograph::server::tests {

namespace {

namespace fs = std::filesystem;

const std::string target = "/graphs?graph=" + encode("http://ex.test/g");

bool holds(const Answer& answer, std::string_view text) { return answer.body.find(text) != std::string::npos; }

/// Takes writes, and bodies of 1,000 bytes and more as large ones.
ServerOptions writable() {
  ServerOptions options;
  options.write_token = "secret";
  options.bulk_from = 1000;
  options.load_memory = std::size_t{16} << 20U;
  return options;
}

/// Triples numbered from `first` on, one a line.
std::string triples(int first, int count) {
  std::string out;
  for (int i = first; i < first + count; ++i)
    out += fmt::format("<http://ex.test/s{}> <http://ex.test/p> \"{}\" .\n", i, i);
  return out;
}

Answer write(const TestServer& server, const char* method, const std::string& body,
             std::map<std::string, std::string> headers = {}, const std::string& to = target) {
  headers.emplace("Content-Type", "application/n-triples");
  headers.emplace("Authorization", "Bearer secret");
  return call(server.port(), {method, to, headers, body});
}

std::string in_chunks(const std::string& body, std::size_t size) {
  std::string out;
  for (std::size_t at = 0; at < body.size(); at += size) {
    const std::string piece = body.substr(at, size);
    out += fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
  }
  return out + "0\r\n\r\n";
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

std::uint64_t quads(TestServer& server) { return server.store().info().quads; }

/// Whether a load has left files on its way behind.
bool is_clean(const TestServer& server) {
  for (const auto& entry : fs::directory_iterator(server.folder())) {
    if (entry.path().filename().string().starts_with("scratch-")) return false;
  }
  return true;
}

/// Whether a bulk load is under way before long.
bool starts_to_load(const TestServer& server) {
  for (int i = 0; i < 5000 && is_clean(server); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  return !is_clean(server);
}

/// As `write`, again for as long as another large graph is being loaded.
Answer write_in_turn(const TestServer& server, const std::string& body) {
  Answer out = write(server, "POST", body);
  for (int i = 0; i < 5000 && out.status == 503; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    out = write(server, "POST", body);
  }
  return out;
}

}  // namespace

TEST_CASE("A graph is put, added to, read and deleted, small or large") {
  const int count = GENERATE(3, 500);  // in one transaction, or through a bulk load
  TestServer server({}, writable());
  Answer answer = write(server, "PUT", triples(0, count));
  CHECK(answer.status == 201);
  CHECK(answer.body == fmt::format("{{\"commit\":1,\"inserted\":{},\"removed\":0}}\n", count));
  CHECK(answer.headers.at("content-type") == "application/json");
  answer = write(server, "POST", triples(1, count));
  CHECK(answer.status == 200);
  CHECK(answer.body == "{\"commit\":2,\"inserted\":1,\"removed\":0}\n");
  answer = write(server, "POST", triples(1, count));
  CHECK(answer.body == "{\"commit\":2,\"inserted\":0,\"removed\":0}\n");
  answer = write(server, "PUT", triples(2, count));
  CHECK(answer.status == 200);
  CHECK(answer.body == "{\"commit\":3,\"inserted\":1,\"removed\":2}\n");

  answer = get(server.port(), target, {{"Accept", "application/n-triples"}});
  CHECK(answer.status == 200);
  CHECK(static_cast<int>(std::count(answer.body.begin(), answer.body.end(), '\n')) == count);
  CHECK(holds(answer, "<http://ex.test/s2> <http://ex.test/p> \"2\" .\n"));
  CHECK(get(server.port(), target + "&format=ttl").headers.at("content-type") == "text/turtle; charset=utf-8");
  CHECK(get(server.port(), "/graphs?default").status == 404);

  answer = write(server, "DELETE", "");
  CHECK(answer.status == 200);
  CHECK(answer.body == fmt::format("{{\"commit\":4,\"inserted\":0,\"removed\":{}}}\n", count));
  CHECK(write(server, "DELETE", "").status == 404);
  CHECK(get(server.port(), target).status == 404);
  CHECK(is_clean(server));
}

TEST_CASE("Of other graphs nothing is touched") {
  TestServer server({}, writable());
  CHECK(write(server, "PUT", triples(0, 500), {}, "/graphs?default").status == 201);
  CHECK(write(server, "PUT", triples(0, 500)).status == 201);
  CHECK(write(server, "PUT", triples(0, 1)).body == "{\"commit\":3,\"inserted\":0,\"removed\":499}\n");
  CHECK(quads(server) == 501);
}

TEST_CASE("A body may come in chunks and packed") {
  TestServer server({}, writable());
  const std::string text = triples(0, 5000);
  struct Row {
    const char* encoding;
    std::string body;
  };
  for (const Row& row : {Row{"gzip", gzip(text)}, Row{"zstd", zstd(text)}, Row{"identity", text}}) {
    CAPTURE(row.encoding);
    CHECK(write(server, "PUT", row.body, {{"Content-Encoding", row.encoding}}).status == 201);
    CHECK(quads(server) == 5000);
    CHECK(write(server, "DELETE", "").status == 200);
    Client client(server.port());
    client.send(
        fmt::format("POST {} HTTP/1.1\r\nAuthorization: Bearer secret\r\nContent-Type: text/turtle\r\n"
                    "Transfer-Encoding: chunked\r\nContent-Encoding: {}\r\n\r\n",
                    target, row.encoding));
    client.send(in_chunks(row.body, 777));
    CHECK(client.receive().status == 201);
    CHECK(quads(server) == 5000);
    CHECK(write(server, "DELETE", "").status == 200);
  }
}

TEST_CASE("Relative IRIs and blank nodes are the document's own") {
  TestServer server({}, writable());
  const std::string turtle = "<#a> <p> _:x . _:x <p> [] .";
  CHECK(write(server, "POST", turtle, {{"Content-Type", "text/turtle"}}).status == 201);
  CHECK(write(server, "POST", turtle, {{"Content-Type", "text/turtle"}}).status == 200);
  const Answer answer = get(server.port(), target + "&format=nt");
  CHECK(holds(answer, "<http://ex.test/g#a> <http://ex.test/p> _:"));
  CHECK(quads(server) == 4);
}

TEST_CASE("A fault is told with its place, and nothing is stored") {
  const int count = GENERATE(3, 500);
  TestServer server({}, writable());
  const std::string faulty = triples(0, count) + "<http://ex.test/s> nonsense .\n" + triples(count, count);
  Answer answer = write(server, "POST", faulty, {{"Accept", "application/json"}});
  CHECK(answer.status == 400);
  CHECK(holds(answer, fmt::format("\"line\":{},\"column\":20", count + 1)));
  CHECK(quads(server) == 0);
  CHECK(server.store().snapshot()->commit_number() == 0);
  CHECK(is_clean(server));

  answer = write(server, "POST", faulty, {}, target + "&lenient=true");
  CHECK(answer.status == 201);
  CHECK(holds(answer, "\"passed_over\":1,\"remarks\":[\"body:"));
  CHECK(quads(server) == static_cast<std::uint64_t>(2 * count));
}

TEST_CASE("What cannot be taken is refused in time") {
  TestServer server({}, writable());
  const std::string large = triples(0, 500);
  CHECK(write(server, "POST", large, {{"Authorization", "Bearer other"}}).status == 401);
  CHECK(write(server, "POST", large, {{"Content-Type", "image/png"}}).status == 415);
  CHECK(write(server, "POST", large, {{"Content-Type", "application/n-quads"}}).status == 415);
  CHECK(write(server, "POST", large, {{"Content-Encoding", "br"}}).status == 415);
  CHECK(write(server, "PUT", large, {}, "/graphs").status == 400);
  CHECK(write(server, "POST", large, {}, "/graphs?graph=relative").status == 400);
  CHECK(write(server, "POST", large, {}, target + "&default").status == 400);
  CHECK(write(server, "POST", gzip(large).substr(0, 300), {{"Content-Encoding", "gzip"}}).status == 400);
  const std::string named =
      R"([{"@id":"http://ex.test/other","@graph":[{"@id":"http://ex.test/s","http://ex.test/p":1}]}])";
  const Answer answer = write(server, "POST", named, {{"Content-Type", "application/ld+json"}});
  CHECK(answer.status == 400);
  CHECK(holds(answer, "http://ex.test/other"));
  CHECK(quads(server) == 0);
  TestServer closed;
  CHECK(write(closed, "POST", large).status == 403);
}

TEST_CASE("Each limit names the option that raises it") {
  ServerOptions options = writable();
  options.max_upload_bytes = 100'000;
  options.max_unpacked_bytes = 200'000;
  options.max_replace_bytes = 50'000;
  options.max_line_bytes = 500;
  options.max_body_bytes = 2000;
  TestServer server({}, options);
  const auto refuses = [&](const Answer& answer, const char* option) {
    CAPTURE(answer.body);
    CHECK(answer.status == 413);
    CHECK(holds(answer, option));
  };
  refuses(write(server, "POST", triples(0, 5000)), "--max-upload");
  refuses(write(server, "POST", gzip(triples(0, 20'000)), {{"Content-Encoding", "gzip"}}), "--max-unpacked");
  refuses(write(server, "POST", "<s> <p> \"" + std::string(1500, 'x') + "\" ."), "--max-line");
  refuses(write(server, "POST", "[{}" + std::string(3000, ' ') + "]", {{"Content-Type", "application/ld+json"}}),
          "--max-body");
  CHECK(quads(server) == 0);
  CHECK(write(server, "PUT", triples(0, 2000)).status == 201);
  refuses(write(server, "PUT", triples(0, 1500)), "--max-replace");
  CHECK(quads(server) == 2000);
}

TEST_CASE("A client that hangs up, or falls silent, leaves nothing") {
  ServerOptions options = writable();
  options.request_timeout = std::chrono::milliseconds(100);
  TestServer server({}, options);
  const std::string head = fmt::format(
      "POST {} HTTP/1.1\r\nAuthorization: Bearer secret\r\nContent-Type: application/n-triples\r\n"
      "Content-Length: 1000000\r\n\r\n",
      target);
  {
    Client leaving(server.port());
    leaving.send(head + triples(0, 1000));
  }
  CHECK(write_in_turn(server, triples(0, 500)).status == 201);  // the slot is free again
  Client silent(server.port());
  silent.send(head + triples(1000, 1000));
  CHECK(silent.receive().status == 408);
  CHECK(quads(server) == 500);
  CHECK(is_clean(server));
}

TEST_CASE("While a large graph arrives, others read and write, and a second one is asked to come back") {
  TestServer server({}, writable());
  const std::string body = triples(0, 1000);
  Client slow(server.port());
  slow.send(
      fmt::format("PUT {} HTTP/1.1\r\nAuthorization: Bearer secret\r\nContent-Type: application/n-triples\r\n"
                  "Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
                  target, body.size()));
  slow.send(body.substr(0, body.size() / 2));
  REQUIRE(starts_to_load(server));
  const std::string other = "/graphs?graph=" + encode("http://ex.test/other");
  const Answer second = write(server, "POST", triples(0, 500), {}, other);
  CHECK(second.status == 503);
  CHECK(holds(second, "--max-loads"));
  CHECK(second.headers.count("retry-after") == 1);
  CHECK(write(server, "POST", triples(9000, 2), {}, other).status < 300);
  CHECK(get(server.port(), other).status == 200);
  CHECK(get(server.port(), target).status == 404);
  slow.send(body.substr(body.size() / 2));
  CHECK(slow.receive().status == 201);
  CHECK(get(server.port(), target).status == 200);
}

TEST_CASE("A graph that was filled while its replacement arrived is not replaced blindly") {
  TestServer server({}, writable());
  const std::string body = triples(0, 1000);
  Client slow(server.port());
  slow.send(
      fmt::format("PUT {} HTTP/1.1\r\nAuthorization: Bearer secret\r\nContent-Type: application/n-triples\r\n"
                  "Content-Length: {}\r\n\r\n",
                  target, body.size()));
  slow.send(body.substr(0, body.size() - 10));
  REQUIRE(starts_to_load(server));
  CHECK(write(server, "POST", triples(5000, 1)).status == 201);
  slow.send(body.substr(body.size() - 10));
  CHECK(slow.receive().status == 503);
  CHECK(quads(server) == 1);
  CHECK(is_clean(server));
}

TEST_CASE("A stopped server gives up what is arriving") {
  ServerOptions options = writable();
  options.stop_timeout = std::chrono::milliseconds(10);
  TestServer server({}, options);
  Client slow(server.port());
  slow.send(
      fmt::format("POST {} HTTP/1.1\r\nAuthorization: Bearer secret\r\nContent-Type: application/n-triples\r\n"
                  "Content-Length: 1000000\r\n\r\n{}",
                  target, triples(0, 1000)));
  REQUIRE(starts_to_load(server));
  server.server().stop();
  CHECK(quads(server) == 0);
  CHECK(is_clean(server));
}

TEST_CASE("Graphs that nobody may read are not given") {
  ServerOptions options = writable();
  options.readable = [](const store::View&) { return store::GraphSet::of({}); };
  TestServer server({}, options);
  CHECK(write(server, "PUT", triples(0, 1)).status == 201);
  CHECK(get(server.port(), target).status == 404);
}

TEST_CASE("A full disk is said to be") { CHECK(status_of(base::system_error(ENOSPC, "cannot write").code()) == 507); }

}  // namespace scenograph::server::tests
