#include "ingest/rdf_input.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>

#include "base/file.hpp"

using namespace scenograph;

namespace {

constexpr int quad_count = 50'000;

/// A document of `quad_count` quads, in N-Triples (which is Turtle too).
std::string document() {
  std::string text;
  for (int i = 0; i < quad_count; ++i) text += "<http://x/s> <http://x/p> \"" + std::to_string(i) + "\" .\n";
  return text;
}

/// A file that goes with its end of scope.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& name, const std::string& content)
      : path_(std::filesystem::temp_directory_path() / ("rdf_input_test_" + std::to_string(::getpid()) + "_" + name)) {
    base::write_file(path_, content);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove(path_); }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("files of any format are read as views", "[rdf_input]") {
  const std::string text = document();
  for (const char* name : {"a.nt", "a.nq", "a.ttl", "a.trig"}) {
    for (const std::size_t threads : {1U, 2U}) {
      INFO(name << ", " << threads);
      const TemporaryFile file(name, text);
      std::atomic<std::int64_t> quads = 0, sum = 0;
      const std::vector<syntax::QuadViewSink> sinks(threads, [&](std::span<const rdf::QuadView> batch) {
        for (const rdf::QuadView& quad : batch) sum += std::stoi(std::string(quad.object.value));
        quads += static_cast<std::int64_t>(batch.size());
      });
      ingest::RdfInput input;
      input.path = file.path();
      ingest::RdfProgress last;
      ingest::read_rdf_views(input, sinks, [&last](const ingest::RdfProgress& now) { last = now; });
      CHECK(quads == quad_count);
      CHECK(sum == std::int64_t{quad_count} * (quad_count - 1) / 2);
      CHECK(last.quads == quad_count);
      CHECK(last.bytes == text.size());
      CHECK(last.total_bytes == text.size());
    }
  }
}

TEST_CASE("progress stops the reading of views by throwing", "[rdf_input]") {
  const std::string text = document();
  for (const char* name : {"b.nt", "b.ttl"}) {
    const TemporaryFile file(name, text);
    const std::vector<syntax::QuadViewSink> sinks(2, [](std::span<const rdf::QuadView>) {});
    ingest::RdfInput input;
    input.path = file.path();
    CHECK_THROWS_WITH(
        ingest::read_rdf_views(input, sinks, [](const ingest::RdfProgress&) { throw std::runtime_error("enough"); }),
        "enough");
  }
}

TEST_CASE("faults of views name the file", "[rdf_input]") {
  for (const char* name : {"c.nt", "c.ttl"}) {
    const TemporaryFile file(name, "<http://x/s> <http://x/p> \"1\" .\nbroken\n");
    const std::vector<syntax::QuadViewSink> sinks(2, [](std::span<const rdf::QuadView>) {});
    ingest::RdfInput input;
    input.path = file.path();
    CHECK_THROWS_WITH(ingest::read_rdf_views(input, sinks), Catch::StartsWith(file.path().string() + ":2:"));
  }
}
