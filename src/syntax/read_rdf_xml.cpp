#include <fmt/format.h>
#include <raptor2/raptor2.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>

#include "rdf/iri.hpp"
#include "syntax/internal/names.hpp"
#include "syntax/internal/readers.hpp"
#include "syntax/internal/xml_follower.hpp"
#include "syntax/labels.hpp"
#include "syntax/language_tag.hpp"

namespace scenograph::syntax {

namespace {

using base::Code;
using base::Error;
using rdf::Term;

// raptor wants a base; what it makes of relative IRIs without one is known again by this.
constexpr std::string_view no_base = "x-no-base://none/";

std::string_view text_of(const unsigned char* text, std::size_t size) {
  return {reinterpret_cast<const char*>(text), text == nullptr ? 0 : size};
}

std::string_view text_of(raptor_uri* uri) {
  std::size_t size = 0;
  const unsigned char* text = raptor_uri_as_counted_string(uri, &size);
  return text_of(text, size);
}

struct Free {
  void operator()(raptor_world* world) const { raptor_free_world(world); }
  void operator()(raptor_parser* parser) const { raptor_free_parser(parser); }
  void operator()(raptor_uri* uri) const { raptor_free_uri(uri); }
};

class RdfXmlReader {
 public:
  RdfXmlReader(base::ByteSource& source, const ReadOptions& options, const rdf::QuadSink& sink)
      : source_(source), options_(options), sink_(sink), world_(raptor_new_world()) {
    raptor_world_set_flag(world_.get(), RAPTOR_WORLD_FLAG_LIBXML_GENERIC_ERROR_SAVE, 0);
    raptor_world_set_flag(world_.get(), RAPTOR_WORLD_FLAG_LIBXML_STRUCTURED_ERROR_SAVE, 0);
    raptor_world_set_log_handler(world_.get(), this,
                                 [](void* self, raptor_log_message* message) { of(self).on_message(*message); });
    raptor_world_set_generate_bnodeid_handler(
        world_.get(), this, [](void* self, unsigned char* label) { return of(self).on_label(label); });
    raptor_world_open(world_.get());
    parser_.reset(raptor_new_parser(world_.get(), "rdfxml"));
    if (!parser_) throw std::bad_alloc();
    set(RAPTOR_OPTION_NO_NET, 1);
    set(RAPTOR_OPTION_NO_FILE, 1);
    set(RAPTOR_OPTION_LOAD_EXTERNAL_ENTITIES, 0);
    set(RAPTOR_OPTION_NORMALIZE_LANGUAGE, 0);
    raptor_parser_set_statement_handler(
        parser_.get(), this, [](void* self, raptor_statement* statement) { of(self).on_statement(*statement); });
    if (!options_.on_prefix) return;
    raptor_parser_set_namespace_handler(
        parser_.get(), this, [](void* self, raptor_namespace* declared) { of(self).on_namespace(declared); });
  }

  void run() {
    const std::string base = options_.base.empty() ? std::string(no_base) : options_.base;
    const std::unique_ptr<raptor_uri, Free> uri(
        raptor_new_uri(world_.get(), reinterpret_cast<const unsigned char*>(base.c_str())));
    raptor_parser_parse_start(parser_.get(), uri.get());
    std::array<char, 16384> block{};
    while (const std::size_t got = source_.read(block)) {
      bound_text({block.data(), got});
      feed_block({block.data(), got});
    }
    feed({}, true);
  }

 private:
  static RdfXmlReader& of(void* self) { return *static_cast<RdfXmlReader*>(self); }

  void set(raptor_option option, int value) { raptor_parser_set_option(parser_.get(), option, nullptr, value); }

  /// Refuses a run without markup that raptor would gather in memory before anybody could look at it.
  void bound_text(std::string_view block) {
    const std::size_t markup = block.rfind('<');
    text_run_ = markup == std::string_view::npos ? text_run_ + block.size() : block.size() - markup;
    if (text_run_ > options_.max_line) throw too_long();
  }

  [[nodiscard]] Error too_long() const {
    return Error(Code::TooLarge,
                 fmt::format("a literal longer than {} bytes; --max-line raises the limit", options_.max_line),
                 where());
  }

  /// Each start tag that has a language by itself, so that it is known which triples come of it.
  void feed_block(std::string_view block) {
    while (const auto tag = follower_.follow(block)) {
      const std::size_t less = block.rfind('<', tag->end - 1);
      const std::size_t start = less == std::string_view::npos ? 0 : less;  // else in the block before
      feed(block.substr(0, start), false);
      own_language_ = tag->language;
      feed(block.substr(start, tag->end - start), false);
      own_language_.reset();
      block.remove_prefix(tag->end);
    }
    feed(block, false);
  }

  void feed(std::string_view bytes, bool last) {
    if (bytes.empty() && !last) return;
    const int failed = raptor_parser_parse_chunk(parser_.get(), reinterpret_cast<const unsigned char*>(bytes.data()),
                                                 bytes.size(), last ? 1 : 0);
    if (failure_) std::rethrow_exception(failure_);
    if (fault_) throw Error(*fault_);
    if (failed != 0) throw Error(Code::BadSyntax, "this is not RDF/XML", where());
  }

