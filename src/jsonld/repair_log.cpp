#include "jsonld/internal/repair_log.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"

namespace scenograph::jsonld {

namespace {

constexpr std::size_t shown_bytes = 200;
constexpr std::size_t most_members = 64;   ///< of an object or a list that is shown
constexpr std::size_t longest_json = 320;  ///< in bytes, of a value that is shown
constexpr std::size_t around_bytes = 40;   ///< of a fault in the text, on each side

std::string_view around(std::string_view text, std::size_t offset) {
  std::size_t begin = offset - std::min(offset, around_bytes);
  while (begin < offset && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) ++begin;
  const std::size_t line = text.substr(0, offset).rfind('\n');
  if (line != std::string_view::npos) begin = std::max(begin, line + 1);
  const std::size_t end = std::min(text.find('\n', offset), text.size());
  return base::cut_utf8(text.substr(begin, end - begin), (offset - begin) + around_bytes);
}

/// As much of a text as messages show, in UTF-8 whatever it was.
std::string shown_text(std::string_view text) {
  text = base::cut_utf8(text, shown_bytes);
  std::string out;
  for (std::size_t bad = 0; bad != std::string_view::npos;) {
    bad = base::find_invalid_utf8(text);
    out += text.substr(0, bad);
    if (bad == std::string_view::npos) break;
    out += "\xEF\xBF\xBD";
    text.remove_prefix(bad + 1);
  }
  return out;
}

}  // namespace

std::string shown(const Value& value) {
  if (value.is_string()) return value.string();
  if (value.is_array() && value.array().size() > most_members) return "[…]";
  if (value.is_object() && value.object().size() > most_members) return "{…}";
  std::string text = to_json(value);
  if (text.size() > longest_json) text = value.is_array() ? "[…]" : "{…}";
  return text;
}

void RepairLog::begin(const markup::Script& script, std::string_view text, const RepairedText* repaired) {
  original_ = script.text;
  line_ = script.line;
  column_ = script.column;
  repaired_ = repaired;
  locator_ = Locator(text);
  counted_ = 0;
  at_.line = line_;
  at_.column = column_;
  if (repaired == nullptr || !options_.diagnostics) return;
  for (const Repair& repair : repaired->repairs) {
    Group& group = group_of(repair.kind, {}, {});
    if (group.told >= shown) continue;
    ++group.told;
    tell(repair.kind, place(repair.offset), {{}, around(original_, repair.offset), {}, {}});
  }
  for (const RepairRule& rule : repair_rules()) {
    const std::size_t count = repaired->counts[static_cast<std::size_t>(rule.kind)];
    if (count != 0) group_of(rule.kind, {}, {}).count += count;
  }
}

void RepairLog::add(RepairKind kind, const Path& path, const RepairNote& note) {
  if (!options_.diagnostics) return;
  Group& group = kind == RepairKind::EmptyValue ? group_of(kind, {}, {}) : group_of(kind, note.field, note.detail);
  ++group.count;
  if (group.told >= (kind == RepairKind::EmptyValue ? 1 : shown)) return;
  ++group.told;
  const std::size_t offset = locator_.find(path, note.at_key);
  tell(kind, place(repaired_ == nullptr ? offset : repaired_->original(offset)), note);
}

void RepairLog::finish() {
  for (const auto& [key, group] : groups_) {
    if (group.count <= group.told) continue;
    const auto& [kind, field, detail] = key;
    const std::uint64_t more = group.count - group.told;
    base::Phrase rest = detail;
    rest += {fmt::format(" ({} more like this)", more), fmt::format(" (et {} de plus)", more)};
    tell(kind, {options_.source_name}, {field, {}, {}, std::move(rest)});
  }
  groups_.clear();
}

RepairLog::Group& RepairLog::group_of(RepairKind kind, std::string_view field, const base::Phrase& detail) {
  const Key key(kind, base::cut_utf8(field, shown_bytes), detail);
  const auto found = groups_.find(key);
  if (found != groups_.end()) return found->second;
  return groups_[groups_.size() >= most_groups ? Key(kind, {}, {}) : key];
}

base::Where RepairLog::place(std::size_t offset) {
  offset = std::min(offset, original_.size());
  if (offset < counted_) {
    counted_ = 0;
    at_.line = line_;
    at_.column = column_;
  }
  for (; counted_ < offset; ++counted_) {
    if (original_[counted_] == '\n') {
      ++at_.line;
      at_.column = 1;
    } else if ((static_cast<unsigned char>(original_[counted_]) & 0xC0U) != 0x80U) {
      ++at_.column;
    }
  }
  return at_;
}

void RepairLog::tell(RepairKind kind, const base::Where& where, const RepairNote& note) const {
  const RepairRule& rule = rule_of(kind);
  base::Phrase message(rule.message);
  message += note.detail;
  options_.diagnostics({rule.severity, where, shown_text(note.field), shown_text(note.found), shown_text(note.made),
                        std::move(message)});
}

}  // namespace scenograph::jsonld
