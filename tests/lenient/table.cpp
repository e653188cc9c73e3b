#include "lenient/table.hpp"

#include <fmt/format.h>

#include "jsonld/internal/repair_rules.hpp"

namespace scenograph::lenient {

namespace {

/// An example as code, line breaks shown as ⏎.
std::string code(std::string_view text) {
  std::string out = "`";
  for (const char c : text) {
    if (c == '\n') {
      out += "⏎";
    } else if (c == '|') {
      out += "\\|";
    } else {
      out += c;
    }
  }
  return out + "`";
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
      continue;
    }
    if (c == '\\' || c == '|' || c == '*' || c == '[') out += '\\';
    out += c;
  }
  return out;
}

std::string_view name_of(base::Severity severity) {
  if (severity == base::Severity::Error) return "error";
  return severity == base::Severity::Warning ? "warning" : "note";
}

}  // namespace

std::vector<std::string> table_rows() {
  std::vector<std::string> rows;
  for (const jsonld::RepairRule& rule : jsonld::repair_rules()) {
    rows.push_back(fmt::format("| {} | {} | {} | {} | {} |", rule.name, name_of(rule.severity),
                               escaped(rule.message.en), code(rule.wrong), code(rule.right)));
  }
  return rows;
}

}  // namespace scenograph::lenient
