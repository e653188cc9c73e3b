#include "sources/csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "sources/encoding.hpp"
#include "sources/internal/window.hpp"

namespace scenograph::sources {

namespace {

using internal::Window;

// Where a field lies in the window; doubled quotes are undone when it is asked for.
struct Field {
  std::size_t begin = 0;
  std::size_t size = 0;
  bool quoted = false;
  bool doubled = false;
};

struct Record {
  std::vector<Field> fields;
  std::size_t bytes = 0;  // with the line end
  bool stray = false;     // text after a closing quote
};

base::Phrase nameless_column(std::size_t number, std::string_view name) {
  return {fmt::format("column {} has no name; it is called {} here", number, name),
          fmt::format("la colonne {} n’a pas de nom ; elle est appelée {} ici", number, name)};
}

base::Phrase repeated_column(std::size_t number, std::size_t first, std::string_view name) {
  return {fmt::format("column {} has the name of column {}; it is called {} here", number, first, name),
          fmt::format("la colonne {} porte le nom de la colonne {} ; elle est appelée {} ici", number, first, name)};
}

base::Phrase other_width(std::size_t fields, std::size_t columns, char delimiter) {
  return {
      fmt::format("the record has {} fields where the table has {} columns; it is left out. Quote fields that hold "
                  "the delimiter «{}»",
                  fields, columns, delimiter),
      fmt::format("l’enregistrement a {} champs là où le tableau a {} colonnes ; il est laissé de côté. Mettez entre "
                  "guillemets les champs qui contiennent le séparateur « {} »",
                  fields, columns, delimiter)};
}

enum class Outcome : std::uint8_t { Complete, NeedMore, Unclosed };

/// Finds the fields of one record. Offsets count from the start of the text given to `cut`.
class RecordCutter {
 public:
  RecordCutter(char delimiter, char quote) : delimiter_(delimiter), quote_(quote) {
    for (const char c : {delimiter, '\n', '\r'}) stops_[static_cast<unsigned char>(c)] = true;
  }

  /// @param last  nothing comes after `text`.
  Outcome cut(std::string_view text, bool last, Record& record) const {
    record.fields.clear();
    record.stray = false;
    std::size_t at = 0;
    while (true) {
      Field field{.begin = at};
      const bool opens = quote_ != '\0' && at < text.size() && text[at] == quote_;
      const Outcome outcome = opens ? cut_quoted(text, last, at, field, record) : cut_plain(text, at, field);
      if (outcome != Outcome::Complete) return outcome;
      if (at >= text.size() && !last) return Outcome::NeedMore;
      record.fields.push_back(field);
      if (at < text.size() && text[at] == delimiter_) {
        ++at;
        continue;
      }
      return end_record(text, last, at, record);
    }
  }

 private:
  [[nodiscard]] bool stops(char c) const { return stops_[static_cast<unsigned char>(c)]; }

  Outcome cut_plain(std::string_view text, std::size_t& at, Field& field) const {
    while (at < text.size() && !stops(text[at])) ++at;
    field.size = at - field.begin;
    return Outcome::Complete;
  }

  Outcome cut_quoted(std::string_view text, bool last, std::size_t& at, Field& field, Record& record) const {
    field.quoted = true;
    field.begin = ++at;
    while (true) {
      const std::size_t close = text.find(quote_, at);
      if (close == std::string_view::npos) return last ? Outcome::Unclosed : Outcome::NeedMore;
      if (close + 1 == text.size() && !last) return Outcome::NeedMore;
      at = close + 1;
      if (at == text.size() || text[at] != quote_) break;
      field.doubled = true;
      ++at;
    }
    field.size = at - 1 - field.begin;
    while (at < text.size() && !stops(text[at])) {
      record.stray = record.stray || text[at] != ' ';
      ++at;
    }
    return Outcome::Complete;
  }

  static Outcome end_record(std::string_view text, bool last, std::size_t at, Record& record) {
    if (at + 1 == text.size() && text[at] == '\r' && !last) return Outcome::NeedMore;
    if (at < text.size()) at += text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
    record.bytes = at;
    return Outcome::Complete;
  }

