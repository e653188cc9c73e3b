#include <fmt/format.h>

#include <array>
#include <optional>
#include <unordered_map>
#include <utility>

#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"
#include "syntax/internal/names.hpp"
#include "syntax/internal/readers.hpp"
#include "syntax/internal/turtle_tokens.hpp"
#include "syntax/labels.hpp"
#include "syntax/language_tag.hpp"
#include "syntax/prefixes.hpp"

// RDF 1.1 Turtle, section 6.5, and TriG, section 4.5, by recursive descent. A term that is wrong though one sees where
// it ends is kept with its fault, so that lenient reading leaves out single triples.

namespace scenograph::syntax {

namespace {

using base::Code;
using base::Error;
using rdf::Term;
using rdf::TermType;

constexpr unsigned max_depth = 256;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
};

bool equals_ignoring_case(std::string_view text, std::string_view upper) {
  const auto same = [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b; };
  return std::equal(text.begin(), text.end(), upper.begin(), upper.end(), same);
}

/// Whether the IRI begins with a scheme.
bool has_scheme(std::string_view iri) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (iri.empty() || !is_letter(iri.front())) return false;
  for (const char c : iri) {
    if (c == ':') return true;
    if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') return false;
  }
  return false;
}

/// A term of the triple being read.
struct Slot {
  Term* term;
  std::optional<Error> fault;
};

class TurtleReader {
 public:
  TurtleReader(base::ByteSource& source, Format format, const ReadOptions& options, const rdf::QuadSink& sink)
      : tokens_(source, options), graphs_(format == Format::TriG), options_(options), sink_(sink), base_(options.base) {
    if (options_.place != nullptr) *options_.place = [this] { return tokens_.where(); };
  }
  TurtleReader(const TurtleReader&) = delete;
  TurtleReader& operator=(const TurtleReader&) = delete;
  ~TurtleReader() {
    if (options_.place != nullptr) *options_.place = nullptr;
  }

  void run() {
    while (true) {
      try {
        tokens_.next();
        while (statement()) tokens_.mark();
        return;
      } catch (const Error& fault) {
        if (in_sink_ || !options_.lenient || fault.code() != Code::BadSyntax) throw;
        report(options_, fault, tokens_.read_since_mark(),
               {"the rest of the statement was passed over", "le reste de l’énoncé a été laissé de côté"});
      }
      tokens_.skip_statement(depth_, in_braces_);
      depth_ = 0;
      in_braces_ = false;
      brackets_filled_ = false;
      leave_graph();
    }
  }

 private:
  [[nodiscard]] const Token& token() const { return tokens_.current(); }

  /// @return  false at the document's end.
  bool statement() {
    if (token().kind == TokenKind::End) return false;
    if (token().kind == TokenKind::Language) {
      at_directive();
    } else if (token().kind == TokenKind::Word && equals_ignoring_case(token().text, "PREFIX")) {
      tokens_.next();
      prefix();
    } else if (token().kind == TokenKind::Word && equals_ignoring_case(token().text, "BASE")) {
      tokens_.next();
      base_directive();
    } else if (token().kind == TokenKind::Word && equals_ignoring_case(token().text, "VERSION")) {
      tokens_.next();
      version();
    } else if (graphs_ && token().kind == TokenKind::Word && equals_ignoring_case(token().text, "GRAPH")) {
      tokens_.next();
      if (!graph_name()) throw tokens_.fault("expected a graph's name: an IRI or a blank node");
      graph();
    } else if (graphs_ && token().is('{')) {
      graph();
    } else if (graphs_ ? triples_or_graph() : triples()) {
      stop("expected . , ; or a further object");
    }
    return true;
  }

  void stop(const char* expected) {
    if (!token().is('.')) throw unexpected(expected);
    tokens_.next();
  }

  [[nodiscard]] Error unexpected(const char* expected) const {
    if (token().kind == TokenKind::End) return tokens_.fault(expected);
    if (token().is('{') && !graphs_) {
      return tokens_.fault("graphs in braces are TriG, not Turtle; say that it is trig");
    }
    return tokens_.fault(fmt::format("{}, found «{}»", expected, tokens_.as_written().substr(0, 80)));
  }

