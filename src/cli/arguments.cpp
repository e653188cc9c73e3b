#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <utility>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "base/quantity.hpp"
#include "cli/internal/command.hpp"
#include "rdf/iri.hpp"
#include "sparql/term_indexes.hpp"

namespace scenograph::cli {

namespace {

constexpr std::size_t max_text_bytes = std::size_t{64} << 20U;

}  // namespace

std::unique_ptr<store::Store> open_store(const Invocation& invocation, bool read_only,
                                         store::IndexWriting index_writing) {
  store::StoreOptions options;
  options.read_only = read_only;
  options.create = false;
  options.max_bytes = parse_bytes("store-size", invocation.text("store-size"));
  const std::string durability = invocation.text("durability");
  if (durability != "full" && durability != "relaxed") {
    throw base::Error(base::Code::BadArgument, "--durability is full or relaxed, not \"" + durability + "\"");
  }
  if (durability == "relaxed") options.durability = store::Durability::Relaxed;
  options.indexes = sparql::make_term_indexes();
  options.index_writing = index_writing;
  options.cut_log = invocation.options["cut-log"].as<bool>();
  return store::Store::open(invocation.data, options);
}

bool wants_json(const Invocation& invocation) {
  const std::string format = invocation.text("format");
  if (format.empty() || format == "text") return false;
  if (format == "json") return true;
  throw base::Error(base::Code::BadArgument, "--format is text or json, not \"" + format + "\"");
}

rdf::Term graph_option(const Invocation& invocation, const char* option) {
  if (!invocation.has(option)) return {};
  const std::string iri = invocation.text(option);
  if (const auto reason = rdf::why_not_iri(iri)) {
    throw base::Error(base::Code::BadArgument, fmt::format("--{} \"{}\" is no IRI: {}", option, iri, *reason));
  }
  return rdf::Term::iri(iri);
}

std::string text_argument(const Invocation& invocation, const char* file, const char* option) {
  if (invocation.has(file) == invocation.has(option)) {
    throw base::Error(base::Code::BadArgument, fmt::format("give either a file or -{} TEXT", option[0]));
  }
  if (invocation.has(option)) return invocation.text(option);
  const std::string path = invocation.text(file);
  const auto source = base::open_file(path);
  return base::read_all(*source, max_text_bytes, path);
}

Remarks::~Remarks() {
  if (told_ > shown_) {
    const bool french = language_ == "fr";
    fmt::print(stderr, "… {} {} {} (--messages N {})\n", french ? "et" : "and", base::with_thousands(told_ - shown_),
               french ? "de plus" : "more", french ? "en montre plus" : "shows more");
  }
}

base::DiagnosticSink Remarks::sink() {
  return [this](const base::Diagnostic& diagnostic) {
    if (told_++ < shown_) fmt::print(stderr, "{}\n", base::to_string(diagnostic, language_));
    if (diagnostic.severity != base::Severity::Info) ++count_;
  };
}

base::ByteSink standard_output() {
  return [](std::string_view bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size()) return;
    if (errno == EPIPE) std::_Exit(0);
    throw base::system_error(errno, "cannot write to standard output");
  };
}

std::uint64_t parse_bytes(std::string_view option, std::string_view text) {
  return base::parse_bytes("--" + std::string(option), text);
}

std::size_t memory_option(const Invocation& invocation) {
  if (invocation.has("memory")) return parse_bytes("memory", invocation.text("memory"));
  constexpr std::size_t most = std::size_t{3} << 30U;
  constexpr std::size_t least = std::size_t{64} << 20U;
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page_bytes = ::sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page_bytes <= 0) return most / 3;
  return std::clamp(static_cast<std::size_t>(pages) * static_cast<std::size_t>(page_bytes) / 4, least, most);
}

std::size_t threads_option(const Invocation& invocation) {
  constexpr std::size_t most = 64;
  constexpr std::size_t most_by_default = 16;
  if (!invocation.has("threads")) {
    return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, most_by_default);
  }
  const auto threads = invocation.options["threads"].as<std::size_t>();
  if (threads == 0 || threads > most) {
    throw base::Error(base::Code::BadArgument, fmt::format("--threads must be 1 to {}", most));
  }
  return threads;
}

std::uint64_t parse_milliseconds(std::string_view option, std::string_view text) {
  return base::parse_milliseconds("--" + std::string(option), text);
}

}  // namespace scenograph::cli
