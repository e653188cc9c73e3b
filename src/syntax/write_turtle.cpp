#include <fmt/format.h>

#include <utility>

#include "syntax/internal/turtle_terms.hpp"
#include "syntax/internal/writers.hpp"

namespace scenograph::syntax {

namespace {

using rdf::Term;

class TurtleWriter : public Writer {
 public:
  TurtleWriter(bool graphs, base::ByteSink sink, WriteOptions options)
      : graphs_(graphs), sink_(std::move(sink)), terms_(std::move(options)) {}

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
    terms_.append(body_, quad.object);
  }

  void add_prefix(std::string_view name, std::string_view iri) override { terms_.add_prefix(name, iri); }

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
    terms_.append(body_, subject);
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
    terms_.append(body_, graph);
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
    std::string head = terms_.take_declarations();
    if (!head.empty() && !body_.empty()) head += '\n';
    if (!head.empty() || !body_.empty()) sink_(head + body_);
    body_.clear();
  }

  void append_predicate(const Term& predicate) {
    predicate_ = predicate;
    terms_.append_predicate(body_, predicate);
    body_ += ' ';
  }

  bool graphs_;
  base::ByteSink sink_;
  TurtleTerms terms_;
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
