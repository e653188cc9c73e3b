#include "syntax/internal/writers.hpp"

namespace scenograph::syntax {

namespace {

class LineWriter : public Writer {
 public:
  LineWriter(bool graphs, base::ByteSink sink) : graphs_(graphs), sink_(std::move(sink)) {}

  void write(const rdf::Quad& quad) override {
    rdf::append_ntriples(out_, quad.subject);
    out_ += ' ';
    rdf::append_ntriples(out_, quad.predicate);
    out_ += ' ';
    rdf::append_ntriples(out_, quad.object);
    if (graphs_ && !quad.graph.is_default_graph()) {
      out_ += ' ';
      rdf::append_ntriples(out_, quad.graph);
    }
    out_ += " .\n";
    if (out_.size() >= piece_size) finish();
  }

  void finish() override {
    if (!out_.empty()) sink_(out_);
    out_.clear();
  }

 private:
  bool graphs_;
  base::ByteSink sink_;
  std::string out_;
};

}  // namespace

std::unique_ptr<Writer> make_line_writer(Format format, base::ByteSink sink) {
  return std::make_unique<LineWriter>(format == Format::NQuads, std::move(sink));
}

}  // namespace scenograph::syntax