  char delimiter_;
  char quote_;
  std::array<bool, 256> stops_{};
};

bool is_blank(const Record& record) {
  return record.fields.size() == 1 && record.fields[0].size == 0 && !record.fields[0].quoted;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// How well `delimiter` cuts the sample: records with as many fields as the first, if that has more than one.
std::size_t score(std::string_view sample, char delimiter, char quote, bool last) {
  const RecordCutter cutter(delimiter, quote);
  Record record;
  std::size_t columns = 0;
  std::size_t alike = 0;
  for (int count = 0; count < 30 && !sample.empty(); ++count) {
    if (cutter.cut(sample, last, record) != Outcome::Complete) break;
    sample.remove_prefix(record.bytes);
    if (is_blank(record)) continue;
    if (columns == 0) columns = record.fields.size();
    if (record.fields.size() == columns) ++alike;
  }
  return columns < 2 ? 0 : alike * 1000 + std::min<std::size_t>(columns, 999);
}

char detect_delimiter(std::string_view sample, char quote, bool last) {
  char best = ',';
  std::size_t best_score = 0;
  for (const char candidate : {',', ';', '\t', '|'}) {
    const std::size_t found = score(sample, candidate, quote, last);
    if (found > best_score) {
      best = candidate;
      best_score = found;
    }
  }
  return best;
}

class CsvReader : public RecordReader {
 public:
  CsvReader(std::unique_ptr<base::ByteSource> source, const ReadOptions& options, const CsvDialect& dialect)
      : window_(to_utf8(std::move(source), options.encoding)),
        options_(options),
        dialect_(with_delimiter(dialect)),
        cutter_(dialect_.delimiter, dialect_.quote) {
    read_header();
  }

  FieldId field(std::string_view reference) override {
    const auto found = std::find(columns_.begin(), columns_.end(), reference);
    if (found != columns_.end()) return {static_cast<std::size_t>(found - columns_.begin())};
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (reference == fmt::format("_col.{}", i + 1)) return {i};
    }
    if (empty_) return {0};
    throw base::Error(base::Code::BadData,
                      fmt::format("no column «{}»; the columns are «{}»", reference, fmt::join(columns_, "», «")),
                      {options_.source_name});
  }

  bool next() override {
    while (take()) {
      ++record_number_;
      if (usable()) return true;
      ++rejected_;
    }
    return false;
  }

  [[nodiscard]] std::size_t iterator() const override { return 0; }

  void values(FieldId field, Values& out) const override {
    if (field.index >= record_.fields.size()) return;
    out.push_back({ValueType::String, text_of(record_.fields[field.index])});
  }

  [[nodiscard]] base::Where where() const override { return {options_.source_name, line_, 0, record_number_}; }

  [[nodiscard]] std::uint64_t rejected() const override { return rejected_; }

 private:
  CsvDialect with_delimiter(CsvDialect dialect) {
    constexpr std::size_t sample_size = std::size_t{1} << 16U;
    while (window_.data().size() < sample_size && window_.grow()) continue;
    const std::string_view start = window_.data().substr(0, sample_size);
    if (start.size() > 5 && start.starts_with("sep=") && (start[5] == '\n' || start[5] == '\r')) {
      if (dialect.delimiter == '\0') dialect.delimiter = start[4];
      window_.drop(start.substr(5, 2) == "\r\n" ? 7 : 6);
    }
    if (dialect.delimiter == '\0') {
      const std::string_view sample = window_.data().substr(0, sample_size);
      dialect.delimiter = detect_delimiter(sample, dialect.quote, sample.size() == window_.data().size());
    }
    return dialect;
  }

  void read_header() {
    if (!take()) {
      empty_ = true;
      return;
    }
    if (!dialect_.header) {
      for (std::size_t i = 0; i < record_.fields.size(); ++i) columns_.push_back(fmt::format("_col.{}", i + 1));
      taken_ = 0;  // the first record is data: take it again
      return;
    }
    repair_ = base::find_invalid_utf8(window_.data().substr(0, record_.bytes)) != std::string_view::npos;
    for (const Field& field : record_.fields) columns_.emplace_back(trimmed(text_of(field)));
    for (std::size_t i = 0; i < columns_.size(); ++i) check_name(i);
  }

  void check_name(std::size_t column) {
    const std::string name = columns_[column];
    const auto first = std::find(columns_.begin(), columns_.end(), name);
    const auto first_index = static_cast<std::size_t>(first - columns_.begin());
    if (!name.empty() && first_index == column) return;
    columns_[column] = fmt::format("_col.{}", column + 1);
    const bool trailing = name.empty() && column + 1 == columns_.size();
    if (trailing) return;  // a delimiter at the end of every line
    tell(base::Severity::Warning, name,
         name.empty() ? nameless_column(column + 1, columns_[column])
                      : repeated_column(column + 1, first_index + 1, columns_[column]));
  }

  /// Puts the next record that is not blank into record_, whatever its faults; false at the end.
  bool take() {
    while (true) {
      window_.drop(std::exchange(taken_, 0));
      if (window_.data().empty() && !window_.grow()) return false;
      const Outcome outcome = cutter_.cut(window_.data(), window_.at_end(), record_);
      if (outcome == Outcome::NeedMore) {
        if (window_.data().size() > options_.max_record) throw too_large();
        grow();
        continue;
      }
      line_ = window_.line_of(0);
      if (outcome == Outcome::Unclosed) {
        pass_over_unclosed();
        continue;
      }
      if (record_.bytes > options_.max_record) throw too_large();
      taken_ = record_.bytes;
      if (!is_blank(record_) || columns_.size() == 1) return true;
    }
  }

  // To twice what there is, since the record is then cut from its start again.
  void grow() {
    const std::size_t wanted = std::min(2 * window_.data().size(), options_.max_record + 1);
    while (window_.grow() && window_.data().size() < wanted) continue;
  }

  // The quote swallowed the rest of the file: give up its first line only.
  void pass_over_unclosed() {
    const std::string_view rest = window_.data();
    if (++unclosed_ > max_unclosed) {
      throw base::Error(base::Code::BadSyntax, "too many quotes that are never closed; check the quote character",
                        {options_.source_name, line_, 0, record_number_ + 1});
    }
    ++record_number_;
    ++rejected_;
    tell(base::Severity::Error, {},
         {"a quote is opened but never closed; the line is left out. Close or remove the quote",
          "un guillemet est ouvert et jamais fermé ; la ligne est laissée de côté. Fermez ou retirez ce guillemet"},
         rest.substr(0, rest.find('\n')));
    taken_ = std::min(rest.size(), rest.find('\n') == std::string_view::npos ? rest.size() : rest.find('\n') + 1);
  }

  [[nodiscard]] base::Error too_large() {
    return base::Error(
        base::Code::TooLarge,
        fmt::format("the record is longer than {} bytes: a quote may never be closed; else raise --max-record",
                    options_.max_record),
        {options_.source_name, window_.line_of(0), 0, record_number_ + 1});
  }

  bool usable() {
    const std::string_view text = window_.data().substr(0, record_.bytes);
    if (record_.stray) {
      tell(
          base::Severity::Error, {},
          {"there is text after a closing quote; the record is left out. Double quotes inside quoted fields",
           "il y a du texte après un guillemet fermant ; l’enregistrement est laissé de côté. Doublez les guillemets à "
           "l’intérieur des champs entre guillemets"},
          text);
      return false;
    }
    while (record_.fields.size() > columns_.size() && record_.fields.back().size == 0) record_.fields.pop_back();
    if (record_.fields.size() != columns_.size()) {
      tell(base::Severity::Error, {}, other_width(record_.fields.size(), columns_.size(), dialect_.delimiter), text);
      return false;
    }
    repair_ = base::find_invalid_utf8(text) != std::string_view::npos;
    if (repair_) {
      tell(base::Severity::Warning, {}, read_as_windows_1252, repair_utf8(text));
    }
    return true;
  }

  [[nodiscard]] std::string text_of(const Field& field) const {
    std::string_view raw = window_.data().substr(field.begin, field.size);
    if (dialect_.trim && !field.quoted) raw = trimmed(raw);
    std::string text;
    if (field.doubled) {
      text.reserve(raw.size());
      for (std::size_t i = 0; i < raw.size(); ++i) {
        text += raw[i];
        if (raw[i] == dialect_.quote) ++i;
      }
    } else {
      text = raw;
    }
    return repair_ ? repair_utf8(text) : text;
  }

  void tell(base::Severity severity, std::string_view field, base::Phrase message, std::string_view found = {}) {
    if (!options_.diagnostics) return;
    while (!found.empty() && (found.back() == '\n' || found.back() == '\r')) found.remove_suffix(1);
    options_.diagnostics(
        {severity, where(), std::string(field), repair_utf8(base::cut_utf8(found, 200)), {}, std::move(message)});
  }

  static constexpr int max_unclosed = 100;

  Window window_;
  ReadOptions options_;
  CsvDialect dialect_;
  RecordCutter cutter_;
  std::vector<std::string> columns_;
  bool empty_ = false;  // not even a header
  Record record_;
  std::size_t taken_ = 0;  // bytes of record_ at the front of the window
  bool repair_ = false;
  int unclosed_ = 0;
  std::uint64_t line_ = 0;
  std::uint64_t record_number_ = 0;
  std::uint64_t rejected_ = 0;
};

}  // namespace

std::unique_ptr<RecordReader> open_csv(std::unique_ptr<base::ByteSource> source, const ReadOptions& options,
                                       const CsvDialect& dialect) {
  return std::make_unique<CsvReader>(std::move(source), options, dialect);
}

}  // namespace scenograph::sources