  void at_directive() {
    const std::string_view name = token().text;
    if (name == "prefix") {
      tokens_.next();
      prefix();
    } else if (name == "base") {
      tokens_.next();
      base_directive();
    } else if (name == "version") {
      tokens_.next();
      version();
    } else {
      throw unexpected("expected @prefix, @base or a triple");
    }
    stop("expected a full stop after the declaration");
  }

  void prefix() {
    if (token().kind != TokenKind::Name || token().colon + 1 != token().text.size()) {
      throw unexpected("expected a prefix with its colon");
    }
    std::string name(token().text.substr(0, token().colon));
    tokens_.next();
    std::string iri = declared_iri();
    if (options_.on_prefix) options_.on_prefix(name, iri);
    prefixes_.insert_or_assign(std::move(name), std::move(iri));
  }

  /// RDF 1.2 lets a document announce that it needs it; what it has of that is refused in its place.
  void version() {
    const std::string_view written = tokens_.as_written();
    if (token().kind != TokenKind::Text || written.starts_with("\"\"\"") || written.starts_with("'''")) {
      throw unexpected("expected a version of RDF in quotes, such as \"1.1\"");
    }
    tokens_.next();
  }

  void base_directive() { base_ = declared_iri(); }

  std::string declared_iri() {
    if (token().kind != TokenKind::Iri) throw unexpected("expected an IRI in <>");
    std::string iri;
    if (auto fault = read_iri(iri)) throw Error(std::move(*fault));
    tokens_.next();
    return iri;
  }

  bool graph_name() {
    if (token().is('[')) {
      set_blank(graph_, made_up_label(++made_up_));
      if (!tokens_.next().is(']')) throw unexpected("expected ]");
      tokens_.next();
      return true;
    }
    return node(graph_);
  }

  void leave_graph() {
    *graph_.term = Term{};
    graph_.fault.reset();
  }

  void graph() {
    if (!token().is('{')) throw unexpected("expected {");
    in_braces_ = true;
    tokens_.next();
    while (!token().is('}')) {
      triples();
      if (!token().is('.')) break;
      tokens_.next();
    }
    if (!token().is('}')) throw unexpected("expected . , ; or }");
    in_braces_ = false;
    tokens_.next();
    leave_graph();
  }

  /// @return  whether it was triples.
  bool triples_or_graph() {
    if (token().is('(')) return triples();
    if (token().is('[')) {
      subject_brackets();
    } else if (!node(subject_)) {
      throw no_subject();
    }
    if (token().is('{') && !brackets_filled_) {
      std::swap(*graph_.term, *subject_.term);
      graph_.fault = std::move(subject_.fault);
      graph();
      return false;
    }
    rest_of_triples();
    return true;
  }

  bool triples() {
    if (token().is('[')) {
      subject_brackets();
    } else if (token().is('(')) {
      subject_list();
    } else if (!node(subject_)) {
      throw no_subject();
    }
    rest_of_triples();
    return true;
  }

  void rest_of_triples() {
    const bool may_end = std::exchange(brackets_filled_, false);
    if (!may_end || !(token().is('.') || token().is('}'))) predicates();
  }

  [[nodiscard]] Error no_subject() const { return unexpected("expected a subject: an IRI, a blank node or a list"); }

  /// [] or [ … ] as a subject.
  void subject_brackets() {
    const std::string label = made_up_label(++made_up_);
    set_blank(subject_, label);
    deepen();
    brackets_filled_ = !tokens_.next().is(']');
    if (brackets_filled_) predicates();
    if (!token().is(']')) throw unexpected("expected ; or ]");
    --depth_;
    tokens_.next();
  }

  void subject_list() {
    deepen();
    if (tokens_.next().is(')')) {
      set_iri(subject_, rdf::rdf::nil);
      --depth_;
      tokens_.next();
      return;
    }
    const std::string head = made_up_label(++made_up_);
    elements(head);
    set_blank(subject_, head);
    subject_.fault.reset();
  }

  void predicates() {
    predicate();
    objects();
    while (token().is(';')) {
      if (tokens_.next().is(';') || token().is('.') || token().is(']') || token().is('}')) continue;
      if (token().kind == TokenKind::End) break;
      predicate();
      objects();
    }
  }

