#include "base/find_byte.hpp"
#include "sparql/results/row_writer.hpp"
#include "sparql/results/written_terms.hpp"

// Source: SPARQL Query Results XML Format, second edition.

namespace scenograph::sparql::results {

namespace {

constexpr std::string_view start =
    "<?xml version=\"1.0\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n";

bool is_replaced(char c) {
  return (c == '&') | (c == '<') | (c == '>') | (c == '"') |
         ((static_cast<unsigned char>(c) < 0x20) & (c != '\n') & (c != '\t'));
}

/// What stands for such a character: what XML 1.0 cannot hold becomes U+FFFD.
std::string_view replacement(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\r':
      return "&#xD;";
    default:
      return "\xEF\xBF\xBD";
  }
}

/// Appends character data.
void append_text(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = base::find_byte(text, at, is_replaced);
    out.append(text, at, end - at);
    if (end < text.size()) out += replacement(text[end]);
    at = end + 1;
  }
}

std::string_view element_of(rdf::TermType type) {
  if (type == rdf::TermType::Iri) return "uri";
  return type == rdf::TermType::BlankNode ? "bnode" : "literal";
}

void append_term(std::string& out, const rdf::TermView& term) {
  const std::string_view name = element_of(term.type);
  out.append("<").append(name);
  if (!term.language.empty()) {
    out += " xml:lang=\"";
    append_text(out, term.language);
    out += '"';
  } else if (!term.datatype.empty()) {
    out += " datatype=\"";
    append_text(out, term.datatype);
    out += '"';
  }
  out += '>';
  append_text(out, term.value);
  out.append("</").append(name).append(">");
}

class XmlWriter final : public RowWriter {
 public:
  void begin(const std::vector<std::string>& variables, std::string& out) override {
    out.append(start).append("<head>");
    for (const std::string& name : variables) {
      out.append("<variable name=\"").append(name).append("\"/>");
      openings_.push_back("<binding name=\"" + name + "\">");
    }
    out += "</head>\n<results>\n";
  }

  void take(const SolutionBatch& batch) override { written_.write(batch.terms, append_term); }

  void row(const SolutionBatch& batch, std::size_t index, std::string& out) override {
    out += "<result>";
    for (std::size_t i = 0; i < openings_.size(); ++i) {
      const SolutionBatch::Place place = batch.columns[i][index];
      if (place == SolutionBatch::unbound) continue;
      out += openings_[i];
      out += written_[place];
      out += "</binding>";
    }
    out += "</result>\n";
  }

  void end(std::string& out) override { out += "</results>\n</sparql>\n"; }

  void boolean(bool answer, std::string& out) override {
    out.append(start)
        .append("<head></head>\n<boolean>")
        .append(answer ? "true" : "false")
        .append("</boolean>\n</sparql>\n");
  }

 private:
  std::vector<std::string> openings_;
  WrittenTerms written_;
};

}  // namespace

std::unique_ptr<RowWriter> make_xml_writer() { return std::make_unique<XmlWriter>(); }

}  // namespace scenograph::sparql::results
