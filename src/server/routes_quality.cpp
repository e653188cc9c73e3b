#include <cmath>

#include "base/error.hpp"
#include "ingest/score.hpp"
#include "publish/dataset.hpp"
#include "publish/quality.hpp"
#include "server/internal/entity_quality.hpp"
#include "server/internal/query_limits.hpp"
#include "server/internal/reply.hpp"
#include "server/internal/routes.hpp"
#include "server/internal/standard_shapes.hpp"

namespace scenograph::server {

namespace {

constexpr std::string_view badge_folder = "/badge/";
constexpr std::string_view badge_ending = ".svg";

Response page(Services& services, const Request& request) {
  const Reading reading(services, Reading::Scores::Yes);
  const auto language = language_of(request);
  const std::string tag(publish::tag_of(language));
  return with_etag(request, reading, "quality-" + tag, [&] {
    const auto table = services.qualities.get(reading.snapshot->commit_number(), tag, [&] {
      return publish::read_quality(services.site, reading.source, language);
    });
    return html(publish::quality_page(services.site, *table, language), language);
  });
}

/// What a badge is asked of: "/badge/event/x.svg", "/badge?iri=…"; the whole dataset without either.
std::string badge_iri(const Services& services, const Request& request) {
  if (!request.path.starts_with(badge_folder)) {
    const std::string_view iri = request.parameter("iri");
    return iri.empty() ? publish::dataset_iri(services.site) : std::string(iri);
  }
  std::string_view path = std::string_view(request.path).substr(badge_folder.size());
  if (!path.ends_with(badge_ending)) throw base::Error(base::Code::NotFound, "a badge's address ends in .svg");
  path.remove_suffix(badge_ending.size());
  return services.options.base_iri + "id/" + std::string(path);
}

Response badge(const Services& services, const Request& request) {
  const Reading reading(services, Reading::Scores::Yes);
  const store::GraphSet shown = services.shown(*reading.snapshot);
  const auto language = language_of(request);
  return with_etag(request, reading, "badge-" + std::string(publish::tag_of(language)), [&] {
    const std::string iri = badge_iri(services, request);
    const publish::Source source{*reading.snapshot, shown};
    Response out;
    if (const auto group = publish::read_quality_of(services.site, reading.source, iri, language)) {
      out.body = publish::quality_badge(group->name, group->scores.back(), language);
    } else if (const auto quality = entity_quality(services, request, source, iri, language)) {
      out.body = publish::quality_badge(publish::entity_name(source, iri, language), quality->scores.back(), language);
    } else {
      throw base::Error(base::Code::NotFound,
                        "the quality of this is not measured: it is no entity that is scored, nor a source or "
                        "contributor with a stored score (scenograph score)");
    }
    out.content_type = "image/svg+xml";
    out.headers = {{"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"},
                   {"Content-Language", std::string(publish::tag_of(language))},
                   {"Vary", "Accept-Language, Accept-Encoding"}};
    return out;
  });
}

}  // namespace

std::optional<publish::EntityQuality> entity_quality(const Services& services, const Request& request,
                                                     const publish::Source& source, std::string_view iri,
                                                     publish::Language language) {
  const auto id = source.view.find(rdf::Term::iri(iri));
  if (!id) return std::nullopt;
  const QueryLimits limits = limits_of(services.options, {});
  const auto budget = std::make_shared<base::Budget>(limits.timeout, limits.memory, limits.remedies);
  if (request.client) request.client->cancel_when_gone(budget);
  const shacl::QualityWeights& weights = services.options.weights ? *services.options.weights : standard_weights();
  const auto options =
      ingest::quality_options(source.view, source.readable, services.options.base_iri, ingest::today());
  const shacl::Quality quality = shacl::score_entity(source.view, weights, standard_shapes(), options, *id, *budget);
  if (quality.entities == 0) return std::nullopt;
  publish::EntityQuality out;
  for (std::size_t i = 0; i < out.scores.size(); ++i) {
    if (!std::isnan(quality.scores[i])) out.scores[i] = quality.scores[i];
  }
  for (const shacl::Improvement& each : quality.improvements) {
    out.advice.push_back({std::string(improvement_name(weights, each, publish::tag_of(language))), each.gain});
  }
  return out;
}

void add_quality_routes(Router& router, Services& services) {
  using Match = Router::Match;
  const Handler handler = [&services](const Request& request) { return badge(services, request); };
  router.add("/quality", Match::Exact, {"GET"}, Router::Cors::No,
             [&services](const Request& request) { return page(services, request); });
  router.add("/badge", Match::Exact, {"GET"}, Router::Cors::Yes, handler);
  router.add(std::string(badge_folder), Match::Prefix, {"GET"}, Router::Cors::Yes, handler);
  router.add("/contributor/", Match::Prefix, {"GET"}, Router::Cors::No,
             [](const Request&) { return see_other("/quality"); });
}

}  // namespace scenograph::server
