#include "sparql/results/row_writer.hpp"

// Source: SPARQL Query Results XML Format, second edition.

namespace scenograph::sparql::results {

namespace {

constexpr std::string_view start =
    "<?xml version=\"1.0\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n";

/// Appends character data. What XML 1.0 cannot hold becomes U+FFFD.
void append_text(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\r':
        out += "&#xD;";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') {
          out += "\xEF\xBF\xBD";
        } else {
          out += c;
        }
    }
  }
}

void append_element(std::string& out, std::string_view name, const rdf::Term& term) {
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

  void row(const SolutionBatch& batch, std::size_t index, std::string& out) override {
    out += "<result>";
    for (std::size_t i = 0; i < openings_.size(); ++i) {
      const auto& term = batch.columns[i][index];
      if (!term) continue;
      out += openings_[i];
      append_element(out, term->is_iri() ? "uri" : (term->is_blank() ? "bnode" : "literal"), *term);
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
};

}  // namespace

std::unique_ptr<RowWriter> make_xml_writer() { return std::make_unique<XmlWriter>(); }

}  // namespace scenograph::sparql::results
