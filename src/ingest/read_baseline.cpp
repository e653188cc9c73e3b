#include <fmt/format.h>

#include "base/error.hpp"
#include "ingest/report_history.hpp"
#include "jsonld/json.hpp"
#include "rdf/date_time.hpp"
#include "syntax/compression.hpp"

namespace scenograph::ingest {

namespace {

using jsonld::Value;
using shacl::Baseline;
using shacl::EarlierCheck;

constexpr std::size_t max_bytes = std::size_t{256} << 20U;
constexpr std::int64_t max_count = std::int64_t{1} << 53;

class BaselineReader {
 public:
  explicit BaselineReader(const std::string& source_name) : source_name_(source_name) {}

  [[nodiscard]] Baseline read(const Value& report) const {
    if (!report.is_object()) bad("it is not a JSON object");
    if (const Value* stopped = report.find("stopped"); stopped != nullptr && stopped->is_bool() && stopped->boolean()) {
      bad("it was made with --fail-fast, which leaves results out");
    }
    Baseline baseline;
    if (report.has("time")) baseline.time_ms = time(text(report, "time"));
    for (const Value& check : list(report, "checks")) baseline.checks.push_back(read_check(check));
    for (const Value& result : list(report, "results")) {
      const std::int64_t check = integer(result, "check");
      if (static_cast<std::size_t>(check) >= baseline.checks.size()) bad("a result is of no check");
      baseline.results.push_back({static_cast<std::uint32_t>(check), term(member(result, "focusNode"))});
    }
    return baseline;
  }

 private:
  [[noreturn]] void bad(const std::string& why) const {
    throw base::Error(base::Code::BadData,
                      fmt::format("this is no report of `scenograph validate --format json`: {}", why), {source_name_});
  }

  [[nodiscard]] const Value& member(const Value& of, std::string_view name) const {
    const Value* found = of.find(name);
    if (found == nullptr) bad(fmt::format("it has no \"{}\" where there should be one", name));
    return *found;
  }

  [[nodiscard]] const Value::Array& list(const Value& of, std::string_view name) const {
    const Value& found = member(of, name);
    if (!found.is_array()) bad(fmt::format("\"{}\" is not an array", name));
    return found.array();
  }

  [[nodiscard]] const std::string& text(const Value& of, std::string_view name) const {
    const Value& found = member(of, name);
    if (!found.is_string()) bad(fmt::format("\"{}\" is not a text", name));
    return found.string();
  }

  [[nodiscard]] std::int64_t integer(const Value& of, std::string_view name) const {
    const Value& found = member(of, name);
    if (!found.is_integer() || found.integer() < 0 || found.integer() > max_count) {
      bad(fmt::format("\"{}\" is not a whole number from 0 to 2^53", name));
    }
    return found.integer();
  }

  [[nodiscard]] rdf::Term term(const Value& of) const {
    const std::string& type = text(of, "type");
    const std::string& value = text(of, "value");
    if (type == "uri") return rdf::Term::iri(value);
    if (type == "bnode") return rdf::Term::blank(value);
    if (type != "literal") bad("a \"type\" is none of uri, bnode, literal");
    if (of.has("xml:lang")) return rdf::Term::lang_literal(value, text(of, "xml:lang"));
    return rdf::Term::literal(value, of.has("datatype") ? std::string_view(text(of, "datatype")) : std::string_view());
  }

  [[nodiscard]] std::vector<shacl::Message> messages(const Value& of, std::string_view name) const {
    const Value& found = member(of, name);
    if (!found.is_object()) bad(fmt::format("\"{}\" is not an object", name));
    std::vector<shacl::Message> messages;
    for (const auto& [language, message] : found.object()) {
      if (!message.is_string()) bad(fmt::format("a text of \"{}\" is none", name));
      messages.push_back({message.string(), language == "und" ? std::string() : language});
    }
    return messages;
  }

  [[nodiscard]] EarlierCheck read_check(const Value& of) const {
    EarlierCheck check;
    const auto severity = shacl::parse_severity(text(of, "severity"));
    if (!severity) bad("a \"severity\" is none of violation, warning, info");
    check.severity = *severity;
    check.source_shape = term(member(of, "shape"));
    check.component_iri = text(of, "component");
    if (of.has("path")) check.path = text(of, "path");
    if (of.has("constraint")) {
      const rdf::Term constraint = term(member(of, "constraint"));
      if (constraint.is_iri()) check.constraint = constraint.value;
    }
    check.names = messages(of, "names");
    check.messages = messages(of, "messages");
    check.count = static_cast<std::uint64_t>(integer(of, "count"));
    return check;
  }

  [[nodiscard]] std::int64_t time(const std::string& text) const {
    const auto read = rdf::parse_date_time(text);
    if (!read || read->year < 1970 || read->year > 9999) bad("\"time\" is not a date and time");
    const std::int64_t seconds = rdf::local_seconds(*read) - std::int64_t{60} * read->offset_minutes.value_or(0);
    return seconds * 1000 + read->nanosecond / 1'000'000;
  }

  const std::string& source_name_;
};

}  // namespace

Baseline read_baseline(std::unique_ptr<base::ByteSource> bytes, const std::string& source_name) {
  const auto unpacked = syntax::decompress(std::move(bytes), source_name);
  const std::string text = base::read_all(*unpacked, max_bytes, source_name);
  return BaselineReader(source_name).read(jsonld::parse_json(text, source_name));
}

}  // namespace scenograph::ingest
