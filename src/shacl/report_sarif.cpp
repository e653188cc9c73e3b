#include <fmt/format.h>

#include <string>

#include "base/json_text.hpp"
#include "base/version.hpp"
#include "rdf/iri.hpp"
#include "shacl/internal/grouping.hpp"
#include "shacl/internal/json_parts.hpp"
#include "shacl/internal/origin_text.hpp"
#include "shacl/internal/wording.hpp"
#include "shacl/report.hpp"

// Source: Static Analysis Results Interchange Format (SARIF) 2.1.0, OASIS Standard.

namespace scenograph::shacl {

namespace {

using base::json_string;

constexpr std::string_view levels[3] = {"error", "warning", "note"};  // by Severity

/// The file's name as a relative reference (RFC 3986, section 4.2).
std::string file_uri(std::string_view name) {
  std::string uri;
  for (const char c : rdf::encode_iri_component(name)) {
    if (static_cast<unsigned char>(c) < 0x80) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

class SarifReport {
 public:
  SarifReport(const Report& report, const ReportOptions& options, const base::ByteSink& sink)
      : report_(report), options_(options), words_(wording(options.language)), sink_(sink) {}

  void write() {
    sink_(
        fmt::format("{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\","
                    "\"runs\":[{{\"tool\":{{\"driver\":{{\"name\":\"Scenograph\",\"version\":{},\"language\":{},"
                    "\"rules\":[",
                    json_string(base::version()), json_string(options_.language)));
    for (std::size_t i = 0; i < report_.checks.size(); ++i) {
      sink_((i == 0 ? "\n" : ",\n") + rule(i));
    }
    sink_("]}},\"results\":[");
    const Trend* trend = options_.trend != nullptr && options_.trend->exact ? options_.trend : nullptr;
    std::string_view before = "\n";
    const auto add = [&](const std::string& text) {
      sink_(before);
      sink_(text);
      before = ",\n";
    };
    for (std::size_t i = 0; i < report_.results.size(); ++i) {
      add(result(report_.results[i], trend == nullptr ? "" : trend->is_new[i] ? "new" : "unchanged"));
    }
    if (trend != nullptr) {
      for (const Trend::Absent& absent : trend->absent) add(absent_result(absent));
    }
    sink_("]}]}\n");
  }

 private:
  static std::string_view level(const Check& check) { return levels[static_cast<std::size_t>(check.severity)]; }

  /// The shape and the component, e.g. "performance-name/MinCount"; a shape without an IRI has the check's number.
  [[nodiscard]] std::string id(std::size_t check) const {
    const Check& of = report_.checks[check];
    return id(
        of.source_shape.is_iri() ? std::string(local_name(of.source_shape.value)) : fmt::format("shape-{}", check + 1),
        of.component_iri);
  }

  static std::string id(std::string_view shape, std::string_view component) {
    constexpr std::string_view end = "ConstraintComponent";
    component = local_name(component);
    if (component.ends_with(end)) component.remove_suffix(end.size());
    return fmt::format("{}/{}", shape, component);
  }

  [[nodiscard]] std::string rule(std::size_t index) const {
    const Check& check = report_.checks[index];
    return fmt::format(
        "{{\"id\":{},\"name\":{},\"shortDescription\":{{\"text\":{}}},\"defaultConfiguration\":"
        "{{\"level\":\"{}\"}},\"properties\":{{\"count\":{}{}}}}}",
        json_string(id(index)), json_string(field_name(check, options_.language)),
        json_string(pick(check.messages, options_.language)), level(check), check.count,
        check.path ? ",\"path\":" + json_string(to_string(*check.path)) : "");
  }

  [[nodiscard]] std::string result(const Result& of, std::string_view state) const {
    const Check& check = report_.check_of(of);
    std::string text = fmt::format("{}{}{}", field_name(check, options_.language), words_.colon,
                                   pick(report_.messages_of(of), options_.language));
    if (of.value) text += fmt::format(" ({}{})", words_.found, shown_value(words_, *of.value));
    if (!of.fields.empty()) text += fmt::format(" – {}", shown_fields(words_, report_, of.fields));
    return fmt::format(
        "{{\"ruleId\":{},\"ruleIndex\":{},\"level\":\"{}\",\"message\":{{\"text\":{}}},\"locations\":[{}]{}{}}}",
        json_string(id(of.check)), of.check, level(check), json_string(text), location(of), baseline_state(state),
        properties(of));
  }

  static std::string baseline_state(std::string_view state) {
    return state.empty() ? std::string() : fmt::format(",\"baselineState\":\"{}\"", state);
  }

  /// What the earlier report found and this one does not: of its rule, too, there may be nothing else.
  [[nodiscard]] std::string absent_result(const Trend::Absent& absent) const {
    const EarlierCheck& check = options_.trend->earlier[absent.earlier];
    const std::string rule =
        absent.now ? fmt::format("\"ruleId\":{},\"ruleIndex\":{}", json_string(id(*absent.now)), *absent.now)
                   : fmt::format("\"ruleId\":{}",
                                 json_string(id(check.source_shape.is_iri() ? local_name(check.source_shape.value)
                                                                            : std::string_view("shape"),
                                                check.component_iri)));
    const rdf::Term& node = absent.focus_node;
    const std::string name = json_string(node.is_blank() ? "_:" + node.value : node.value);
    return fmt::format(
        "{{{},\"level\":\"{}\",\"message\":{{\"text\":{}}},\"locations\":[{{\"logicalLocations\":[{{"
        "\"name\":{},\"fullyQualifiedName\":{},\"kind\":\"resource\"}}]}}]{}}}",
        rule, levels[static_cast<std::size_t>(check.severity)], json_string(pick(check.messages, options_.language)),
        name, name, baseline_state("absent"));
  }

  /// The thing that is concerned, and the file: the data, or the export that they come from, whose records have no
  /// lines once they are stored.
  [[nodiscard]] std::string location(const Result& of) const {
    const rdf::Term& node = of.focus_node;
    const Entity* entity = entity_of(report_, node);
    const auto name = entity == nullptr ? std::nullopt : entity_name(*entity, options_.language);
    const std::string file = options_.title.empty() ? export_of(of) : json_string(options_.title);
    return fmt::format(
        "{{{}\"logicalLocations\":[{{\"name\":{},\"fullyQualifiedName\":{},\"kind\":\"resource\"}}]}}",
        file.empty() ? "" : fmt::format("\"physicalLocation\":{{\"artifactLocation\":{{\"uri\":{}}}}},", file),
        json_string(name.value_or(node.value)), json_string(node.is_blank() ? "_:" + node.value : node.value));
  }

  /// As a JSON string with the URI reference of a file name; "" if the export is not known, or one of several.
  [[nodiscard]] std::string export_of(const Result& of) const {
    const std::string* file = nullptr;
    for (const std::uint32_t index : of.fields) {
      const Field& field = report_.fields[index];
      if (field.kind == Field::Kind::Constant) continue;
      if (file != nullptr && *file != field.file) return {};
      file = &field.file;
    }
    return file == nullptr ? std::string() : json_string(file_uri(*file));
  }

  [[nodiscard]] std::string properties(const Result& of) const {
    const Entity* entity = entity_of(report_, of.focus_node);
    std::string members = json_fields(report_, of.fields);
    if (entity != nullptr) members += json_records(entity->records);
    members += json_annotations(of.annotations);
    return members.empty() ? members : fmt::format(",\"properties\":{{{}}}", std::string_view(members).substr(1));
  }

  const Report& report_;
  const ReportOptions& options_;
  const Wording& words_;
  const base::ByteSink& sink_;
};

}  // namespace

void write_sarif(const Report& report, const ReportOptions& options, const base::ByteSink& sink) {
  SarifReport(report, options, sink).write();
}

}  // namespace scenograph::shacl
