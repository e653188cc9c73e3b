#include <algorithm>

#include "rdf/vocab.hpp"
#include "syntax/internal/quad_tree.hpp"
#include "syntax/internal/turtle_terms.hpp"
#include "syntax/internal/writers.hpp"

namespace scenograph::syntax {

namespace {

using rdf::Quad;
using rdf::Term;
using Quads = std::span<const Quad>;

constexpr std::size_t indent_step = 4;
constexpr std::size_t max_line = 100;  // of what may be broken into several

/// The quads at the front that share what `member` gives; `quads` moves past them.
template <typename Member>
Quads take_same(Quads& quads, const Member& member) {
  std::size_t end = 1;
  while (end < quads.size() && member(quads[end]) == member(quads.front())) ++end;
  const Quads same = quads.first(end);
  quads = quads.subspan(end);
  return same;
}

const Term& graph_of(const Quad& quad) { return quad.graph; }
const Term& subject_of(const Quad& quad) { return quad.subject; }
const Term& predicate_of(const Quad& quad) { return quad.predicate; }

/// Writes a tree of quads as text.
class Arranger {
 public:
  Arranger(const QuadTree& tree, TurtleTerms& terms) : tree_(tree), terms_(terms) {}

  std::string run() {
    Quads left = tree_.quads();
    std::string out;
    while (!left.empty()) {
      const Quads graph = take_same(left, graph_of);
      const Term& name = graph.front().graph;
      if (!out.empty()) out += '\n';
      if (name.is_default_graph()) {
        out += blocks(graph, 0);
      } else {
        terms_.append(out, name);
        out += " {\n" + blocks(graph, indent_step) + "}\n";
      }
    }
    return out;
  }

 private:
  /// A block for each subject: IRIs, labelled blank nodes, and others by what is said of them.
  std::string blocks(Quads graph, std::size_t indent) {
    std::vector<std::string> labelled;
    std::vector<std::string> unlabelled;
    while (!graph.empty()) {
      const Quads subject = take_same(graph, subject_of);
      const Term& term = subject.front().subject;
      if (tree_.is_nested(term)) continue;
      const bool is_unnamed = tree_.is_unnamed(term);
      std::string block(indent, ' ');
      if (is_unnamed) {
        block += "[]";
      } else {
        terms_.append(block, term);
      }
      block += ' ' + properties(subject, indent + indent_step) + " .\n";
      (is_unnamed ? unlabelled : labelled).push_back(std::move(block));
    }
    std::sort(unlabelled.begin(), unlabelled.end());
    std::string out;
    for (const auto* blocks : {&labelled, &unlabelled}) {
      for (const std::string& block : *blocks) {
        if (!out.empty()) out += '\n';
        out += block;
      }
    }
    return out;
  }

  /// Predicates and objects, each on its line but for the first.
  std::string properties(Quads subject, std::size_t indent) {
    std::string out;
    while (!subject.empty()) {
      const Quads same = take_same(subject, predicate_of);
      if (!out.empty()) out += " ;\n" + std::string(indent, ' ');
      terms_.append_predicate(out, same.front().predicate);
      out += ' ' + objects(same, indent + indent_step);
    }
    return out;
  }

  std::string objects(Quads same, std::size_t indent) {
    std::vector<std::string> nested;
    std::string out;
    const auto append = [&](const std::string& text) {
      if (!out.empty()) out += " ,\n" + std::string(indent, ' ');
      out += text;
    };
    // Alone, a nested node is indented as its predicate is.
    const std::size_t inner = same.size() == 1 ? indent - indent_step : indent;
    for (const Quad& quad : same) {
      if (tree_.is_nested(quad.object)) {
        nested.push_back(object(quad.object, inner));
      } else {
        append(object(quad.object, inner));
      }
    }
    std::sort(nested.begin(), nested.end());
    for (const std::string& text : nested) append(text);
    return out;
  }

  std::string object(const Term& term, std::size_t indent) {
    if (tree_.is_list(term)) return list(term, indent);
    if (term.is_iri() && term.value == rdf::rdf::nil) return "()";
    if (!tree_.is_nested(term)) {
      std::string out;
      terms_.append(out, term);
      return out;
    }
    const Quads inside = tree_.properties(term);
    if (inside.empty()) return "[]";
    const std::string text = properties(inside, indent + indent_step);
    if (indent + text.size() <= max_line && text.find('\n') == std::string::npos) return "[ " + text + " ]";
    return "[\n" + std::string(indent + indent_step, ' ') + text + '\n' + std::string(indent, ' ') + ']';
  }

  std::string list(const Term& head, std::size_t indent) {
    std::vector<std::string> elements;
    std::size_t size = indent;
    bool is_long = false;
    for (const Term* cell = &head; cell->is_blank();) {
      const Quads quads = tree_.properties(*cell);
      elements.push_back(object(quads[0].object, indent + indent_step));
      size += elements.back().size() + 1;
      is_long = is_long || elements.back().find('\n') != std::string::npos;
      cell = &quads[1].object;
    }
    const std::string gap = is_long || size > max_line ? '\n' + std::string(indent + indent_step, ' ') : " ";
    std::string out = "(";
    for (const std::string& element : elements) out += gap + element;
    out += gap == " " ? gap : '\n' + std::string(indent, ' ');
    return out + ')';
  }

  const QuadTree& tree_;
  TurtleTerms& terms_;
};

/// What a quad takes: as terms, sorted, and as text.
std::size_t bytes_of(const Quad& quad) {
  std::size_t text = 0;
  for (const Term* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
    text += term->value.size() + term->datatype.size() + term->language.size();
  }
  return sizeof(Quad) + 2 * text;
}

class ArrangedWriter : public Writer {
 public:
  ArrangedWriter(Format format, base::ByteSink sink, WriteOptions options)
      : format_(format), sink_(std::move(sink)), options_(std::move(options)), terms_(options_) {}

  void write(const Quad& quad) override {
    if (streamed_) return streamed_->write(quad);
    held_ += bytes_of(quad);
    quads_.push_back(quad);
    if (format_ == Format::Turtle) quads_.back().graph = Term{};
    if (held_ > options_.arrange_bytes) stream();
  }

  void add_prefix(std::string_view name, std::string_view iri) override {
    if (streamed_) return streamed_->add_prefix(name, iri);
    terms_.add_prefix(name, iri);
    prefixes_.emplace_back(name, iri);
  }

  void finish() override {
    if (streamed_) return streamed_->finish();
    const QuadTree tree(std::move(quads_));
    const std::string body = Arranger(tree, terms_).run();
    std::string head = terms_.take_declarations();
    if (!head.empty() && !body.empty()) head += '\n';
    if (!head.empty()) sink_(head);
    if (!body.empty()) sink_(body);
  }

 private:
  void stream() {
    if (options_.on_too_many) options_.on_too_many();
    streamed_ = make_turtle_writer(format_, sink_, options_);
    for (const auto& [name, iri] : prefixes_) streamed_->add_prefix(name, iri);
    for (const Quad& quad : quads_) streamed_->write(quad);
    std::vector<Quad>().swap(quads_);
  }

  Format format_;
  base::ByteSink sink_;
  WriteOptions options_;
  TurtleTerms terms_;
  PrefixList prefixes_;  // that were added
  std::vector<Quad> quads_;
  std::size_t held_ = 0;
  std::unique_ptr<Writer> streamed_;
};

}  // namespace

std::unique_ptr<Writer> make_arranged_writer(Format format, base::ByteSink sink, WriteOptions options) {
  return std::make_unique<ArrangedWriter>(format, std::move(sink), std::move(options));
}

}  // namespace scenograph::syntax
