#include <fmt/format.h>
#include <serd/serd.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <exception>
#include <unordered_map>

#include "base/utf8.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"
#include "syntax/internal/names.hpp"
#include "syntax/internal/readers.hpp"
#include "syntax/internal/turtle_input.hpp"
#include "syntax/labels.hpp"
#include "syntax/prefixes.hpp"

namespace scenograph::syntax {

namespace {

using base::Code;
using base::Error;
using rdf::Term;

std::string_view text_of(const SerdNode& node) { return {reinterpret_cast<const char*>(node.buf), node.n_bytes}; }

struct FreeReader {
  void operator()(SerdReader* reader) const { serd_reader_free(reader); }
};

/// Serd does the grammar; prefixes, bases, labels and the checks of terms are done here.
class TurtleReader {
 public:
  TurtleReader(base::ByteSource& source, Format format, const ReadOptions& options, const rdf::QuadSink& sink)
      : input_(source, options),
        syntax_(format == Format::TriG ? SERD_TRIG : SERD_TURTLE),
        options_(options),
        sink_(sink),
        base_(options.base) {}

  void run() {
    start();
    while (true) {
      const std::uint64_t before = input_.offset();
      const SerdStatus status = serd_reader_read_chunk(reader_.get());
      if (sink_failure_) std::rethrow_exception(sink_failure_);
      if (input_failure_ || fault_ || status > SERD_FAILURE) {
        recover(status);
      } else {
        input_.accept();
        if (input_.at_end()) return;
        if (status == SERD_FAILURE && input_.offset() == before) recover(SERD_ERR_BAD_SYNTAX);
      }
      if (input_.at_end() && status != SERD_SUCCESS) return;
    }
  }

 private:
  void start() {
    reader_.reset(serd_reader_new(
        syntax_, this, nullptr,
        [](void* self, const SerdNode* uri) { return of(self).guard([&] { of(self).on_base(*uri); }); },
        [](void* self, const SerdNode* name, const SerdNode* uri) {
          return of(self).guard([&] { of(self).on_prefix(*name, *uri); });
        },
        [](void* self, SerdStatementFlags, const SerdNode* graph, const SerdNode* subject, const SerdNode* predicate,
           const SerdNode* object, const SerdNode* datatype, const SerdNode* language) {
          return of(self).guard([&] {
            of(self).on_statement(graph, {subject, predicate, object, datatype, language});
          });
        },
        nullptr));
    serd_reader_set_strict(reader_.get(), true);
    serd_reader_set_error_sink(
        reader_.get(), [](void* self, const SerdError* error) { return of(self).on_error(*error); }, this);
    serd_reader_start_source_stream(
        reader_.get(), [](void* buffer, std::size_t, std::size_t, void* self) { return of(self).on_read(buffer); },
        [](void* self) { return of(self).input_failure_ ? 1 : 0; }, this, nullptr, 1);
  }

  static TurtleReader& of(void* self) { return *static_cast<TurtleReader*>(self); }

  /// Keeps exceptions out of Serd: those of the input end the reading, others too unless lenient.
  template <typename Action>
  SerdStatus guard(Action action) noexcept {
    if (input_failure_) return SERD_ERR_UNKNOWN;  // what Serd took for the end may have cut a term short
    try {
      action();
      input_.mark();
      return SERD_SUCCESS;
    } catch (const Error& error) {
      if (options_.lenient && !sink_failure_) {
        report(options_, error, input_.since_mark(), "triple left out");
        input_.mark();
        return SERD_SUCCESS;
      }
      if (!fault_) fault_ = error;
    } catch (...) {
      sink_failure_ = std::current_exception();
    }
    return SERD_ERR_UNKNOWN;
  }

  std::size_t on_read(void* buffer) noexcept {
    if (input_failure_) return 0;
    try {
      const auto c = input_.next();
      if (!c) return 0;
      *static_cast<char*>(buffer) = *c;
      return 1;
    } catch (...) {
      input_failure_ = std::current_exception();
      return 0;
    }
  }

  SerdStatus on_error(const SerdError& error) noexcept {
    if (fault_ || input_failure_) return SERD_SUCCESS;
    std::array<char, 256> text{};
    std::vsnprintf(text.data(), text.size(), error.fmt, *error.args);
    std::string message(text.data());
    while (!message.empty() && (message.back() == '\n' || message.back() == '.')) message.pop_back();
    fault_ =
        Error(Code::BadSyntax, input_.at_end() ? message + "; the document may be cut short" : message, input_.where());
    return SERD_SUCCESS;
  }

  /// Throws the first fault, or reports it and goes on after the statement.
  void recover(SerdStatus status) {
    if (input_failure_) {
      try {
        std::rethrow_exception(input_failure_);
      } catch (const Error& error) {
        if (error.code() != Code::BadSyntax) throw;
        fault_ = error;
      }
    }
    if (!fault_) {
      fault_ = Error(Code::BadSyntax, reinterpret_cast<const char*>(serd_strerror(status)), input_.where());
    }
    if (!options_.lenient) throw Error(*fault_);
    report(options_, *fault_, input_.since_mark(), "rest of the statement passed over");
    input_failure_ = nullptr;
    fault_.reset();
    input_.skip_statement();
    labels_before_ = highest_label_;
    start();
  }

  void on_base(const SerdNode& uri) { base_ = absolute(text_of(uri)); }

  void on_prefix(const SerdNode& name, const SerdNode& uri) {
    prefixes_[std::string(text_of(name))] = absolute(text_of(uri));
  }