  void predicate() {
    if (token().kind == TokenKind::Word && token().text == "a") {
      set_iri(predicate_, rdf::rdf::type);
      tokens_.next();
      return;
    }
    if (token().kind != TokenKind::Iri && token().kind != TokenKind::Name) {
      throw unexpected("expected a predicate: an IRI or a");
    }
    node(predicate_);
  }

  void objects() {
    object();
    while (token().is(',')) {
      tokens_.next();
      object();
    }
  }

  void object() {
    if (token().is('[')) return object_brackets();
    if (token().is('(')) return object_list();
    if (!node(object_)) literal();
    emit();
  }

  void object_brackets() {
    const std::string label = made_up_label(++made_up_);
    set_blank(object_, label);
    deepen();
    tokens_.next();
    emit();
    if (!token().is(']')) inside(label, [this] { predicates(); });
    if (!token().is(']')) throw unexpected("expected ; or ]");
    --depth_;
    tokens_.next();
  }

  void object_list() {
    deepen();
    if (tokens_.next().is(')')) {
      set_iri(object_, rdf::rdf::nil);
      --depth_;
      tokens_.next();
      return emit();
    }
    const std::string head = made_up_label(++made_up_);
    set_blank(object_, head);
    emit();
    inside(head, [this, &head] { elements(head); });
  }

  /// Runs `action` with another subject, and puts subject and predicate back.
  template <typename Action>
  void inside(const std::string& label, const Action& action) {
    Term outer_subject = std::move(*subject_.term);
    Term outer_predicate = std::move(*predicate_.term);
    auto subject_fault = std::exchange(subject_.fault, std::nullopt);
    auto predicate_fault = std::exchange(predicate_.fault, std::nullopt);
    set_blank(subject_, label);
    action();
    *subject_.term = std::move(outer_subject);
    *predicate_.term = std::move(outer_predicate);
    subject_.fault = std::move(subject_fault);
    predicate_.fault = std::move(predicate_fault);
  }

  /// The elements of a list that is not empty, and its closing bracket; `cell` is its first node.
  void elements(std::string cell) {
    while (true) {
      set_blank(subject_, cell);
      set_iri(predicate_, rdf::rdf::first);
      object();
      const bool ends = token().is(')');
      set_blank(subject_, cell);
      set_iri(predicate_, rdf::rdf::rest);
      if (ends) break;
      cell = made_up_label(++made_up_);
      set_blank(object_, cell);
      emit();
    }
    set_iri(object_, rdf::rdf::nil);
    --depth_;
    tokens_.next();
    emit();
  }

  void deepen() {
    if (++depth_ <= max_depth) return;
    throw Error(Code::TooLarge, fmt::format("brackets nested more than {} deep", max_depth), tokens_.where());
  }

  void emit() {
    for (const Slot* slot : {&subject_, &predicate_, &object_, &graph_}) {
      if (!slot->fault) continue;
      report(options_, *slot->fault, tokens_.since_mark(),
             {"the triple was left out", "le triplet a été laissé de côté"});
      tokens_.mark();
      return;
    }
    in_sink_ = true;
    sink_(quad_);
    in_sink_ = false;
    tokens_.mark();
  }

  static void set(Slot& slot, TermType type) {
    slot.term->type = type;
    slot.term->datatype.clear();
    slot.term->language.clear();
    slot.fault.reset();
  }

  static void set_blank(Slot& slot, std::string_view label) {
    set(slot, TermType::BlankNode);
    slot.term->value.assign(label);
  }

  static void set_iri(Slot& slot, std::string_view iri) {
    set(slot, TermType::Iri);
    slot.term->value.assign(iri);
  }

  /// Takes an IRI, a name or a labelled blank node. @return false if the token is none.
  bool node(Slot& slot) {
    if (token().kind == TokenKind::Blank) {
      set_blank(slot, document_label(token().text));
    } else if (token().kind == TokenKind::Iri || token().kind == TokenKind::Name) {
      set(slot, TermType::Iri);
      keep_fault(slot, read_iri(slot.term->value));
    } else {
      return false;
    }
    tokens_.next();
    return true;
  }

  void keep_fault(Slot& slot, std::optional<Error> fault) const {
    if (!fault) return;
    if (!options_.lenient) throw Error(std::move(*fault));
    if (!slot.fault) slot.fault = std::move(fault);
  }

