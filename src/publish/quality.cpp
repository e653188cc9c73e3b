#include "publish/quality.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "base/utf8.hpp"
#include "base/xml_text.hpp"
#include "publish/dataset.hpp"
#include "publish/internal/facts.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::publish {

namespace {

using rdf::Term;

constexpr std::array<std::string_view, 5> metrics = {"completeness", "validity", "links", "freshness", "overall"};
constexpr std::size_t overall = 4;
constexpr std::size_t most_groups = 500;
constexpr std::size_t most_facts = 10'000;

std::optional<double> number(const std::optional<Term>& term) {
  if (!term || !term->is_literal()) return std::nullopt;
  double out = 0;
  const char* end = term->value.data() + term->value.size();
  const auto [stop, failure] = std::from_chars(term->value.data(), end, out);
  return failure == std::errc() && stop == end ? std::optional(out) : std::nullopt;
}

class Reader {
 public:
  Reader(const Site& site, const Source& source, Language language)
      : site_(site),
        source_(source),
        graph_(source.view.find(Term::iri(quality_graph(site)))),
        scores_graph_(store::GraphSet::of(graph_ && source.readable.contains(*graph_) ? std::vector{*graph_}
                                                                                      : std::vector<store::TermId>())),
        stored_(source.view, scores_graph_),
        shown_(source.view, source.readable),
        language_(language) {}

  QualityTable table() const {
    QualityTable out;
    const std::string whole = dataset_iri(site_);
    for (const std::string& iri : groups()) {
      auto group = read(iri);
      if (!group) continue;
      if (iri == whole) {
        out.whole = std::move(group);
        continue;
      }
      auto& groups = is_contributor(iri) ? out.contributors : out.sources;
      if (groups.size() == most_groups) {
        out.has_more = true;
      } else {
        groups.push_back(std::move(*group));
      }
    }
    for (auto* groups : {&out.contributors, &out.sources}) {
      std::stable_sort(groups->begin(), groups->end(), [](const GroupQuality& a, const GroupQuality& b) {
        return a.scores[overall].value_or(0) > b.scores[overall].value_or(0);
      });
    }
    return out;
  }

  std::optional<GroupQuality> read(const std::string& iri) const {
    const Term group = Term::iri(iri);
    if (!may_see(group)) return std::nullopt;
    GroupQuality out;
    out.iri = iri;
    bool is_stored = false;
    for (const Term& node : stored_.subjects(rdf::dqv::computedOn, group, most_facts)) {
      if (node.value.starts_with(site_.base_iri + "quality/mean-")) {
        read_measurement(node, out);
        is_stored = true;
      } else if (const auto gain = number(stored_.value(node, rdf::scg::gain))) {
        out.advice.push_back({stored_.text(node, rdf::rdfs::label, language_), *gain});
      }
    }
    if (!is_stored) return std::nullopt;
    std::stable_sort(out.advice.begin(), out.advice.end(),
                     [](const QualityAdvice& a, const QualityAdvice& b) { return a.gain > b.gain; });
    out.name = is_contributor(iri) ? stored_.text(group, rdf::rdfs::label, language_) : shown_.name(group, language_);
    if (const auto who = stored_.value(group, rdf::prov::wasAttributedTo)) {
      out.contributor = stored_.text(*who, rdf::rdfs::label, language_);
    }
    return out;
  }

 private:
  [[nodiscard]] bool is_contributor(std::string_view iri) const {
    return iri.starts_with(site_.base_iri + "contributor/");
  }

  /// IRIs of all that a mean is stored of, sorted.
  [[nodiscard]] std::set<std::string> groups() const {
    std::set<std::string> out;
    const auto predicate = source_.view.find(Term::iri(rdf::scg::entities));
    const auto of = source_.view.find(Term::iri(rdf::dqv::computedOn));
    if (!predicate || !of) return out;
    std::vector<Term> nodes;
    const auto scan = source_.view.scan({{{}, *predicate, {}, {}}, store::Order::Psog, scores_graph_, true});
    for (store::QuadBatch batch; scan->next(batch);) {
      for (Term& node : source_.view.terms(batch.column(store::Position::Subject))) nodes.push_back(std::move(node));
    }
    for (const Term& node : nodes) {
      if (const auto group = stored_.value(node, rdf::dqv::computedOn)) out.insert(group->value);
    }
    return out;
  }

  [[nodiscard]] bool may_read(const Term& graph) const {
    const auto id = source_.view.find(graph);
    return id && source_.readable.contains(*id);
  }

  [[nodiscard]] bool may_see(const Term& group) const {
    if (is_contributor(group.value)) {
      const auto graphs = stored_.subjects(rdf::prov::wasAttributedTo, group, most_facts);
      return graphs.size() < most_facts &&
             std::all_of(graphs.begin(), graphs.end(), [this](const Term& graph) { return may_read(graph); });
    }
    if (group.value != dataset_iri(site_)) return may_read(group);
    // What is not listed may be read: if anything that is there may not, its entities may be among the scored ones.
    const auto all = source_.view.graphs();
    return std::all_of(all.begin(), all.end(),
                       [this](store::TermId graph) { return source_.readable.contains(graph) || !is_scored(graph); });
  }

