#include "ingest/rdf_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/progress.hpp"
#include "jsonld/any_syntax.hpp"
#include "syntax/compression.hpp"

namespace scenograph::ingest {

namespace fs = std::filesystem;
using base::Code;
using base::Error;
using syntax::Format;

namespace {

constexpr std::size_t sniffed_bytes = 4096;

/// Counts what passes through.
class CountingSource final : public base::ByteSource {
 public:
  CountingSource(std::unique_ptr<base::ByteSource> source, std::uint64_t& count)
      : source_(std::move(source)), count_(&count) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t got = source_->read(buffer);
    *count_ += got;
    return got;
  }

 private:
  std::unique_ptr<base::ByteSource> source_;
  std::uint64_t* count_;
};

/// A source whose first bytes can be looked at before they are read.
class PeekSource final : public base::ByteSource {
 public:
  explicit PeekSource(std::unique_ptr<base::ByteSource> source) : source_(std::move(source)) {
    start_.resize(sniffed_bytes);
    std::size_t size = 0;
    while (size < start_.size()) {
      const std::size_t got = source_->read(std::span(start_).subspan(size));
      if (got == 0) break;
      size += got;
    }
    start_.resize(size);
  }

  [[nodiscard]] std::string_view start() const { return start_; }

  std::size_t read(std::span<char> buffer) override {
    if (given_ == start_.size()) return source_->read(buffer);
    const std::size_t size = std::min(buffer.size(), start_.size() - given_);
    std::memcpy(buffer.data(), start_.data() + given_, size);
    given_ += size;
    return size;
  }

 private:
  std::unique_ptr<base::ByteSource> source_;
  std::string start_;
  std::size_t given_ = 0;
};

Format format_of(const RdfInput& input, std::string_view start) {
  if (input.format) return *input.format;
  if (const auto by_name = syntax::format_of_path(input.path.string())) return *by_name;
  if (const auto by_content = syntax::sniff(start)) return *by_content;
  throw Error(
      Code::BadArgument,
      fmt::format("cannot tell the format of {}: name it with --format (turtle, ntriples, nquads, trig, rdfxml, "
                  "jsonld, html)",
                  input.path.string()));
}

bool is_document(Format format) { return format == Format::JsonLd || format == Format::Html; }

std::string file_iri(const fs::path& path) {
  if (path == "-") return "file:///dev/stdin";
  std::string iri = "file://";
  for (const fs::path& part : fs::absolute(path).lexically_normal()) {
    if (part == "/") continue;
    iri += '/';
    for (const char c : part.string()) {
      const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || std::strchr("-._~", c) != nullptr;
      iri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return iri;
}

std::uint64_t size_of(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  return error ? 0 : size;
}

void add_files(const fs::path& folder, std::vector<fs::path>& files) {
  const std::size_t before = files.size();
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && syntax::format_of_path(entry.path().string())) files.push_back(entry.path());
  }
  if (files.size() == before) throw Error(Code::NotFound, fmt::format("no file of RDF in {}", folder.string()));
  std::sort(files.begin() + static_cast<std::ptrdiff_t>(before), files.end());
}

}  // namespace

std::string base_of(const RdfInput& input) { return input.base.empty() ? file_iri(input.path) : input.base; }

void read_rdf(const RdfInput& input, const rdf::QuadSink& sink) {
  std::uint64_t bytes = 0;
  auto file = std::make_unique<CountingSource>(base::open_file(input.path), bytes);
  PeekSource source(syntax::decompress(std::move(file), input.path.string()));
  const Format format = format_of(input, source.start());

  syntax::ReadOptions options;
  options.base = base_of(input);
  options.source_name = input.path.string();
  options.max_bytes = is_document(format) ? input.max_document : input.max_bytes;
  options.max_line = input.max_line;
  options.lenient = input.lenient;
  options.diagnostics = input.diagnostics;
  if (!input.show_progress) return jsonld::read_any(source, format, options, sink);

  base::Progress progress("read " + input.path.filename().string(), "quads", size_of(input.path));
  std::uint64_t quads = 0;
  jsonld::read_any(source, format, options, [&](const rdf::Quad& quad) {
    sink(quad);
    progress.update(++quads, bytes);
  });
}

std::vector<fs::path> rdf_files(std::span<const std::string> paths) {
  std::vector<fs::path> files;
  for (const std::string& path : paths) {
    if (path != "-" && !fs::exists(path)) throw Error(Code::NotFound, fmt::format("there is no {}", path));
    if (fs::is_directory(path)) {
      add_files(path, files);
    } else {
      files.emplace_back(path);
    }
  }
  return files;
}

}  // namespace scenograph::ingest
