#include <algorithm>
#include <array>

#include "publish/internal/template.hpp"
#include "publish/pages.hpp"

namespace scenograph::publish {

namespace {

using Tone = ValidationOutcome::Tone;

constexpr std::array<const char*, 4> tone_classes = {"good", "warn", "bad", "none"};
constexpr std::array<const char*, 4> tone_advice = {"validate_good", "validate_advice", "validate_bad",
                                                    "validate_nothing_advice"};

std::string syntax_name(std::string_view name) {
  if (name == "html") return "HTML";
  if (name == "jsonld") return "JSON-LD";
  if (name == "rdfxml") return "RDF/XML";
  if (name == "ntriples") return "N-Triples";
  if (name == "nquads") return "N-Quads";
  if (name == "trig") return "TriG";
  return "Turtle";
}

Data repair_data(const Repair& repair, Language language) {
  Data out;
  set_text(out, "place", repair.place);
  set_text(out, "field", repair.field);
  set_text(out, "found", repair.found);
  set_text(out, "made", repair.made == repair.found ? std::string() : repair.made);
  set_text(out, "message", repair.message.in(tag_of(language)));
  out.set("is_english", repair.message.fr.empty());
  return out;
}

Data outcome_data(const ValidationOutcome& outcome, Language language) {
  const auto tone = static_cast<std::size_t>(outcome.tone);
  const std::string counts =
      outcome.tone == Tone::Nothing ? std::string(text(language, "validate_nothing")) : outcome.counts;
  Data out = object({{"tone", tone_classes[tone]},
                     {"counts", counts},
                     {"advice", std::string(text(language, tone_advice[tone]))},
                     {"statements", std::to_string(outcome.statements)},
                     {"syntax", syntax_name(outcome.syntax)},
                     {"report", outcome.report}});
  set_text(out, "name", outcome.name);
  out.set("is_nothing", outcome.tone == Tone::Nothing);
  DataList repairs;
  for (const Repair& repair : outcome.repairs) repairs.push_back(repair_data(repair, language));
  set_list(out, "repairs", std::move(repairs));
  set_text(out, "more_repairs", outcome.more_repairs == 0 ? std::string() : std::to_string(outcome.more_repairs));
  return out;
}

/// What to do when a request ends with this status.
std::string failure_advice(int status, Language language) {
  const std::string_view advice = find_text(language, "validate_failed_" + std::to_string(status));
  return std::string(advice.empty() ? text(language, "validate_failed_advice") : advice);
}

}  // namespace

std::string validation_page(const Site& site, const ValidationForm& form, const ValidationOutcome* outcome,
                            Language language) {
  Data data = object({{"base", site.base_iri}, {"input", std::string(form.input)}});
  data.set("takes_addresses", form.takes_addresses);
  data.set("is_french", language == Language::French);
  data.set("is_first", outcome == nullptr && form.failure.empty());
  set_text(data, "failure", std::string(form.failure));
  data.set("failure_advice", failure_advice(form.status, language));
  data.set("outcome", outcome == nullptr ? Data(false) : outcome_data(*outcome, language));
  Frame frame;
  frame.title = std::string(text(language, "validate_title"));
  frame.description = std::string(text(language, "validate_lead"));
  frame.path = "/validate";
  frame.index = outcome == nullptr;
  return render_page("validate", site, language, frame, std::move(data));
}

}  // namespace scenograph::publish
