#include "shacl/internal/origin_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/json_text.hpp"
#include "base/utf8.hpp"

namespace scenograph::shacl {

namespace {

constexpr std::size_t most_fields = 6;
constexpr std::size_t max_value_bytes = 80;

/// Whether French would elide before it.
bool begins_with_vowel(std::string_view name) {
  constexpr std::string_view vowels = "aeiouyhAEIOUYH";
  if (name.empty()) return false;
  if (vowels.find(name.front()) != std::string_view::npos) return true;
  constexpr std::string_view consonants[] = {"Ç", "ç", "Ñ", "ñ"};  // among the Latin letters of two bytes
  return name.front() == '\xC3' && std::none_of(std::begin(consonants), std::end(consonants),
                                                [name](std::string_view letter) { return name.starts_with(letter); });
}

std::string of_file(const Wording& words, const std::string& file) {
  return std::string(words.of[begins_with_vowel(file) ? 1 : 0]) + file;
}

/// "a, b or c"
std::string joined(const std::vector<std::string>& parts, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? last : std::string_view(", ");
    out += parts[i];
  }
  return out;
}

std::string quoted_names(const Wording& words, const Field& field) {
  std::vector<std::string> names;
  for (const std::string& name : field.names)
    names.push_back(fmt::format("{}{}{}", words.quote_open, name, words.quote_close));
  return joined(names, words.and_);
}

/// Columns, or fields of JSON, of one file: each is enough to make the value.
std::string alternatives(const Wording& words, const std::vector<const Field*>& fields) {
  const auto& noun = fields.front()->kind == Field::Kind::Columns ? words.columns : words.members;
  const bool all_single =
      std::all_of(fields.begin(), fields.end(), [](const Field* field) { return field->names.size() == 1; });
  std::vector<std::string> parts;
  for (const Field* field : fields) {
    if (parts.size() == most_fields) break;
    const bool with_noun = parts.empty() || !all_single;
    const std::string start = with_noun ? fmt::format("{} ", noun[field->names.size() > 1 ? 1 : 0]) : std::string();
    parts.push_back(start + quoted_names(words, *field));
  }
  if (parts.size() < fields.size()) parts.emplace_back("…");
  return joined(parts, words.or_) + of_file(words, fields.front()->file);
}

/// Fields of one kind and file.
std::string shown(const Wording& words, const std::vector<const Field*>& fields) {
  const Field& first = *fields.front();
  switch (first.kind) {
    case Field::Kind::Columns:
    case Field::Kind::Members:
      return alternatives(words, fields);
    case Field::Kind::Constant:
      return fmt::format("{}{}{}{}", words.constant, first.file.empty() ? "" : " ", first.file, words.not_export);
    case Field::Kind::NoColumn:
      return fmt::format(fmt::runtime(words.no_column), of_file(words, first.file));
    case Field::Kind::NoMember:
      return fmt::format(fmt::runtime(words.no_member), of_file(words, first.file));
  }
  return {};
}

std::string shown_values(const Record& record) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : record.values) {
    const auto cut = base::cut_utf8(value, max_value_bytes);
    parts.push_back(fmt::format("{} = {}{}", name, cut, cut.size() < value.size() ? "…" : ""));
  }
  return joined(parts, ", ");
}

constexpr std::string_view field_kinds[5] = {"columns", "members", "constant", "noColumn", "noMember"};  // by Kind

std::string json_of(const Field& field) {
  std::string out = fmt::format(R"({{"kind":"{}","file":{})", field_kinds[static_cast<std::size_t>(field.kind)],
                                base::json_string(field.file));
  if (field.names.empty()) return out + '}';
  for (std::size_t i = 0; i < field.names.size(); ++i) {
    out += (i == 0 ? ",\"names\":[" : ",") + base::json_string(field.names[i]);
  }
  return out + "]}";
}

std::string json_of(const Record& record) {
  std::string out = fmt::format(R"({{"file":{},"values":{{)", base::json_string(record.file));
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    const auto& [name, value] = record.values[i];
    out += fmt::format("{}{}:{}", i == 0 ? "" : ",", base::json_string(name), base::json_string(value));
  }
  return out + "}}";
}

/// `,"name":[…]`; nothing without elements.
template <typename Elements, typename Write>
std::string member(std::string_view name, const Elements& elements, const Write& write) {
  std::string out;
  for (const auto& element : elements) {
    out += (out.empty() ? fmt::format(",\"{}\":[", name) : std::string(",")) + write(element);
  }
  return out.empty() ? out : out + ']';
}

}  // namespace

std::string shown_fields(const Wording& words, const Report& report, std::span<const std::uint32_t> fields) {
  std::vector<std::vector<const Field*>> groups;
  for (const std::uint32_t index : fields) {
    const Field& field = report.fields[index];
    const auto group = std::find_if(groups.begin(), groups.end(), [&field](const auto& known) {
      return known.front()->kind == field.kind && known.front()->file == field.file;
    });
    if (group == groups.end()) {
      groups.push_back({&field});
    } else {
      group->push_back(&field);
    }
  }
  std::vector<std::string> parts;
  for (const auto& group : groups) parts.push_back(shown(words, group));
  return joined(parts, words.between);
}

std::string shown_record(const Wording& words, const Record& record) {
  return fmt::format("{}{}{}", record.file, words.colon, shown_values(record));
}

std::string shown_part_records(const Report& report, const Group& entry, const Problem& problem) {
  const Entity* part = entity_of(report, *problem.focus_node);
  if (problem.fields.empty() || part == nullptr || part == entry.entity || part->records.empty()) return {};
  if (entry.entity != nullptr && part->records == entry.entity->records) return {};
  std::vector<std::string> parts;
  for (const Record& record : part->records) parts.push_back(shown_values(record));
  return fmt::format(" ({})", joined(parts, "; "));
}

std::string json_fields(const Report& report, std::span<const std::uint32_t> fields) {
  return member("fields", fields, [&report](std::uint32_t field) { return json_of(report.fields[field]); });
}

std::string json_records(std::span<const Record> records) {
  return member("records", records, [](const Record& record) { return json_of(record); });
}

}  // namespace scenograph::shacl
