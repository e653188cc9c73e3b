#include "ingest/receive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/error.hpp"
#include "syntax/compression.hpp"

namespace scenograph::ingest {

namespace {

using base::Code;
using base::Error;

constexpr std::string_view name = "body";  // in messages: "body:3:14: …"

/// Bytes that were read already, then those of a source.
class ResumedSource final : public base::ByteSource {
 public:
  ResumedSource(std::string start, std::unique_ptr<base::ByteSource> rest)
      : start_(std::move(start)), rest_(std::move(rest)) {}

  std::size_t read(std::span<char> buffer) override {
    if (given_ == start_.size()) {
      start_ = {};
      given_ = 0;
      return rest_->read(buffer);
    }
    const std::size_t size = std::min(buffer.size(), start_.size() - given_);
    std::memcpy(buffer.data(), start_.data() + given_, size);
    given_ += size;
    return size;
  }

 private:
  std::string start_;
  std::unique_ptr<base::ByteSource> rest_;
  std::size_t given_ = 0;
};

/// Reads on until `text` has `size` bytes. @return whether the source had so many.
bool read_to(base::ByteSource& source, std::string& text, std::uint64_t size, const std::function<void()>& check) {
  constexpr std::size_t piece = std::size_t{1} << 16U;
  while (text.size() < size) {
    if (check) check();
    const std::size_t before = text.size();
    text.resize(before + std::min<std::uint64_t>(piece, size - before));
    const std::size_t got = source.read(std::span(text).subspan(before));
    text.resize(before + got);
    if (got == 0) return false;
  }
  return true;
}

RdfInput input_of(const GraphDocument& document) {
  RdfInput input;
  input.path = name;
  input.format = document.format;
  input.base = document.base;
  input.max_bytes = document.max_bytes;
  input.max_bytes_option = "--max-unpacked";
  input.max_document = document.max_document;
  input.contexts = document.contexts;
  input.max_document_option = "--max-body";
  input.max_line = document.max_line;
  input.lenient = document.lenient;
  input.diagnostics = document.diagnostics;
  return input;
}

void refuse_filled(const store::View& view, const rdf::Term& graph) {
  if (size_of_graph(view, graph) == 0) return;
  throw Error(Code::Busy, "another write has filled the graph meanwhile; send the document again");
}

Error too_large_to_replace(std::uint64_t max_replace) {
  return {Code::TooLarge,
          fmt::format("a graph that holds quads is replaced by at most {} bytes; --max-replace raises the limit, or "
                      "delete the graph first, then put the new one",
                      max_replace),
          {std::string(name)}};
}

}  // namespace

std::uint64_t size_of_graph(const store::View& view, const rdf::Term& graph) {
  const auto id = view.find(graph);
  return id ? view.count({{}, {}, {}, *id}) : 0;
}

LoadResult receive(store::Store& store, GraphDocument document, const store::CommitNote& note, LoadOptions options) {
  options.one_graph = true;
  RdfInput input = input_of(document);
  auto source = syntax::decompress(std::move(document.bytes), std::string(name));
  std::string start;
  bool is_small = !read_to(*source, start, std::max<std::uint64_t>(document.bulk_from, 1), options.check);
  const auto held = is_small || !document.admit ? nullptr : document.admit();
  if (!is_small && document.replace) {
    if (size_of_graph(*store.snapshot(), document.graph) > 0) {
      if (read_to(*source, start, document.max_replace + 1, options.check)) {
        throw too_large_to_replace(document.max_replace);
      }
      is_small = true;
    } else {
      options.before_commit = [&document](const store::View& view) { refuse_filled(view, document.graph); };
    }
  }
  if (is_small) {
    input.open = [&start] { return base::open_text(start); };
    return load_small(store, {&input, 1}, document.graph, note, options, document.replace);
  }
  input.open = [&] { return std::make_unique<ResumedSource>(std::move(start), std::move(source)); };
  return load_bulk(store, {&input, 1}, document.graph, note, options);
}

}  // namespace scenograph::ingest
