#pragma once

#include <optional>
#include <string_view>

#include "publish/quality.hpp"
#include "server/internal/reply.hpp"

namespace scenograph::server {

/// How good what anybody may read of an entity is, as of now, whether or not scores are stored; nullopt if it is none
/// that is scored. Within the limits of a query.
///
/// Cost: a millisecond or two, more for an entity that thousands of others point at.
[[nodiscard]] std::optional<publish::EntityQuality> entity_quality(const Services& services, const Request& request,
                                                                   const publish::Source& source, std::string_view iri,
                                                                   publish::Language language);

}  // namespace scenograph::server
