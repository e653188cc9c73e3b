#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "ingest/quad_table.hpp"

namespace scenograph::ingest {

/// Mends what schema.org data of real sites gets wrong, in place, one diagnostic for each thing changed:
///
/// - https://schema.org/ terms become http://schema.org/ (silently: both are right)
/// - dates typed schema:Date or not at all become xsd:date or xsd:dateTime, with a space between date and time, missing
///   seconds and offsets such as -0500 put right; no time zone is ever invented
/// - times of day given as doorTime ("19:30", "19h30", "7:30 pm") become xsd:time (silently: both are right)
/// - event statuses, attendance modes and availabilities written as words become the IRIs of schema.org
/// - prices such as "12,50 €" become numbers; several in one text become lowPrice and highPrice
/// - texts that are web addresses, given as type, page, image or equal, become links
/// - Wikidata pages become entity IRIs; "&amp;" in addresses becomes "&"
/// - a LocalBusiness is also a Place
/// - e-mail addresses and telephone numbers of persons are left out
///
/// What cannot be mended stays as it is, with a diagnostic.
///
/// @param source  named in diagnostics.
/// @param base    the IRI that relative ones were resolved against, for showing words such as "offline" as they were
///                written; may be empty
void clean(QuadTable& quads, const std::string& source, const base::DiagnosticSink& diagnostics,
           std::string_view base = {});

/// The part of it that terms need which stand outside of quads: https://schema.org/ becomes http://schema.org/.
void clean_iri(std::string& iri);

}  // namespace scenograph::ingest
