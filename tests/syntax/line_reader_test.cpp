#include "syntax/line_reader.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "syntax/internal/line_chunks.hpp"

using namespace scenograph;
using syntax::Format;

namespace {

/// What came of reading a document.
struct Outcome {
  std::vector<std::string> quads;        ///< in N-Quads
  std::vector<std::string> diagnostics;  ///< "line:column message (found)"
  std::string error;                     ///< "line:column message"
};

std::string place_of(const base::Error& error) {
  return std::to_string(error.where().line) + ":" + std::to_string(error.where().column) + " " + error.message();
}

rdf::Term term_of(const rdf::TermView& view) {
  return {view.type, std::string(view.value), std::string(view.datatype), std::string(view.language)};
}

std::string text_of(const rdf::QuadView& quad) {
  std::string text;
  for (const rdf::TermView* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
    text += rdf::to_ntriples(term_of(*term)) + " ";
  }
  return text;
}

/// Hands its bytes out in pieces of any size.
class PiecewiseSource : public base::ByteSource {
 public:
  PiecewiseSource(std::string_view text, std::mt19937& random, std::size_t longest)
      : left_(text), random_(random), longest_(longest) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t piece = std::uniform_int_distribution<std::size_t>(1, longest_)(random_);
    const std::size_t size = std::min({piece, buffer.size(), left_.size()});
    std::copy_n(left_.begin(), size, buffer.begin());
    left_.remove_prefix(size);
    return size;
  }

 private:
  std::string_view left_;
  std::mt19937& random_;
  std::size_t longest_;
};

/// Hands out `text` and then fails.
class FailingSource : public base::ByteSource {
 public:
  explicit FailingSource(std::string text) : text_(std::move(text)), left_(base::open_text(text_)) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t got = left_->read(buffer);
    if (got == 0) throw base::Error(base::Code::Io, "the disk is gone");
    return got;
  }

 private:
  std::string text_;
  std::unique_ptr<base::ByteSource> left_;
};

Outcome read_with(base::ByteSource& source, std::size_t threads, syntax::ReadOptions options,
                  syntax::ChunkOptions chunks, const syntax::LineProgressSink& progress = {}) {
  Outcome outcome;
  options.diagnostics = [&outcome](const base::Diagnostic& each) {
    outcome.diagnostics.push_back(std::to_string(each.where.line) + ":" + std::to_string(each.where.column) + " " +
                                  each.message.en + " (" + each.found + ")");
  };
  std::vector<std::vector<std::string>> quads(threads);
  std::vector<syntax::QuadViewSink> sinks;
  for (auto& mine : quads) {
    sinks.emplace_back([&mine](std::span<const rdf::QuadView> batch) {
      for (const rdf::QuadView& quad : batch) mine.push_back(text_of(quad));
    });
  }
  try {
    syntax::read_lines_in_chunks(source, Format::NQuads, options, sinks, progress, chunks);
  } catch (const base::Error& error) {
    outcome.error = place_of(error);
  }
  for (const auto& each : quads) outcome.quads.insert(outcome.quads.end(), each.begin(), each.end());
  return outcome;
}

Outcome read_text(std::string_view text, std::size_t threads, const syntax::ReadOptions& options = {},
                  std::size_t chunk_size = std::size_t{1} << 20U) {
  const auto source = base::open_text(text);
  return read_with(*source, threads, options, {.size = chunk_size});
}

/// Reads each line as a document of its own: slow, and without chunks, ends of lines or numbers to get wrong.
Outcome read_line_by_line(const std::vector<std::string>& lines, bool lenient) {
  Outcome outcome;
  syntax::ReadOptions options;
  options.lenient = lenient;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Outcome one = read_text(lines[i], 1, options, 100);
    outcome.quads.insert(outcome.quads.end(), one.quads.begin(), one.quads.end());
    for (const std::string& each : one.diagnostics) {
      outcome.diagnostics.push_back(std::to_string(i + 1) + each.substr(each.find(':')));
    }
    if (one.error.empty()) continue;
    outcome.error = std::to_string(i + 1) + one.error.substr(one.error.find(':'));
    break;
  }
  return outcome;
}