  /// Puts the IRI of an Iri or a Name into `iri`. @return what is wrong with it.
  std::optional<Error> read_iri(std::string& iri) {
    if (token().fault) return token().fault;
    return token().kind == TokenKind::Iri ? absolute(iri) : expand(iri);
  }

  std::optional<Error> absolute(std::string& iri) {
    const std::string_view reference = token().text;
    if (has_scheme(reference)) {
      iri.assign(reference);
      return token().is_plain ? std::nullopt : check(iri);
    }
    if (base_.empty()) {
      return tokens_.fault(fmt::format(
          "the IRI <{}> is relative and there is no base; give a base IRI, or @base <…> in the document", reference));
    }
    iri = rdf::resolve_iri(base_, reference);
    return check(iri);
  }

  std::optional<Error> expand(std::string& iri) {
    const std::string_view prefix = token().text.substr(0, token().colon);
    const auto found = prefixes_.find(prefix);
    if (found == prefixes_.end()) {
      return tokens_.fault(fmt::format("the prefix {}: is not declared; add @prefix {}: <{}> .", prefix, prefix,
                                       usual_namespace(prefix).value_or("…")));
    }
    iri.assign(found->second);
    iri.append(token().text.substr(token().colon + 1));
    return token().is_plain ? std::nullopt : check(iri);
  }

  [[nodiscard]] std::optional<Error> check(const std::string& iri) const {
    const auto why = rdf::why_not_iri(iri);
    if (!why) return std::nullopt;
    return tokens_.fault(fmt::format("<{}> is not an absolute IRI: {}", iri, *why));
  }

  void literal() {
    set(object_, TermType::Literal);
    Term& term = *object_.term;
    switch (token().kind) {
      case TokenKind::Text:
        return text();
      case TokenKind::Integer:
        term.datatype = rdf::xsd::integer;
        break;
      case TokenKind::Decimal:
        term.datatype = rdf::xsd::decimal;
        break;
      case TokenKind::Double:
        term.datatype = rdf::xsd::double_;
        break;
      case TokenKind::Word:
        if (token().text != "true" && token().text != "false") {
          throw unexpected("expected an object: an IRI, a blank node, a list, a number, or text in quotes");
        }
        term.datatype = rdf::xsd::boolean;
        break;
      default:
        throw unexpected("expected an object: an IRI, a blank node, a list or a literal");
    }
    term.value.assign(token().text);
    tokens_.next();
  }

  void text() {
    object_.term->value.assign(token().text);
    keep_fault(object_, token().fault);
    if (tokens_.next().kind == TokenKind::Language) return language();
    if (token().kind != TokenKind::Carets) return;
    tokens_.next();
    if (token().kind != TokenKind::Iri && token().kind != TokenKind::Name) {
      throw unexpected("expected a datatype: an IRI");
    }
    std::string& datatype = object_.term->datatype;
    keep_fault(object_, read_iri(datatype));
    if (datatype == rdf::xsd::string) datatype.clear();
    if (datatype == rdf::rdf::langString) {
      keep_fault(object_, tokens_.fault("rdf:langString needs a language tag such as @fr in its place"));
    }
    tokens_.next();
  }

  void language() {
    if (!is_language_tag(token().text)) {
      keep_fault(object_, tokens_.fault(fmt::format("«{}» is not a language tag such as fr or fr-CA", token().text)));
    }
    std::string& language = object_.term->language;
    language.assign(token().text);
    for (char& c : language) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    tokens_.next();
  }

  TurtleTokens tokens_;
  bool graphs_;
  const ReadOptions& options_;
  const rdf::QuadSink& sink_;
  std::string base_;
  std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> prefixes_;
  rdf::Quad quad_;
  Slot subject_{&quad_.subject, {}};
  Slot predicate_{&quad_.predicate, {}};
  Slot object_{&quad_.object, {}};
  Slot graph_{&quad_.graph, {}};
  std::uint64_t made_up_ = 0;  // labels
  unsigned depth_ = 0;
  bool in_braces_ = false;
  bool brackets_filled_ = false;  // the subject was [ … ], which may stand alone
  bool in_sink_ = false;
};

}  // namespace

void read_turtle(base::ByteSource& source, Format format, const ReadOptions& options, const rdf::QuadSink& sink) {
  TurtleReader(source, format, options, sink).run();
}

}  // namespace scenograph::syntax
