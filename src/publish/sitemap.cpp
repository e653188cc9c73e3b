#include "publish/sitemap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>

#include "base/xml_text.hpp"
#include "rdf/date_time.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::publish {

namespace {

using store::TermId;

constexpr std::array<std::string_view, 2> modified_predicates = {"http://schema.org/dateModified",
                                                                 "http://purl.org/dc/terms/modified"};

void scan(const Source& source, std::string_view predicate, const std::function<void(TermId, TermId)>& take) {
  const auto id = source.view.find(rdf::Term::iri(predicate));
  if (!id) return;
  const auto rows = source.view.scan({{{}, *id, {}, {}}, store::Order::Psog, source.readable, true});
  store::QuadBatch batch;
  while (rows->next(batch)) {
    for (std::size_t row = 0; row < batch.size; ++row) take(batch.columns[0][row], batch.columns[2][row]);
  }
}

/// A date or dateTime with zone, as W3C Datetime has them; empty for other values.
std::string w3c_date(const rdf::Term& value) {
  if (const auto time = rdf::parse_date_time(value.value)) {
    return time->offset_minutes ? rdf::format_date_time(*time) : value.value.substr(0, 10);
  }
  auto date = rdf::parse_date(value.value);
  if (!date) return "";
  date->offset_minutes.reset();
  return rdf::format_date(*date);
}

std::unordered_map<TermId, std::string> read_modified(const Source& source) {
  std::unordered_map<TermId, std::string> out;
  for (const auto predicate : modified_predicates) {
    scan(source, predicate, [&](TermId subject, TermId value) {
      std::string& latest = out[subject];
      latest = std::max(latest, w3c_date(source.view.term(value)));
    });
  }
  return out;
}

constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::string_view xml_namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

}  // namespace

Sitemap Sitemap::read(const Site& site, const Source& source) {
  std::vector<TermId> entities;
  scan(source, rdf::rdf::type, [&](TermId subject, TermId) {
    if (entities.empty() || entities.back() != subject) entities.push_back(subject);
  });
  const auto modified = read_modified(source);
  const auto terms = source.view.terms(entities);
  Sitemap out;
  out.base_ = site.base_iri;
  for (std::size_t i = 0; i < entities.size(); ++i) {
    if (!terms[i].is_iri() || !local_part(site, terms[i].value) || is_part(site, terms[i].value)) continue;
    const auto date = modified.find(entities[i]);
    out.pages_.push_back(
        {site.base_iri + page_path(site, terms[i].value).substr(1), date == modified.end() ? "" : date->second});
  }
  std::sort(out.pages_.begin(), out.pages_.end());
  return out;
}

std::string Sitemap::file(std::size_t number) const {
  std::string out = fmt::format("{}<urlset xmlns=\"{}\">\n", xml_head, xml_namespace);
  const std::size_t from = (number - 1) * max_urls;
  for (std::size_t i = from; i < std::min(from + max_urls, pages_.size()); ++i) {
    out += fmt::format("<url><loc>{}</loc>", base::escape_xml(pages_[i].address));
    if (!pages_[i].modified.empty()) out += fmt::format("<lastmod>{}</lastmod>", pages_[i].modified);
    out += "</url>\n";
  }
  return out + "</urlset>\n";
}

std::string Sitemap::index() const {
  std::string out = fmt::format("{}<sitemapindex xmlns=\"{}\">\n", xml_head, xml_namespace);
  for (std::size_t number = 1; number <= files(); ++number) {
    out += fmt::format("<sitemap><loc>{}sitemap-{}.xml</loc></sitemap>\n", base::escape_xml(base_), number);
  }
  return out + "</sitemapindex>\n";
}

std::string robots_txt(const Site& site) {
  return fmt::format(
      "User-agent: *\nDisallow: /sparql?\nDisallow: /search?\nDisallow: /reconcile\nDisallow: /preview\n\n"
      "Sitemap: {}sitemap.xml\n",
      site.base_iri);
}

}  // namespace scenograph::publish
