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

/// Unpacked; `count` grows by what is read of the input.
std::unique_ptr<base::ByteSource> open_bytes(const RdfInput& input, std::uint64_t& count) {
  if (input.open) return std::make_unique<CountingSource>(input.open(), count);
  return syntax::decompress(std::make_unique<CountingSource>(base::open_file(input.path), count), input.path.string());
}

/// An input under way. Its members point at each other.
struct OpenInput {
  explicit OpenInput(const RdfInput& input)
      : source(open_bytes(input, bytes)), format(format_of(input, source.start())) {
    options.base = base_of(input);
    options.source_name = input.path.string();
    options.max_bytes = is_document(format) ? input.max_document : input.max_bytes;
    options.max_bytes_option = is_document(format) ? input.max_document_option : input.max_bytes_option;
    options.max_line = input.max_line;
    options.lenient = input.lenient;
    options.diagnostics = input.diagnostics;
    options.on_prefix = input.on_prefix;
    options.on_base = input.on_base;
    options.place = input.place;
  }
  OpenInput(const OpenInput&) = delete;
  OpenInput& operator=(const OpenInput&) = delete;

  std::uint64_t bytes = 0;  ///< read from the file
  PeekSource source;
  Format format;
  syntax::ReadOptions options;
};

/// Gathers quads, which come one by one, for a sink of views.
class Batches {
 public:
  Batches(const syntax::QuadViewSink& sink, std::function<void(std::uint64_t)> told)
      : sink_(sink), told_(std::move(told)), quads_(size) {
    views_.reserve(size);
  }

  void add(const rdf::Quad& quad) {
    rdf::Quad& kept = quads_[views_.size()];
    kept = quad;
    views_.push_back({rdf::TermView(kept.subject), rdf::TermView(kept.predicate), rdf::TermView(kept.object),
                      rdf::TermView(kept.graph)});
    if (views_.size() == size) hand_on();
  }

  void hand_on() {
    if (views_.empty()) return;
    sink_(views_);
    done_ += views_.size();
    views_.clear();
    told_(done_);
  }

 private:
  static constexpr std::size_t size = 256;
  const syntax::QuadViewSink& sink_;
  std::function<void(std::uint64_t)> told_;
  std::vector<rdf::Quad> quads_;
  std::vector<rdf::QuadView> views_;
  std::uint64_t done_ = 0;
};

}  // namespace

std::string base_of(const RdfInput& input) { return input.base.empty() ? file_iri(input.path) : input.base; }

void read_rdf(const RdfInput& input, const rdf::QuadSink& sink) {
  OpenInput open(input);
  if (!input.show_progress) return jsonld::read_any(open.source, open.format, open.options, sink, input.contexts);

  base::Progress progress("read " + input.path.filename().string(), "quads", size_of(input.path));
  std::uint64_t quads = 0;
  jsonld::read_any(
      open.source, open.format, open.options,
      [&](const rdf::Quad& quad) {
        sink(quad);
        progress.update(++quads, open.bytes);
      },
      input.contexts);
}

void read_rdf_views(const RdfInput& input, std::span<const syntax::QuadViewSink> sinks,
                    const std::function<void(const RdfProgress&)>& progress) {
  OpenInput open(input);
  RdfProgress done{0, 0, input.open ? 0 : size_of(input.path)};
  std::optional<base::Progress> shown;
  if (input.show_progress) shown.emplace("read " + input.path.filename().string(), "quads", done.total_bytes);
  const auto tell = [&](std::uint64_t quads) {
    done.quads = quads;
    done.bytes = open.bytes;
    if (shown) shown->update_now(done.quads, done.bytes);
    if (progress) progress(done);
  };
  if (open.format == Format::NTriples || open.format == Format::NQuads) {
    return syntax::read_lines_parallel(open.source, open.format, open.options, sinks,
                                       [&tell](const syntax::LineProgress& lines) { tell(lines.quads); });
  }
  Batches batches(sinks.front(), tell);
  jsonld::read_any(
      open.source, open.format, open.options, [&batches](const rdf::Quad& quad) { batches.add(quad); }, input.contexts);
  batches.hand_on();
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
