#include <fmt/format.h>

#include <set>

#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"
#include "syntax/internal/writers.hpp"

namespace scenograph::syntax {

namespace {

using rdf::Term;

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  return at;
}

std::size_t skip_sign(std::string_view text, std::size_t at) {
  return at < text.size() && (text[at] == '+' || text[at] == '-') ? at + 1 : at;
}

/// Whether the literal can be written without quotes (Turtle, section 2.5.2).
bool is_bare(const Term& literal) {
  const std::string_view text = literal.value;
  if (literal.datatype == rdf::xsd::boolean) return text == "true" || text == "false";
  const std::size_t start = skip_sign(text, 0);
  const std::size_t whole = skip_digits(text, start);
  if (literal.datatype == rdf::xsd::integer) return whole > start && whole == text.size();
  const bool has_point = whole < text.size() && text[whole] == '.';
  const std::size_t fraction = has_point ? skip_digits(text, whole + 1) : whole;
  if (literal.datatype == rdf::xsd::decimal) return has_point && fraction > whole + 1 && fraction == text.size();
  if (literal.datatype != rdf::xsd::double_) return false;
  const bool has_digits = whole > start || fraction > whole + 1;
  if (!has_digits || fraction == text.size() || (text[fraction] != 'e' && text[fraction] != 'E')) return false;
  const std::size_t exponent = skip_sign(text, fraction + 1);
  return exponent < text.size() && skip_digits(text, exponent) == text.size();
}

class TurtleWriter : public Writer {
 public:
  TurtleWriter(bool graphs, base::ByteSink sink, WriteOptions options)
      : graphs_(graphs), sink_(std::move(sink)), options_(std::move(options)) {
    if (!options_.base.empty()) head_ = fmt::format("@base <{}> .\n", options_.base);
  }

  void write(const rdf::Quad& quad) override {
    if (in_block_ && body_.size() >= piece_size) flush();
    if (graphs_ && quad.graph != graph_) enter_graph(quad.graph);
    if (in_block_ && quad.subject == subject_ && quad.predicate == predicate_) {
      body_ += ", ";
    } else if (in_block_ && quad.subject == subject_) {
      body_ += fmt::format(" ;\n{}  ", indent());
      append_predicate(quad.predicate);
    } else {
      begin_block(quad.subject);
      append_predicate(quad.predicate);
    }
    append(quad.object);
  }

  void finish() override {
    flush();
    enter_graph(Term{});
    emit();
  }

 private:
  [[nodiscard]] std::string_view indent() const { return graph_.is_default_graph() ? "" : "  "; }

  void begin_block(const Term& subject) {
    end_block();
    subject_ = subject;
    in_block_ = true;
    body_ += indent();
    append(subject);
    body_ += ' ';
  }

  void end_block() {
    if (in_block_) body_ += " .\n";
    in_block_ = false;
  }

  void enter_graph(const Term& graph) {
    end_block();
    if (!graph_.is_default_graph()) body_ += "}\n";
    graph_ = graph;
    if (graph.is_default_graph()) return;
    append(graph);
    body_ += " {\n";
  }

  /// Hands on what is there, with the declarations it needs in front: those stand between graphs only.
  void flush() {
    const Term graph = graph_;
    enter_graph(Term{});
    emit();
    graph_ = Term{};
    if (!graph.is_default_graph()) enter_graph(graph);
  }

  void emit() {
    if (!head_.empty() && !body_.empty()) head_ += '\n';
    if (!head_.empty() || !body_.empty()) sink_(head_ + body_);
    head_.clear();
    body_.clear();
  }

  void append_predicate(const Term& predicate) {
    predicate_ = predicate;
    if (predicate.value == rdf::rdf::type) {
      body_ += "a ";
      return;
    }
    append(predicate);
    body_ += ' ';
  }

  void append(const Term& term) {
    if (term.is_iri()) return append_iri(term.value);
    if (!term.is_literal()) return rdf::append_ntriples(body_, term);
    if (is_bare(term)) {
      body_ += term.value;
      return;
    }
    body_ += '"';
    rdf::append_escaped(body_, term.value);
    body_ += '"';
    if (!term.language.empty()) {
      body_ += '@';
      body_ += term.language;
    } else if (!term.datatype.empty()) {
      body_ += "^^";
      append_iri(term.datatype);
    }
  }

  void append_iri(const std::string& iri) {
    if (const auto name = shorten(options_.prefixes, iri)) {
      declare(name->substr(0, name->find(':')));
      body_ += *name;
    } else {
      rdf::append_ntriples(body_, Term::iri(relative(iri)));
    }
  }

  [[nodiscard]] std::string relative(const std::string& iri) const {
    const std::string_view start = std::string_view(options_.base).substr(0, options_.base.rfind('/') + 1);
    if (start.empty() || !iri.starts_with(start)) return iri;
    const std::string rest = iri.substr(start.size());
    return rdf::resolve_iri(options_.base, rest) == iri ? rest : iri;
  }

  void declare(const std::string& prefix) {
    if (!declared_.insert(prefix).second) return;
    for (const auto& [name, iri] : options_.prefixes) {
      if (name == prefix) head_ += fmt::format("@prefix {}: <{}> .\n", name, iri);
    }
  }

  bool graphs_;
  base::ByteSink sink_;
  WriteOptions options_;
  std::set<std::string> declared_;
  std::string head_;  // declarations for body_
  std::string body_;
  Term graph_;
  Term subject_;
  Term predicate_;
  bool in_block_ = false;
};

}  // namespace

std::unique_ptr<Writer> make_turtle_writer(Format format, base::ByteSink sink, WriteOptions options) {
  return std::make_unique<TurtleWriter>(format == Format::TriG, std::move(sink), std::move(options));
}

}  // namespace scenograph::syntax