  [[nodiscard]] base::Where where() const {
    raptor_locator* locator = raptor_parser_get_locator(parser_.get());
    const int line = locator == nullptr ? 0 : raptor_locator_line(locator);
    const int column = locator == nullptr ? 0 : raptor_locator_column(locator);
    const auto known = [](int number) { return static_cast<std::uint64_t>(number > 0 ? number : 0); };
    return {options_.source_name, known(line), known(column)};
  }

  void stop() { raptor_parser_parse_abort(parser_.get()); }

  void on_message(const raptor_log_message& message) noexcept {
    if (fault_ || failure_ || !parser_) return;
    Error error(Code::BadSyntax, message.text == nullptr ? "this is not RDF/XML" : message.text, where());
    const bool removed = error.message().find("aboutEach") != std::string::npos;  // RDF 1.1 XML Syntax, section 5.1
    if (message.level >= RAPTOR_LOG_LEVEL_ERROR || (removed && !options_.lenient)) {
      fault_ = std::move(error);
      stop();
    } else if (message.level == RAPTOR_LOG_LEVEL_WARN) {
      report(options_, error, {}, {"kept as it is", "gardé tel quel"});
    }
  }

  void on_namespace(const raptor_namespace* declared) noexcept {
    raptor_uri* iri = raptor_namespace_get_uri(declared);
    if (fault_ || failure_ || iri == nullptr) return;
    const auto* prefix = reinterpret_cast<const char*>(raptor_namespace_get_prefix(declared));
    try {
      options_.on_prefix(prefix == nullptr ? "" : prefix, text_of(iri));
    } catch (...) {
      failure_ = std::current_exception();
      stop();
    }
  }

  unsigned char* on_label(unsigned char* given) noexcept {
    const std::string label = given == nullptr
                                  ? made_up_label(++labels_)
                                  : document_label(text_of(given, std::strlen(reinterpret_cast<char*>(given))));
    auto* copy = static_cast<unsigned char*>(std::malloc(label.size() + 1));
    if (copy != nullptr) std::memcpy(copy, label.c_str(), label.size() + 1);
    std::free(given);
    return copy;
  }

  void on_statement(const raptor_statement& statement) noexcept {
    if (fault_ || failure_) return;
    try {
      quad_.subject = term_of(*statement.subject);
      quad_.predicate = term_of(*statement.predicate);
      quad_.object = term_of(*statement.object);
    } catch (const Error& error) {
      if (options_.lenient)
        return report(options_, error, {}, {"the triple was left out", "le triplet a été laissé de côté"});
      fault_ = error;
      return stop();
    }
    try {
      sink_(quad_);
    } catch (...) {
      failure_ = std::current_exception();
      stop();
    }
  }

  [[nodiscard]] Term term_of(const raptor_term& term) const {
    if (term.type == RAPTOR_TERM_TYPE_URI) return Term::iri(checked(text_of(term.value.uri)));
    if (term.type == RAPTOR_TERM_TYPE_BLANK) {
      return Term::blank(text_of(term.value.blank.string, term.value.blank.string_len));
    }
    const raptor_term_literal_value& literal = term.value.literal;
    const std::string_view lexical = text_of(literal.string, literal.string_len);
    if (lexical.size() > options_.max_line) throw too_long();
    const std::string_view tag =
        own_language_ ? std::string_view(*own_language_) : text_of(literal.language, literal.language_len);
    if (literal.datatype == nullptr && !tag.empty()) {
      if (!is_language_tag(tag)) {
        throw Error(Code::BadSyntax, fmt::format("«{}» is not a language tag such as fr or fr-CA", tag), where());
      }
      return Term::lang_literal(lexical, tag);
    }
    if (literal.datatype == nullptr) return Term::literal(lexical);
    return Term::literal(lexical, checked(text_of(literal.datatype)));
  }

  [[nodiscard]] std::string_view checked(std::string_view iri) const {
    if (iri.starts_with(no_base)) {
      throw Error(
          Code::BadSyntax,
          fmt::format("the IRI <{}> is relative and there is no base; give a base IRI, or xml:base in the document",
                      iri.substr(no_base.size())),
          where());
    }
    if (const auto why = rdf::why_not_iri(iri)) {
      throw Error(Code::BadSyntax, fmt::format("<{}> is not an absolute IRI: {}", iri, *why), where());
    }
    return iri;
  }

  base::ByteSource& source_;
  const ReadOptions& options_;
  const rdf::QuadSink& sink_;
  std::unique_ptr<raptor_world, Free> world_;
  std::unique_ptr<raptor_parser, Free> parser_;
  std::uint64_t labels_ = 0;
  XmlFollower follower_{options_};
  std::uint64_t text_run_ = 0;  // bytes since the last '<'
  rdf::Quad quad_;
  std::optional<std::string> own_language_;  // of the start tag that raptor is given; "": none
  std::optional<Error> fault_;
  std::exception_ptr failure_;
};

}  // namespace

void read_rdf_xml(base::ByteSource& source, const ReadOptions& options, const rdf::QuadSink& sink) {
  RdfXmlReader(source, options, sink).run();
}

}  // namespace scenograph::syntax