  [[nodiscard]] bool is_scored(store::TermId graph) const {
    return graph == store::default_graph ||
           !stored_.subjects(rdf::dqv::computedOn, source_.view.term(graph), 1).empty();
  }

  void read_measurement(const Term& node, GroupQuality& out) const {
    const auto metric = stored_.value(node, rdf::dqv::isMeasurementOf);
    const std::string_view iri = metric ? std::string_view(metric->value) : std::string_view();
    const auto at = std::find(metrics.begin(), metrics.end(), iri.substr(std::min(iri.find('#') + 1, iri.size())));
    if (at == metrics.end()) return;
    out.scores[static_cast<std::size_t>(at - metrics.begin())] = number(stored_.value(node, rdf::dqv::value));
    if (const auto count = number(stored_.value(node, rdf::scg::entities))) {
      out.entities = static_cast<std::uint64_t>(*count);
    }
  }

  const Site& site_;
  const Source& source_;
  std::optional<store::TermId> graph_;
  store::GraphSet scores_graph_;
  Facts stored_;  // what the graph of scores says
  Facts shown_;
  Language language_;
};

std::string_view tone_of(double score) { return score >= 0.8 ? "#2c6e3f" : score >= 0.5 ? "#8a5300" : "#a11212"; }

/// Of a text in 11 pixels, about: a letter takes more room than a narrow one, a digit or a space.
int width_of(std::string_view text) {
  double out = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U) continue;
    const bool is_narrow = std::string_view("iljtfr.:,' ").find(c) != std::string_view::npos;
    out += is_narrow ? 4 : c == '%' || c == 'm' ? 10 : 7;
  }
  return static_cast<int>(out);
}

}  // namespace

std::string quality_graph(const Site& site) { return site.base_iri + "graph/quality"; }

QualityTable read_quality(const Site& site, const Source& source, Language language) {
  return Reader(site, source, language).table();
}

std::optional<GroupQuality> read_quality_of(const Site& site, const Source& source, std::string_view iri,
                                            Language language) {
  return Reader(site, source, language).read(std::string(iri));
}

std::string entity_name(const Source& source, std::string_view iri, Language language) {
  return Facts(source.view, source.readable).name(Term::iri(iri), language);
}

std::string percent_text(double share, Language language) {
  return fmt::format("{}{}%", std::lround(share * 100), language == Language::French ? "\u202F" : "");
}

std::string quality_badge(std::string_view name, std::optional<double> score, Language language) {
  constexpr int padding = 7;
  const std::string label(text(language, "quality_badge"));
  const std::string value = score ? percent_text(*score, language) : std::string(text(language, "quality_unknown"));
  const int left = width_of(label) + 2 * padding;
  const int right = width_of(value) + 2 * padding;
  const std::string title = base::escape_xml(fmt::format(
      "{}{}{} {}", base::cut_utf8(name, 120), name.empty() ? "" : " – ", text(language, "quality_badge_title"), value));
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"20\" role=\"img\" aria-label=\"{1}\" "
      "xml:lang=\"{2}\">\n<title>{1}</title>\n"
      "<clipPath id=\"r\"><rect width=\"{0}\" height=\"20\" rx=\"4\"/></clipPath>\n"
      "<g clip-path=\"url(#r)\"><rect width=\"{3}\" height=\"20\" fill=\"#3f3539\"/>"
      "<rect x=\"{3}\" width=\"{4}\" height=\"20\" fill=\"{5}\"/></g>\n"
      "<g fill=\"#fff\" text-anchor=\"middle\" font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\">"
      "<text x=\"{6}\" y=\"14\" textLength=\"{7}\">{8}</text>"
      "<text x=\"{9}\" y=\"14\" textLength=\"{10}\" font-weight=\"bold\">{11}</text></g>\n</svg>\n",
      left + right, title, tag_of(language), left, right, score ? tone_of(*score) : "#6b5f63", left / 2.0,
      left - 2 * padding, base::escape_xml(label), left + right / 2.0, right - 2 * padding, base::escape_xml(value));
}

std::string badge_snippet(const Site& site, std::string_view iri, const std::string& page, Language language) {
  const auto whole = [&](const std::string& path) {
    return base::escape_xml(site.base_iri + with_language(path, language).substr(1));
  };
  return fmt::format("<a href=\"{}\"><img src=\"{}\" alt=\"{}\" height=\"20\"></a>", whole(page),
                     whole(badge_path(site, iri)), base::escape_xml(text(language, "quality_title")));
}

}  // namespace scenograph::publish
