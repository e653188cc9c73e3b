#include "base/json_text.hpp"
#include "sparql/results/row_writer.hpp"
#include "sparql/results/written_terms.hpp"

// Source: SPARQL 1.1 Query Results JSON Format.

namespace scenograph::sparql::results {

namespace {

using base::append_json_string;

void append_term(std::string& out, const rdf::TermView& term) {
  out += term.type == rdf::TermType::Iri         ? R"({"type":"uri","value":)"
         : term.type == rdf::TermType::BlankNode ? R"({"type":"bnode","value":)"
                                                 : R"({"type":"literal","value":)";
  append_json_string(out, term.value);
  if (!term.language.empty()) {
    out += R"(,"xml:lang":)";
    append_json_string(out, term.language);
  } else if (!term.datatype.empty()) {
    out += R"(,"datatype":)";
    append_json_string(out, term.datatype);
  }
  out += '}';
}

class JsonWriter final : public RowWriter {
 public:
  void begin(const std::vector<std::string>& variables, std::string& out) override {
    out += R"({"head":{"vars":[)";
    for (const std::string& name : variables) {
      std::string& key = keys_.emplace_back();
      append_json_string(key, name);
      if (keys_.size() > 1) out += ',';
      out += key;
      key += ':';
    }
    out += R"(]},"results":{"bindings":[)";
  }

  void take(const SolutionBatch& batch) override { written_.write(batch.terms, append_term); }

  void row(const SolutionBatch& batch, std::size_t index, std::string& out) override {
    out += first_ ? "\n{" : ",\n{";
    first_ = false;
    bool separate = false;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const SolutionBatch::Place place = batch.columns[i][index];
      if (place == SolutionBatch::unbound) continue;
      if (separate) out += ',';
      separate = true;
      out += keys_[i];
      out += written_[place];
    }
    out += '}';
  }

  void end(std::string& out) override { out += "\n]}}\n"; }

  void boolean(bool answer, std::string& out) override {
    out += answer ? "{\"head\":{},\"boolean\":true}\n" : "{\"head\":{},\"boolean\":false}\n";
  }

 private:
  std::vector<std::string> keys_;  ///< names with quotes and colon
  WrittenTerms written_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<RowWriter> make_json_writer() { return std::make_unique<JsonWriter>(); }

}  // namespace scenograph::sparql::results
