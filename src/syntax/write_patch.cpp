#include "syntax/internal/writers.hpp"
#include "syntax/patch.hpp"

namespace scenograph::syntax {

namespace {

void append_term(std::string& out, const rdf::Term& term) {
  out += ' ';
  if (!term.is_blank()) return rdf::append_ntriples(out, term);
  out += "<_:";
  out += term.value;
  out += '>';
}

}  // namespace

void PatchWriter::header(std::string_view name, const rdf::Term& value) {
  out_ += "H ";
  out_ += name;
  append_term(out_, value);
  end_row();
}

void PatchWriter::begin() {
  out_ += "TX";
  end_row();
}

void PatchWriter::change(bool added, const rdf::Quad& quad) {
  out_ += added ? 'A' : 'D';
  append_term(out_, quad.subject);
  append_term(out_, quad.predicate);
  append_term(out_, quad.object);
  if (!quad.graph.is_default_graph()) append_term(out_, quad.graph);
  end_row();
}

void PatchWriter::commit() {
  out_ += "TC";
  end_row();
}

void PatchWriter::end_row() {
  out_ += " .\n";
  if (out_.size() >= piece_size) finish();
}

void PatchWriter::finish() {
  if (!out_.empty()) sink_(out_);
  out_.clear();
}

}  // namespace scenograph::syntax
