#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/xml_text.hpp"
#include "shacl/internal/grouping.hpp"
#include "shacl/internal/origin_text.hpp"
#include "shacl/internal/trend_text.hpp"
#include "shacl/internal/wording.hpp"
#include "shacl/report.hpp"

namespace scenograph::shacl {

namespace {

constexpr std::size_t max_values = 5;
constexpr std::string_view languages[] = {"fr", "en"};
constexpr std::string_view language_names[] = {"Français", "English"};
constexpr std::string_view severity_classes[] = {"violation", "warning", "info"};

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --ink: #1d1b26; --paper: #fbfaf7; --line: #d9d5cc; --soft: #6b6675;
  --violation: #b3261e; --warning: #8a5a00; --info: #35609a; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece8e1; --paper: #191720; --line: #3b3745; --soft: #a39dad;
  --violation: #ff8a80; --warning: #ffc766; --info: #9cc4ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; font: 1rem/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper); }
h1 { font-size: 1.6rem; margin: 1rem 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.switch { float: right; }
.switch label { padding: .2rem .6rem; border: 1px solid var(--line); border-radius: 1rem; cursor: pointer; }
input[name=language] { position: absolute; opacity: 0; }
#fr:checked ~ .switch label[for=fr], #en:checked ~ .switch label[for=en] { background: var(--ink);
  color: var(--paper); }
#fr:focus-visible ~ .switch label[for=fr], #en:focus-visible ~ .switch label[for=en] { outline: 2px solid var(--info); }
#fr:checked ~ main[lang=en], #en:checked ~ main[lang=fr] { display: none; }
.soft, .iri { color: var(--soft); }
.iri { font-size: .85rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
td { border-top: 1px solid var(--line); padding: .45rem .6rem .45rem 0; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .75rem 0; padding: .6rem .9rem; }
summary { cursor: pointer; font-weight: 600; }
ul { list-style: none; margin: .5rem 0 0; padding: 0; }
li { border-left: 4px solid var(--line); padding: .1rem 0 .1rem .7rem; margin: .6rem 0; }
li.violation { border-color: var(--violation); } li.warning { border-color: var(--warning); }
li.info { border-color: var(--info); }
.badge { font-size: .8rem; font-weight: 600; } .badge.violation { color: var(--violation); }
.badge.warning { color: var(--warning); } .badge.info { color: var(--info); }
.value { font-family: ui-monospace, monospace; font-size: .9rem; overflow-wrap: anywhere; }
)";

/// The report in one language.
class HtmlReport {
 public:
  HtmlReport(const Report& report, const ReportOptions& options, std::string_view language, const base::ByteSink& sink)
      : report_(report), options_(options), words_(wording(language)), sink_(sink) {}

  void write(const std::vector<Group>& groups) {
    sink_(fmt::format("<main lang=\"{}\">\n", words_.language));
    const std::string title = options_.title.empty() ? std::string() : options_.title;
    if (!title.empty())
      sink_(fmt::format("<h1>{}</h1>\n", base::escape_xml(fmt::format(fmt::runtime(words_.report_on), title))));
    sink_(fmt::format("<h{0}>{1}</h{0}>\n", title.empty() ? 1 : 2,
                      base::escape_xml(counts_line(report_, words_.language))));
    if (options_.trend != nullptr)
      sink_(fmt::format("<p>{}</p>\n", base::escape_xml(trend_line(words_, *options_.trend))));
    if (!report_.conforms) {
      scope();
      frequent(1);
    }
    if (options_.trend != nullptr) changes(*options_.trend);
    entries(groups);
    notices();
    sink_("</main>\n");
  }

  /// Of few things, which are sooner looked at one by one.
  void write_part(const std::vector<Group>& groups) {
    if (!report_.conforms) {
      scope();
      entries(groups);
      frequent(2);
    }
    notices();
  }

 private:
  void scope() {
    if (report_.stopped) sink_(fmt::format("<p>{}</p>\n", base::escape_xml(words_.stopped)));
    sink_(fmt::format(
        "<p class=\"soft\">{}</p>\n",
        base::escape_xml(fmt::format(fmt::runtime(words_.scope), report_.entities_failed, report_.focus_nodes))));
  }

  void entries(const std::vector<Group>& groups) {
    for (const Group& entry : groups) write_entry(entry);
    if (report_.results.size() == report_.total) return;
    sink_(fmt::format("<p class=\"soft\">{}</p>\n",
                      base::escape_xml(fmt::format(fmt::runtime(words_.cut), report_.results.size(), report_.total,
                                                   options_.max_results_option))));
  }

  [[nodiscard]] std::string badge(Severity severity) const {
    const auto at = static_cast<std::size_t>(severity);
    return fmt::format("<span class=\"badge {}\">{}</span>", severity_classes[at],
                       base::escape_xml(words_.severity[at]));
  }

  void frequent(std::uint64_t least) {
    const auto counts = [least](const Check& check) { return check.count >= least; };
    if (std::none_of(report_.checks.begin(), report_.checks.end(), counts)) return;
    sink_(fmt::format("<h2>{}</h2>\n<table>\n", base::escape_xml(words_.frequent)));
    for (const Check& check : report_.checks) {
      if (!counts(check)) continue;
      sink_(fmt::format("<tr><td class=\"number\">{} ×</td><td><strong>{}</strong><br>{}</td><td>{}</td></tr>\n",
                        check.count, base::escape_xml(field_name(check, words_.language)), badge(check.severity),
                        base::escape_xml(pick(check.messages, words_.language))));
    }
    sink_("</table>\n");
  }