  struct Nodes {
    const SerdNode* subject;
    const SerdNode* predicate;
    const SerdNode* object;
    const SerdNode* datatype;
    const SerdNode* language;
  };

  void on_statement(const SerdNode* graph, const Nodes& nodes) {
    quad_.subject = term_of(*nodes.subject);
    quad_.predicate = term_of(*nodes.predicate);
    quad_.object = nodes.object->type == SERD_LITERAL ? literal_of(nodes) : term_of(*nodes.object);
    quad_.graph = graph != nullptr && graph->buf != nullptr ? term_of(*graph) : Term{};
    if (quad_.subject.is_literal() || !quad_.predicate.is_iri()) {
      throw Error(Code::BadSyntax, "a literal can only be an object, and a predicate must be an IRI", input_.where());
    }
    try {
      sink_(quad_);
    } catch (...) {
      sink_failure_ = std::current_exception();
      throw;
    }
  }

  Term term_of(const SerdNode& node) {
    switch (node.type) {
      case SERD_URI:
        return Term::iri(absolute(text_of(node)));
      case SERD_CURIE:
        return Term::iri(expand(text_of(node)));
      case SERD_BLANK:
        return Term::blank(label_of(text_of(node)));
      default:
        throw Error(Code::BadSyntax, "a literal can only be an object", input_.where());
    }
  }

  /// Serd hands on u<label> for nodes of the document (see TurtleInput) and b<number>, from 1 in each reader, for
  /// others.
  std::string label_of(std::string_view name) {
    if (name == "u") throw Error(Code::BadSyntax, "a blank node label is missing", input_.where());
    if (name.starts_with('u')) return document_label(name.substr(1));
    std::uint64_t number = 0;
    for (const char c : name.substr(1)) number = number * 10 + static_cast<std::uint64_t>(c - '0');
    highest_label_ = std::max(highest_label_, labels_before_ + number);
    return made_up_label(labels_before_ + number);
  }

  Term literal_of(const Nodes& nodes) {
    const std::string_view lexical = text_of(*nodes.object);
    check_escapes(lexical);
    if (nodes.language != nullptr && nodes.language->n_bytes != 0) {
      const std::string_view tag = text_of(*nodes.language);
      if (!is_language_tag(tag)) {
        throw Error(Code::BadSyntax, fmt::format("«{}» is not a language tag such as fr or fr-CA", tag),
                    input_.where_of(tag));
      }
      return Term::lang_literal(lexical, tag);
    }
    if (nodes.datatype == nullptr || nodes.datatype->n_bytes == 0) return Term::literal(lexical);
    const Term datatype = term_of(*nodes.datatype);
    if (!datatype.is_iri() || datatype.value == rdf::rdf::langString) {
      throw Error(Code::BadSyntax, "rdf:langString needs a language tag such as @fr in its place", input_.where());
    }
    return Term::literal(lexical, datatype.value);
  }

  std::string absolute(std::string_view reference) {
    const bool relative = !rdf::split_iri(reference).scheme;
    if (relative && base_.empty()) {
      throw Error(
          Code::BadSyntax,
          fmt::format("the IRI <{}> is relative and there is no base; give a base IRI, or @base <…> in the document",
                      reference),
          input_.where_of(fmt::format("<{}", reference)));
    }
    return checked(relative ? rdf::resolve_iri(base_, reference) : std::string(reference), reference);
  }

  std::string expand(std::string_view name) {
    const std::size_t colon = name.find(':');
    const std::string prefix(name.substr(0, colon));
    const auto found = prefixes_.find(prefix);
    if (found == prefixes_.end()) {
      const auto usual = usual_namespace(prefix);
      throw Error(Code::BadSyntax,
                  fmt::format("the prefix {}: is not declared; add @prefix {}: <{}> .", prefix, prefix,
                              usual ? *usual : std::string_view("…")),
                  input_.where_of(prefix + ":"));
    }
    return checked(found->second + std::string(name.substr(colon + 1)), name);
  }

  /// Input is UTF-8, so what is not can only come from an escape such as \uD800.
  void check_escapes(std::string_view text) {
    if (text.find('\xED') == std::string_view::npos || base::find_invalid_utf8(text) == std::string_view::npos) return;
    throw Error(Code::BadSyntax, "an escape from \\uD800 to \\uDFFF names no character", input_.where_of("\\"));
  }

  std::string checked(std::string iri, std::string_view as_written) {
    check_escapes(iri);
    if (const auto why = rdf::why_not_iri(iri)) {
      throw Error(Code::BadSyntax, fmt::format("<{}> is not an absolute IRI: {}", iri, *why),
                  input_.where_of(as_written));
    }
    return iri;
  }

  TurtleInput input_;
  SerdSyntax syntax_;
  const ReadOptions& options_;
  const rdf::QuadSink& sink_;
  std::string base_;
  std::unordered_map<std::string, std::string> prefixes_;
  std::unique_ptr<SerdReader, FreeReader> reader_;
  std::uint64_t highest_label_ = 0;
  std::uint64_t labels_before_ = 0;  // made-up labels given out by earlier readers
  rdf::Quad quad_;
  std::optional<Error> fault_;
  std::exception_ptr input_failure_;
  std::exception_ptr sink_failure_;
};

}  // namespace

void read_turtle(base::ByteSource& source, Format format, const ReadOptions& options, const rdf::QuadSink& sink) {
  TurtleReader(source, format, options, sink).run();
}

}  // namespace scenograph::syntax