std::vector<std::string> random_lines(std::mt19937& random, int bad_in_100) {
  static const std::vector<std::string> good = {
      "",
      "# <a:comment> é",
      " \t ",
      "<http://x/s> <http://x/p> <http://x/o> .",
      "_:b1 <http://x/p> _:été.1 <http://x/g> . # why",
      "<http://x/a%C3%A9> <a:p> \"plain\"@en .",
      "<http://x/\\u00E9> <a:p> \"two\\nlines \\\"\\U0001F3AD\\\"\"@FR-ca <a:g>.",
      "<a:s><a:p>\"1\"^^<http://www.w3.org/2001/XMLSchema#string>_:g.",
      "<a:s> <a:p> \"Une longue phrase, pour que la ligne passe plus d'un bloc de seize octets: théâtre\" .",
      "<urn:x-y:1> <a:p!~> \"2025-01-01\"^^<http://www.w3.org/2001/XMLSchema#date> .",
  };
  static const std::vector<std::string> bad = {
      "nothing",       "<a:s> <a:p> .",          "<a:s> <a:p> \"open .",   "<a:s> <a:p> \"x\\q\" .",
      "<a:s> <a b> .", "<a:s> <a:p> \"\xFF\" .", "<a:s> <a:p> <a:é%zz> .", "<a:s> <a:p> <a:o> <a:g> . <",
  };
  const auto pick = [&random](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  std::vector<std::string> lines;
  for (auto count = random() % 400; count > 0; --count) {
    lines.push_back(static_cast<int>(random() % 100) < bad_in_100 ? pick(bad) : pick(good));
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines, std::mt19937& random) {
  const std::vector<std::string> ends = {"\n", "\r\n", "\r"};
  const auto style = random() % 4;
  std::string text = random() % 2 == 0 ? "\xEF\xBB\xBF" : "";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool last = i + 1 == lines.size();
    if (last && random() % 2 == 0) return text + lines[i];
    std::string end = ends[style < 3 ? style : random() % 3];
    // An empty line between \r and \n would make them one end.
    if (text.ends_with('\r') && lines[i].empty() && end == "\n") end = "\r\n";
    text += lines[i] + end;
  }
  return text;
}

std::vector<std::string> sorted(std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  return texts;
}

std::string numbered(int count) {
  std::string text;
  for (int i = 1; i <= count; ++i) text += "<a:s> <a:p> \"" + std::to_string(i) + "\" .\n";
  return text;
}

}  // namespace

TEST_CASE("lines read in chunks by several threads are the lines of the document", "[lines]") {
  std::mt19937 random(20251125);
  for (int round = 0; round < 400; ++round) {
    const bool lenient = round % 2 == 0;
    const auto lines = random_lines(random, lenient ? 30 : static_cast<int>(random() % 2));
    const std::string text = joined(lines, random);
    const Outcome expected = read_line_by_line(lines, lenient);
    syntax::ReadOptions options;
    options.lenient = lenient;
    const std::size_t threads = 1 + random() % 4;
    const std::size_t chunk_size = 1 + random() % (random() % 2 == 0 ? 50 : 5000);
    PiecewiseSource source(text, random, 1 + random() % 3000);
    const Outcome outcome = read_with(source, threads, options, {.size = chunk_size, .fill = random() % 2 == 0});
    INFO("round " << round << ", " << threads << " threads, chunks of " << chunk_size);
    CHECK(outcome.error == expected.error);
    CHECK(outcome.diagnostics == expected.diagnostics);
    if (threads == 1) {
      CHECK(outcome.quads == expected.quads);
    } else if (expected.error.empty()) {
      CHECK(sorted(outcome.quads) == sorted(expected.quads));
    } else {
      const std::vector<std::string> all = sorted(outcome.quads), before = sorted(expected.quads);
      CHECK(std::includes(all.begin(), all.end(), before.begin(), before.end()));
    }
  }
}

TEST_CASE("the first fault of the document is named wherever chunks are cut", "[lines]") {
  const std::string text = numbered(20) + "<a:s> <a:p> é .\r\n" + numbered(20) + "broken\n" + numbered(200) + "broken";
  for (std::size_t chunk_size = 1; chunk_size < 200; ++chunk_size) {
    for (const std::size_t threads : {1U, 2U, 3U}) {
      INFO(chunk_size << ", " << threads);
      CHECK(read_text(text, threads, {}, chunk_size).error.starts_with("21:13 an object must be"));
    }
  }
}

TEST_CASE("progress ends with the whole document", "[lines]") {
  const std::string text = numbered(1000) + "# end\n\n";
  for (const std::size_t threads : {1U, 2U}) {
    syntax::LineProgress last;
    std::uint64_t calls = 0;
    const auto source = base::open_text(text);
    const auto progress = [&](const syntax::LineProgress& now) {
      CHECK((now.lines > last.lines && now.bytes > last.bytes && now.quads >= last.quads));
      last = now;
      ++calls;
    };
    CHECK(read_with(*source, threads, {}, {.size = 1000}, progress).quads.size() == 1000);
    CHECK(last.lines == 1002);
    CHECK(last.quads == 1000);
    CHECK(last.bytes == text.size());
    CHECK(calls > 10);
  }
}

