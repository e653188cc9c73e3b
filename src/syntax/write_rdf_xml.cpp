#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "rdf/vocab.hpp"
#include "syntax/internal/names.hpp"
#include "syntax/internal/writers.hpp"

namespace scenograph::syntax {

namespace {

using rdf::Term;

/// Where the longest ending of `iri` that is an XML name without colon starts; npos if there is none.
std::size_t name_start(std::string_view iri) {
  std::size_t found = std::string_view::npos;
  for (std::size_t i = 0; i < iri.size();) {
    const std::size_t here = i;
    const char32_t c = base::next_code_point(iri, i);
    if (!is_name_char(c) && c != '.') {
      found = std::string_view::npos;
    } else if (found == std::string_view::npos && is_name_start(c)) {
      found = here;
    }
  }
  return found;
}

/// Whether readers take a property of this name for something else or refuse it: the syntax's own names, and
/// namespaces that go on after RDF's. Source: RDF 1.1 XML Syntax, sections 5.1 and 6.1.4; Raptor.
bool is_reserved(std::string_view space, std::string_view name) {
  static constexpr std::array<std::string_view, 12> own = {"RDF",      "ID",        "about",           "parseType",
                                                           "resource", "nodeID",    "datatype",        "Description",
                                                           "li",       "aboutEach", "aboutEachPrefix", "bagID"};
  if (space == rdf::rdf::ns) return std::find(own.begin(), own.end(), name) != own.end();
  return space.starts_with(rdf::rdf::ns);
}

void append_xml(std::string& out, std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') {
      throw base::Error(base::Code::Unsupported,
                        fmt::format("RDF/XML cannot hold the character U+{:04X}; ask for another format", byte));
    }
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
      case '\n':
      case '\t':
        out += fmt::format("&#{};", byte);
        break;
      default:
        out += c;
    }
  }
}

std::string attribute(std::string_view name, std::string_view value) {
  std::string out = fmt::format(" {}=\"", name);
  append_xml(out, value);
  return out + '"';
}

/// An XML name for a label, another one for each: those that begin with a digit get an n before it, and one more those
/// that look as if they had.
std::string node_id(std::string_view label) {
  const std::size_t after = label.find_first_not_of('n');
  const bool digit = after < label.size() && label[after] >= '0' && label[after] <= '9';
  return digit ? "n" + std::string(label) : std::string(label);
}

class RdfXmlWriter : public Writer {
 public:
  RdfXmlWriter(base::ByteSink sink, WriteOptions options) : sink_(std::move(sink)), options_(std::move(options)) {
    out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF" + attribute("xmlns:rdf", rdf::rdf::ns);
    for (const auto& [prefix, iri] : options_.prefixes) {
      if (prefix != "rdf" && !prefix.empty()) out_ += "\n    " + attribute("xmlns:" + prefix, iri).substr(1);
    }
    if (!options_.base.empty()) out_ += "\n    " + attribute("xml:base", options_.base).substr(1);
    out_ += ">\n";
  }

  void write(const rdf::Quad& quad) override {
    const std::string element = property_of(quad.predicate.value);
    if (!in_block_ || quad.subject != subject_) {
      end_block();
      subject_ = quad.subject;
      in_block_ = true;
      out_ += "  <rdf:Description" + reference("rdf:about", quad.subject) + ">\n";
    }
    out_ += "    <" + element;
    append_object(quad.object, element.substr(0, element.find(' ')));
    if (out_.size() >= piece_size) emit();
  }

  void finish() override {
    end_block();
    out_ += "</rdf:RDF>\n";
    emit();
  }

 private:
  void emit() {
    sink_(out_);
    out_.clear();
  }

  void end_block() {
    if (in_block_) out_ += "  </rdf:Description>\n";
    in_block_ = false;
  }

  static std::string reference(std::string_view iri_attribute, const Term& term) {
    return term.is_blank() ? attribute("rdf:nodeID", node_id(term.value)) : attribute(iri_attribute, term.value);
  }

  /// The element's name, with the declaration of its namespace if it has no prefix.
  [[nodiscard]] std::string property_of(std::string_view iri) const {
    const std::size_t start = name_start(iri);
    if (start == std::string_view::npos || start == 0 || is_reserved(iri.substr(0, start), iri.substr(start))) {
      throw base::Error(base::Code::Unsupported,
                        fmt::format("RDF/XML cannot name the property <{}>; ask for another format", iri));
    }
    const std::string_view space = iri.substr(0, start);
    const std::string_view name = iri.substr(start);
    if (space == rdf::rdf::ns) return fmt::format("rdf:{}", name);
    for (const auto& [prefix, known] : options_.prefixes) {
      if (known == space && !prefix.empty()) return fmt::format("{}:{}", prefix, name);
    }
    return fmt::format("ns:{}{}", name, attribute("xmlns:ns", space));
  }

  void append_object(const Term& object, std::string_view element) {
    if (!object.is_literal()) {
      out_ += reference("rdf:resource", object) + "/>\n";
      return;
    }
    if (!object.language.empty()) {
      out_ += attribute("xml:lang", object.language);
    } else if (!object.datatype.empty()) {
      out_ += attribute("rdf:datatype", object.datatype);
    }
    out_ += '>';
    append_xml(out_, object.value);
    out_ += fmt::format("</{}>\n", element);
  }

  base::ByteSink sink_;
  WriteOptions options_;
  std::string out_;
  Term subject_;
  bool in_block_ = false;
};

}  // namespace

std::unique_ptr<Writer> make_rdf_xml_writer(base::ByteSink sink, WriteOptions options) {
  return std::make_unique<RdfXmlWriter>(std::move(sink), std::move(options));
}

}  // namespace scenograph::syntax
