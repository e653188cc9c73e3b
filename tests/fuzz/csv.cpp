#include "sources/csv.hpp"

#include <vector>

#include "base/utf8.hpp"
#include "fuzz/fuzz.hpp"

// Reads tables. The first byte says how they are written, the second one in which encoding.

namespace {

using namespace scenograph;

void read(std::string_view text, const sources::ReadOptions& options, const sources::CsvDialect& dialect) {
  const auto reader = sources::open_csv(base::open_text(text), options, dialect);
  std::vector<sources::FieldId> fields;
  for (const char* const name : {"_col.1", "_col.2", "name"}) {
    fuzz::answers([&] { fields.push_back(reader->field(name)); });
  }
  while (reader->next()) {
    fuzz::require(reader->iterator() == 0 && reader->where().record > 0);
    sources::Values values;
    for (const sources::FieldId field : fields) reader->values(field, values);
    fuzz::require(values.size() == fields.size());
    for (const sources::Value& value : values) fuzz::require(base::find_invalid_utf8(value.text) == std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const unsigned manner = input.byte();
  constexpr std::string_view encodings[] = {"",         "UTF-8",        "UTF-16",    "UTF-16LE",
                                            "UTF-16BE", "windows-1252", "ISO-8859-1"};
  sources::ReadOptions options;
  options.encoding = encodings[input.byte() % std::size(encodings)];
  if (manner / 64 == 3) options.max_record = 32;
  options.diagnostics = [](const base::Diagnostic& diagnostic) { static_cast<void>(base::to_string(diagnostic)); };
  sources::CsvDialect dialect;
  dialect.delimiter = std::string_view(",;\t|\0\0\0\0", 8)[manner % 8];
  dialect.header = manner / 8 % 2 == 0;
  dialect.trim = manner / 16 % 2 == 1;
  if (manner / 32 % 2 == 1) dialect.quote = manner % 2 == 0 ? '\0' : '\'';
  fuzz::answers([&] { read(input.rest(), options, dialect); });
  return 0;
}
