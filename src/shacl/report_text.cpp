#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/utf8.hpp"
#include "shacl/internal/grouping.hpp"
#include "shacl/internal/origin_text.hpp"
#include "shacl/internal/trend_text.hpp"
#include "shacl/internal/wording.hpp"
#include "shacl/report.hpp"

namespace scenograph::shacl {

namespace {

constexpr std::size_t max_frequent = 8;
constexpr std::size_t max_values = 3;

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) static_cast<void>(base::next_code_point(text, at));
  return count;
}

class TextReport {
 public:
  TextReport(const Report& report, const ReportOptions& options, const base::ByteSink& sink)
      : report_(report), options_(options), words_(wording(options.language)), sink_(sink) {}

  void write() {
    if (!options_.title.empty()) line(fmt::format(fmt::runtime(words_.report_on), options_.title));
    line(counts_line(report_, words_.language));
    if (report_.stopped) line(words_.stopped);
    if (options_.trend != nullptr) line(trend_line(words_, *options_.trend));
    const auto groups = group(report_, options_.trend);
    if (!report_.conforms) {
      if (!options_.counts_only) {
        line(fmt::format(fmt::runtime(words_.scope), report_.entities_failed, report_.focus_nodes));
      }
      frequent();
      changes();
      if (!options_.counts_only) entries(groups);
    }
    if (report_.conforms) changes();
    notices();
  }

 private:
  void line(std::string_view text) {
    sink_(text);
    sink_("\n");
  }

  /// Writes `text` broken into lines, the first after `first`, the others under it.
  void wrapped(std::string_view first, std::string_view text) {
    const std::size_t indent = characters(first);
    const std::size_t room = options_.width > indent + 20 ? options_.width - indent : 20;
    std::string out(first);
    std::size_t used = 0;
    while (!text.empty()) {
      const auto end = std::min(text.find_first_of(" \n"), text.size());
      const auto word = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      if (word.empty()) continue;
      const std::size_t length = characters(word);
      if (used > 0 && used + 1 + length > room) {
        line(out);
        out.assign(indent, ' ');
        used = 0;
      }
      if (used > 0) out += ' ';
      out += word;
      used += length + (used > 0 ? 1 : 0);
    }
    line(out);
  }

  void frequent() {
    line("");
    line(words_.frequent);
    const std::size_t all = report_.checks.size();
    const std::size_t shown = options_.counts_only ? all : std::min(max_frequent, all);
    for (std::size_t i = 0; i < shown; ++i) {
      const Check& check = report_.checks[i];
      const auto severity = words_.severity[static_cast<std::size_t>(check.severity)];
      wrapped(fmt::format("{:>6} × ", check.count),
              fmt::format("{} ({}){}{}", field_name(check, words_.language), severity, words_.colon,
                          pick(check.messages, words_.language)));
    }
  }

  void changes() {
    if (options_.trend == nullptr) return;
    const auto changed = changed_checks(words_, report_, *options_.trend);
    if (changed.empty()) return;
    line("");
    line(words_.changes);
    for (std::size_t i = 0; i < changed.size() && (i < max_frequent || options_.counts_only); ++i) {
      const auto severity = words_.severity[static_cast<std::size_t>(changed[i].severity)];
      wrapped("  ", fmt::format("{} ({}){}{}", changed[i].field, severity, words_.colon, changed[i].change));
    }
    if (changed.size() > max_frequent && !options_.counts_only) line("  …");
  }

  void entries(const std::vector<Group>& groups) {
    const std::size_t shown =
        options_.max_entities == 0 ? groups.size() : std::min(options_.max_entities, groups.size());
    for (std::size_t i = 0; i < shown; ++i) {
      line("");
      heading(groups[i]);
      for (const auto& problem : groups[i].problems) write_problem(groups[i], problem);
    }
    if (shown < groups.size()) {
      line("");
      line(fmt::format(fmt::runtime(words_.more_entries), groups.size() - shown));
    }
    if (report_.results.size() < report_.total) {
      line(fmt::format(fmt::runtime(words_.cut), report_.results.size(), report_.total, options_.max_results_option));
    }
  }

  void heading(const Group& entry) {
    std::string title(words_.unnamed);
    std::string kind;
    if (entry.entity != nullptr) {
      if (const auto name = entity_name(*entry.entity, words_.language)) title = *name;
      kind = shown_kind(words_, *entry.entity);
    }
    line(kind.empty() ? title : fmt::format("{} ({})", title, kind));
    line(entry.node->is_iri() ? fmt::format("<{}>", entry.node->value) : shown_value(words_, *entry.node));
    if (entry.entity == nullptr) return;
    for (const Record& record : entry.entity->records) wrapped("", shown_record(words_, record));
  }

  void write_problem(const Group& entry, const Problem& problem) {
    static constexpr std::string_view marks[3] = {"  ✗ ", "  • ", "  · "};
    const auto severity = static_cast<std::size_t>(problem.check->severity);
    std::string field = field_name(*problem.check, words_.language);
    if (*problem.focus_node != *entry.node) {
      const Entity* part = entity_of(report_, *problem.focus_node);
      const std::string kind = part == nullptr ? "" : entity_kind(*part, words_.language);
      if (!kind.empty()) field = fmt::format("{} › {}", kind, field);
    }
    const std::string is_new = problem.is_new ? fmt::format(", {}", words_.new_one) : std::string();
    line(fmt::format("{}{} ({}{})", marks[severity], field, words_.severity[severity], is_new));
    write_messages(problem);
    const std::size_t shown = std::min(max_values, problem.values.size());
    for (std::size_t i = 0; i < shown; ++i) {
      if (*problem.values[i] == *problem.focus_node) continue;
      wrapped(fmt::format("    {}", words_.found), shown_value(words_, *problem.values[i]));
    }
    if (shown < problem.values.size()) line("    …");
    if (const std::string where = where_of(entry, problem); !where.empty()) {
      wrapped(fmt::format("    {}", words_.where), where);
    }
  }

  [[nodiscard]] std::string where_of(const Group& entry, const Problem& problem) const {
    return shown_fields(words_, report_, problem.fields) + shown_part_records(report_, entry, problem);
  }

  void write_messages(const Problem& problem) {
    if (problem.messages.empty()) return wrapped("    ", pick(problem.check->messages, words_.language));
    const std::size_t shown = std::min(max_values, problem.messages.size());
    for (std::size_t i = 0; i < shown; ++i) wrapped("    ", pick(*problem.messages[i], words_.language));
  }

  void notices() {
    if (report_.notices.empty()) return;
    line("");
    line(words_.not_checked);
    for (const auto& notice : report_.notices) wrapped("  - ", notice.message.in(words_.language));
  }

  const Report& report_;
  const ReportOptions& options_;
  const Wording& words_;
  const base::ByteSink& sink_;
};

}  // namespace

void write_text(const Report& report, const ReportOptions& options, const base::ByteSink& sink) {
  TextReport(report, options, sink).write();
}

}  // namespace scenograph::shacl
