#pragma once

#include <string>
#include <string_view>

#include "publish/pages.hpp"
#include "publish/site.hpp"
#include "search/name_index.hpp"

namespace scenograph::publish {

// Answers of a reconciliation service, as JSON. Ids of entities and types are their IRIs.
//
// Source: Reconciliation Service API 0.2, W3C Entity Reconciliation Community Group.

/// What the service offers.
[[nodiscard]] std::string reconcile_manifest(const Site& site, Language language);

/// Answers a batch. A query's type and property ids may be prefixed names ("schema:Place"). Properties raise or lower
/// the score where the entity, its address or its location has a value for them. A candidate is a match if it scores at
/// least 95 and leads the next one by 5 or more.
///
/// @param queries  a JSON object of queries by their key.
/// @throws  Error(Code::BadSyntax) for what is no JSON; Error(Code::BadArgument) for JSON of another shape;
///          Error(Code::TooLarge) past 500 queries.
[[nodiscard]] std::string reconcile(const Site& site, const Source& source, const search::NameIndex& names,
                                    std::string_view queries, Language language);

/// Entities whose names start with `prefix`, for a text field that completes as one types.
[[nodiscard]] std::string suggest_entities(const Site& site, const Source& source, const search::NameIndex& names,
                                           std::string_view prefix, std::size_t cursor, Language language);

}  // namespace scenograph::publish