TEST_CASE("long lines are read up to the limit", "[lines]") {
  const std::string literal(10'000'000, 'x');
  const std::string line = "<a:s> <a:p> \"" + literal + "\" .";
  const std::string text = numbered(2) + line + "\r\n" + numbered(2);
  for (const std::size_t threads : {1U, 2U}) {
    for (const bool lenient : {false, true}) {
      syntax::ReadOptions options;
      options.lenient = lenient;
      options.max_line = line.size();
      const Outcome whole = read_text(text, threads, options);
      CHECK(whole.error == "");
      CHECK(whole.quads.size() == 5);
      CHECK(std::count(whole.quads.begin(), whole.quads.end(), "<a:s> <a:p> \"" + literal + "\"  ") == 1);
      options.max_line = line.size() - 1;
      CHECK(read_text(text, threads, options).error ==
            "3:0 a line longer than " + std::to_string(options.max_line) + " bytes; --max-line raises the limit");
      options.max_line = 20;
      CHECK(read_text(text, threads, options, 50).error.starts_with("3:0 a line longer than 20 bytes"));
    }
  }
}

TEST_CASE("short lines that end in \\r are no long line", "[lines]") {
  std::string text = "<a:s> <a:p> <a:o> .\n";
  for (int i = 0; i < 500; ++i) text += "<a:s> <a:p> <a:o> .\r";
  std::mt19937 random(1);
  syntax::ReadOptions options;
  options.max_line = 19;
  for (const std::size_t chunk_size : {1U, 10U, 100U, 2000U, 100000U}) {
    for (const std::size_t longest : {1U, 7U, 100000U}) {
      PiecewiseSource source(text, random, longest);
      const Outcome outcome = read_with(source, 2, options, {.size = chunk_size});
      CHECK(outcome.error == "");
      CHECK(outcome.quads.size() == 501);
    }
  }
}

TEST_CASE("limits and failures of the source come after the lines before them", "[lines]") {
  for (const std::size_t threads : {1U, 2U}) {
    FailingSource sound(numbered(100) + "<a:s> <a:p> <a:cut");
    const Outcome outcome = read_with(sound, threads, {}, {.size = 300});
    CHECK(outcome.error == "0:0 the disk is gone");
    CHECK(outcome.quads.size() == 100);
    FailingSource broken(numbered(50) + "broken\n" + numbered(50));
    CHECK(read_with(broken, threads, {}, {.size = 300}).error.starts_with("51:1 "));

    std::vector<syntax::QuadViewSink> sinks(threads, [](std::span<const rdf::QuadView>) {});
    syntax::ReadOptions options;
    options.max_bytes = 100;
    const std::string text = numbered(100);
    const auto source = base::open_text(text);
    CHECK_THROWS_WITH(syntax::read_lines_parallel(*source, Format::NTriples, options, sinks),
                      Catch::Contains("--max-bytes"));
  }
}

TEST_CASE("what is thrown by those called comes through", "[lines]") {
  const std::string text = numbered(10000);
  const auto keep = [](std::span<const rdf::QuadView>) {};
  const auto refuse = [](std::span<const rdf::QuadView>) { throw std::runtime_error("full"); };
  for (const std::size_t threads : {1U, 2U, 3U}) {
    INFO(threads);
    const auto read = [&](const std::vector<syntax::QuadViewSink>& sinks, const std::string& from,
                          const syntax::ReadOptions& options, const syntax::LineProgressSink& progress) {
      const auto source = base::open_text(from);
      syntax::read_lines_in_chunks(*source, Format::NTriples, options, sinks, progress, {.size = 1000});
    };
    const std::vector<syntax::QuadViewSink> good(threads, keep), bad(threads, refuse);
    CHECK_NOTHROW(read(good, text, {}, {}));
    CHECK_THROWS_WITH(read(bad, text, {}, {}), "full");
    CHECK_THROWS_WITH(read(good, text, {}, [](const syntax::LineProgress&) { throw std::runtime_error("enough"); }),
                      "enough");
    syntax::ReadOptions options;
    options.lenient = true;
    options.diagnostics = [](const base::Diagnostic&) { throw std::runtime_error("too many"); };
    CHECK_THROWS_WITH(read(good, text + "broken\n" + text, options, {}), "too many");
  }
}

TEST_CASE("a document without lines is empty", "[lines]") {
  for (const char* text : {"", "\n", "\r\n\r\n", "\r", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n# only a remark"}) {
    for (const std::size_t threads : {1U, 2U}) {
      const Outcome outcome = read_text(text, threads, {}, 1);
      CHECK(outcome.error == "");
      CHECK(outcome.quads.empty());
    }
  }
}
