#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/diagnostic.hpp"
#include "sources/csv.hpp"
#include "sources/json.hpp"

namespace scenograph::sources::testing {

/// Hands out a text in pieces of a few bytes, as a slow network would.
class SlowSource : public base::ByteSource {
 public:
  explicit SlowSource(std::string text, std::size_t step = 7) : text_(std::move(text)), step_(step) {}
  std::size_t read(std::span<char> buffer) override {
    const std::size_t size = std::min({step_, buffer.size(), text_.size() - at_});
    std::copy_n(text_.data() + at_, size, buffer.data());
    at_ += size;
    return size;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
  std::size_t step_;
};

struct Outcome {
  std::vector<std::string> records;      ///< the asked fields joined by '|', several values by '+'
  std::vector<std::string> diagnostics;  ///< as `to_string` has them
};

inline std::string joined(const RecordReader& reader, const std::vector<FieldId>& fields) {
  std::string line;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    Values values;
    reader.values(fields[i], values);
    if (i > 0) line += '|';
    for (std::size_t v = 0; v < values.size(); ++v) line += (v > 0 ? "+" : "") + values[v].text;
  }
  return line;
}

inline Outcome drain(RecordReader& reader, const std::vector<std::string>& references) {
  Outcome outcome;
  std::vector<FieldId> fields;
  for (const std::string& reference : references) fields.push_back(reader.field(reference));
  while (reader.next()) outcome.records.push_back(joined(reader, fields));
  return outcome;
}

inline Outcome read_csv(std::string text, const std::vector<std::string>& columns, CsvDialect dialect = {},
                        ReadOptions options = {}) {
  std::vector<std::string> diagnostics;
  options.source_name = "t.csv";
  options.diagnostics = [&](const base::Diagnostic& d) { diagnostics.push_back(base::to_string(d)); };
  const auto reader = open_csv(std::make_unique<SlowSource>(std::move(text)), options, dialect);
  Outcome outcome = drain(*reader, columns);
  outcome.diagnostics = diagnostics;
  return outcome;
}

inline Outcome read_json(std::string text, const std::vector<std::string>& iterators,
                         const std::vector<std::string>& paths, ReadOptions options = {}) {
  options.source_name = "t.json";
  const auto reader = open_json(std::make_unique<SlowSource>(std::move(text)), options, iterators);
  return drain(*reader, paths);
}

}  // namespace scenograph::sources::testing
