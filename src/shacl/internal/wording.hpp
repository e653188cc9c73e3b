#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rdf/term.hpp"
#include "shacl/validate.hpp"

namespace scenograph::shacl {

/// The fixed words of reports in one language.
struct Wording {
  std::string_view language;
  std::string_view report_on;  // "Report on {}"
  std::string_view all_good;
  std::string_view nothing;      // was checked
  std::string_view severity[3];  // of one problem, by Severity
  std::string_view one[3];       // "{} suggestion"
  std::string_view many[3];      // "{} suggestions"
  std::string_view scope;        // "{} entries concerned, {} checks of entries made"
  std::string_view stopped;      // at the first result
  std::string_view frequent;
  std::string_view colon;  // between a heading and what it says
  std::string_view found;  // before the offending value
  std::string_view unnamed;
  std::string_view more_entries;  // "and {} more"
  std::string_view cut;           // results left out of the report
  std::string_view not_checked;
  std::string_view quote_open;
  std::string_view quote_close;
  std::string_view where;       // before the field of an export
  std::string_view columns[2];  // one, or several that make a value together
  std::string_view members[2];  // of JSON: likewise
  std::string_view of[2];       // before the name of a file; the second one where it begins with a vowel
  std::string_view constant;    // what sets a value in place of an export; then, if it is known, a mapping's name
  std::string_view not_export;
  std::string_view no_column;  // "no column{}": of a file
  std::string_view no_member;
  std::string_view and_;
  std::string_view or_;
  std::string_view between;  // things said of several files
  std::string_view since;    // "Since {}": a time
  std::string_view since_earlier;
  std::string_view mended[2];  // "{} mended": of one, of several
  std::string_view added[2];   // "{} new"
  std::string_view unchanged;
  std::string_view by_counts;  // where results could not be held against each other
  std::string_view new_one;    // of a problem
  std::string_view changes;    // above the checks that changed
  std::string_view time;       // date, hour and minute
  std::string_view date;       // day, month, year
  std::string_view first_of_month;
  std::string_view other_days;
  std::string_view months[12];
};

/// French for "fr" and its variants, else English.
[[nodiscard]] const Wording& wording(std::string_view language);

/// "3 to fix, 12 suggestions"; the sentence for no problem at all if there is none.
[[nodiscard]] std::string counts_line(const Wording& words, const std::uint64_t (&counts)[3]);

/// What people call the field: sh:name, else the end of the path's IRI, else what the constraint is about.
[[nodiscard]] std::string field_name(const Check& check, std::string_view language);

/// The name of a node, or nullopt if it has none.
[[nodiscard]] std::optional<std::string> entity_name(const Entity& entity, std::string_view language);

/// What sort of thing a node is ("performance", "place"), by its types; "" if it has none.
[[nodiscard]] std::string entity_kind(const Entity& entity, std::string_view language);

/// The end of an IRI after its last '#' or '/', or all of it.
[[nodiscard]] std::string_view local_name(std::string_view iri);

/// A day: "3 March 2026".
[[nodiscard]] std::string shown_date(const Wording& words, int year, unsigned month, unsigned day);

/// What a node is and when it begins: "performance, 3 March 2026, 14:02"; "" if neither is known.
[[nodiscard]] std::string shown_kind(const Wording& words, const Entity& entity);

/// An offending value as people read it: texts in quotation marks and cut to 120 bytes, IRIs as they are.
[[nodiscard]] std::string shown_value(const Wording& words, const rdf::Term& value);

}  // namespace scenograph::shacl
