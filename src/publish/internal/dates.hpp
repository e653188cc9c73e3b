#pragma once

#include <optional>
#include <string>

#include "publish/language.hpp"
#include "rdf/date_time.hpp"
#include "rdf/term.hpp"

namespace scenograph::publish {

/// A day, with the time where it is known, as the data gives it: on the clock of the place.
struct Moment {
  rdf::DateTime value;
  bool has_time = false;
};

/// From xsd:date, xsd:dateTime and plain literals of their forms; nullopt for anything else.
[[nodiscard]] std::optional<Moment> to_moment(const rdf::Term& term);

/// "vendredi 12 décembre 2025 à 20 h 30", "Friday 12 December 2025, 20:30".
[[nodiscard]] std::string to_text(const Moment& moment, Language language);

/// "du 12 au 14 décembre 2025", "12–14 December 2025"; one day alone if both are the same day.
[[nodiscard]] std::string to_text(const Moment& from, const Moment& to, Language language);

/// "20 h 30", "20:30"; "UTC" behind it where the data says so; empty without a time.
[[nodiscard]] std::string time_text(const Moment& moment, Language language);

/// "déc." or "Dec", for calendar leaves.
[[nodiscard]] std::string short_month(const Moment& moment, Language language);

/// Days since 1970-01-01.
[[nodiscard]] std::int64_t day_of(const Moment& moment);

/// Today in UTC, in days since 1970-01-01.
[[nodiscard]] std::int64_t today();

}  // namespace scenograph::publish
