#include <expat.h>
#include <fmt/format.h>

#include <deque>
#include <exception>

#include "sparql/results/row_reader.hpp"

// Source: SPARQL Query Results XML Format, second edition.

namespace scenograph::sparql::results {

namespace {

constexpr char separator = '\n';  ///< between a namespace and a name, as expat is told

/// The name without its namespace.
std::string_view local(const XML_Char* name) {
  const std::string_view whole(name);
  return whole.substr(whole.rfind(separator) + 1);
}

std::string_view attribute(const XML_Char** attributes, std::string_view wanted) {
  for (; *attributes != nullptr; attributes += 2) {
    if (local(attributes[0]) == wanted) return attributes[1];
  }
  return {};
}

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

/// Rows come out of expat in bursts, a piece of the document at a time: those wait in a queue.
class XmlReader final : public ResultReader {
 public:
  explicit XmlReader(std::unique_ptr<Input> input)
      : input_(std::move(input)), parser_(XML_ParserCreateNS(nullptr, separator)) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser_.get(), on_text);
    XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
  }

  const std::vector<std::string>& variables() const override { return columns_.names(); }
  std::optional<bool> boolean() const override { return boolean_; }

  bool next(SolutionRow& row) override {
    while (rows_.empty() && !ended_) read_piece();
    if (rows_.empty()) return false;
    row = std::move(rows_.front());
    rows_.pop_front();
    if (row.size() < columns_.names().size()) row.resize(columns_.names().size());
    return true;
  }

 private:
  void read_piece() {
    input_->clear_row();
    input_->charge_row(row_bytes_);
    const std::string_view piece = input_->take_piece();
    ended_ = piece.empty();
    const auto status = XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), ended_ ? 1 : 0);
    if (failure_) std::rethrow_exception(failure_);
    if (status != XML_STATUS_OK) fail(XML_ErrorString(XML_GetErrorCode(parser_.get())));
    if (ended_ && !has_rows_ && !boolean_) fail("there are neither results nor a boolean");
  }

  [[noreturn]] void fail(const std::string& message) {
    input_->fail(message, XML_GetCurrentLineNumber(parser_.get()), XML_GetCurrentColumnNumber(parser_.get()) + 1);
  }

  /// Runs what a callback does; an exception waits until expat has returned.
  template <typename Action>
  static void guard(void* self, const Action& action) noexcept {
    auto& reader = *static_cast<XmlReader*>(self);
    if (reader.failure_) return;
    try {
      action(reader);
    } catch (...) {
      reader.failure_ = std::current_exception();
      XML_StopParser(reader.parser_.get(), XML_FALSE);
    }
  }

  static void on_start(void* self, const XML_Char* name, const XML_Char** attributes) noexcept {
    guard(self, [&](XmlReader& reader) { reader.start(local(name), attributes); });
  }
  static void on_end(void* self, const XML_Char* name) noexcept {
    guard(self, [&](XmlReader& reader) { reader.end(local(name)); });
  }
  static void on_text(void* self, const XML_Char* text, int size) noexcept {
    guard(self, [&](XmlReader& reader) { reader.add_text({text, static_cast<std::size_t>(size)}); });
  }
  static void on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) noexcept {
    guard(self, [](XmlReader& reader) { reader.fail("results have no document type"); });
  }

  void start(std::string_view element, const XML_Char** attributes) {
    constexpr std::size_t most_levels = 64;
    if (++depth_ > most_levels) fail(fmt::format("it nests more than {} deep", most_levels));
    if (depth_ == 1 && element != "sparql") fail(fmt::format("<{}> stands where <sparql> should", element));
    text_.clear();
    if (element == "variable") static_cast<void>(columns_.number_of(attribute(attributes, "name")));
    if (element == "results") has_rows_ = true;
    if (element == "result") {
      row_.emplace(columns_.names().size());
      row_bytes_ = 0;
    }
    if (element == "binding") column_ = columns_.number_of(attribute(attributes, "name"));
    if (element == "triple") fail("triple terms are not supported");
    if (element == "literal") {
      language_ = attribute(attributes, "lang");
      datatype_ = attribute(attributes, "datatype");
    }
  }

  void end(std::string_view element) {
    --depth_;
    if (element == "uri") bind(rdf::Term::iri(text_));
    if (element == "bnode") bind(rdf::Term::blank(text_));
    if (element == "literal") {
      bind(language_.empty() ? rdf::Term::literal(text_, datatype_) : rdf::Term::lang_literal(text_, language_));
    }
    if (element == "result" && row_) {
      rows_.push_back(std::move(*row_));
      row_.reset();
    }
    if (element == "boolean") {
      if (text_ != "true" && text_ != "false") fail("a boolean is true or false");
      boolean_ = text_ == "true";
    }
  }

  void bind(rdf::Term term) {
    if (!row_ || !column_) fail("a term stands outside of a binding");
    if (const std::string why = why_not_term(term); !why.empty()) fail(why);
    if (*column_ >= row_->size()) row_->resize(*column_ + 1);
    (*row_)[*column_] = std::move(term);
    column_.reset();
  }

  void add_text(std::string_view text) {
    input_->charge_row(text.size());
    row_bytes_ += text.size();
    text_ += text;
  }

  std::unique_ptr<Input> input_;
  std::unique_ptr<XML_ParserStruct, FreeParser> parser_;
  Columns columns_;
  std::deque<SolutionRow> rows_;    ///< those of the last piece that wait
  std::optional<SolutionRow> row_;  ///< being read
  std::size_t row_bytes_ = 0;
  std::exception_ptr failure_;
  std::size_t depth_ = 0;
  std::string text_;
  std::string language_;
  std::string datatype_;
  std::optional<std::size_t> column_;
  bool has_rows_ = false;
  bool ended_ = false;
  std::optional<bool> boolean_;
};

}  // namespace

std::unique_ptr<ResultReader> make_xml_reader(std::unique_ptr<Input> input) {
  return std::make_unique<XmlReader>(std::move(input));
}

}  // namespace scenograph::sparql::results