  void changes(const Trend& trend) {
    const auto changed = changed_checks(words_, report_, trend);
    if (changed.empty()) return;
    sink_(fmt::format("<h2>{}</h2>\n<table>\n", base::escape_xml(words_.changes)));
    for (const ChangedCheck& check : changed) {
      sink_(fmt::format("<tr><td><strong>{}</strong><br>{}</td><td>{}</td></tr>\n", base::escape_xml(check.field),
                        badge(check.severity), base::escape_xml(check.change)));
    }
    sink_("</table>\n");
  }

  void write_entry(const Group& entry) {
    std::string title(words_.unnamed);
    std::string kind;
    if (entry.entity != nullptr) {
      if (const auto name = entity_name(*entry.entity, words_.language)) title = *name;
      kind = shown_kind(words_, *entry.entity);
    }
    kind += (kind.empty() ? "" : " · ") + counts_line(words_, entry.counts);
    const bool to_fix = entry.counts[0] > 0;
    sink_(fmt::format("<details{}><summary>{} <span class=\"soft\">{}</span></summary>\n", to_fix ? " open" : "",
                      base::escape_xml(title), base::escape_xml(kind)));
    if (!entry.node->is_blank()) sink_(fmt::format("<div class=\"iri\">{}</div>\n", address(*entry.node)));
    if (entry.entity != nullptr) {
      for (const Record& record : entry.entity->records) {
        sink_(fmt::format("<div class=\"soft\">{}</div>\n", base::escape_xml(shown_record(words_, record))));
      }
    }
    sink_("<ul>\n");
    for (const Problem& problem : entry.problems) write_problem(entry, problem);
    sink_("</ul></details>\n");
  }

  [[nodiscard]] std::string address(const rdf::Term& node) const {
    if (!node.is_iri()) return base::escape_xml(shown_value(words_, node));
    const std::string text = base::escape_xml(node.value);
    const bool is_link = node.value.starts_with("http://") || node.value.starts_with("https://");
    return is_link ? fmt::format("<a href=\"{0}\">{0}</a>", text) : text;
  }

  void write_problem(const Group& entry, const Problem& problem) {
    std::string field = field_name(*problem.check, words_.language);
    if (*problem.focus_node != *entry.node) {
      const Entity* part = entity_of(report_, *problem.focus_node);
      const std::string kind = part == nullptr ? "" : entity_kind(*part, words_.language);
      if (!kind.empty()) field = fmt::format("{} › {}", kind, field);
    }
    const std::string is_new = problem.is_new
                                   ? fmt::format(" <span class=\"soft\">{}</span>", base::escape_xml(words_.new_one))
                                   : std::string();
    sink_(fmt::format("<li class=\"{}\"><strong>{}</strong> {}{}<br>{}",
                      severity_classes[static_cast<std::size_t>(problem.check->severity)], base::escape_xml(field),
                      badge(problem.check->severity), is_new, messages_of(problem)));
    const std::size_t shown = std::min(max_values, problem.values.size());
    for (std::size_t i = 0; i < shown; ++i) {
      if (*problem.values[i] == *problem.focus_node) continue;
      sink_(fmt::format("<br><span class=\"soft\">{}</span><span class=\"value\">{}</span>",
                        base::escape_xml(words_.found), base::escape_xml(shown_value(words_, *problem.values[i]))));
    }
    if (shown < problem.values.size()) sink_("<br>…");
    const std::string where =
        shown_fields(words_, report_, problem.fields) + shown_part_records(report_, entry, problem);
    if (!where.empty()) {
      sink_(
          fmt::format("<br><span class=\"soft\">{}</span>{}", base::escape_xml(words_.where), base::escape_xml(where)));
    }
    sink_("</li>\n");
  }

  [[nodiscard]] std::string messages_of(const Problem& problem) const {
    if (problem.messages.empty()) return base::escape_xml(pick(problem.check->messages, words_.language));
    std::string out;
    for (std::size_t i = 0; i < std::min(max_values, problem.messages.size()); ++i) {
      out += (i == 0 ? "" : "<br>") + base::escape_xml(pick(*problem.messages[i], words_.language));
    }
    return out;
  }

  void notices() {
    if (report_.notices.empty()) return;
    sink_(fmt::format("<h2>{}</h2>\n<ul>\n", base::escape_xml(words_.not_checked)));
    for (const auto& notice : report_.notices)
      sink_(fmt::format("<li>{}</li>\n", base::escape_xml(notice.message.in(words_.language))));
    sink_("</ul>\n");
  }

  const Report& report_;
  const ReportOptions& options_;
  const Wording& words_;
  const base::ByteSink& sink_;
};

}  // namespace

void write_html(const Report& report, const ReportOptions& options, const base::ByteSink& sink) {
  const std::string_view shown = wording(options.language).language;
  sink(
      fmt::format("<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n",
                  shown, base::escape_xml(options.title.empty() ? "Scenograph" : options.title)));
  sink(fmt::format("<style>{}</style>\n</head>\n<body>\n", style));
  for (const std::string_view language : languages) {
    sink(fmt::format("<input type=\"radio\" name=\"language\" id=\"{}\"{}>\n", language,
                     language == shown ? " checked" : ""));
  }
  sink("<div class=\"switch\">");
  for (std::size_t i = 0; i < std::size(languages); ++i) {
    sink(fmt::format("<label for=\"{0}\" lang=\"{0}\">{1}</label> ", languages[i], language_names[i]));
  }
  sink("</div>\n");
  const std::vector<Group> groups = group(report, options.trend);
  for (const std::string_view language : languages) HtmlReport(report, options, language, sink).write(groups);
  sink("</body>\n</html>\n");
}

void write_html_part(const Report& report, const ReportOptions& options, const base::ByteSink& sink) {
  HtmlReport(report, options, options.language, sink).write_part(group(report, options.trend));
}

}  // namespace scenograph::shacl
