#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "shacl/internal/grouping.hpp"
#include "shacl/internal/wording.hpp"
#include "shacl/validate.hpp"

namespace scenograph::shacl {

/// Where in exports a value stands, or ought to: "columns “Date” and “Time” of agenda.csv"; "" of no fields. Fields of
/// one file are alternatives; at most six are named.
///
/// @param fields  indexes in `report.fields`
[[nodiscard]] std::string shown_fields(const Wording& words, const Report& report,
                                       std::span<const std::uint32_t> fields);

/// Which record of an export it is: "agenda.csv: Code = 1234".
[[nodiscard]] std::string shown_record(const Wording& words, const Record& record);

/// The records of the problem's focus node in brackets, after a field, where the entry it is shown in has others; ""
/// where it has the same, or where no field is known.
[[nodiscard]] std::string shown_part_records(const Report& report, const Group& entry, const Problem& problem);

/// The same for programs, as members of a JSON object:
/// `,"fields":[{"kind":"columns","file":"agenda.csv","names":["Date"]}]` and
/// `,"records":[{"file":"agenda.csv","values":{"Code":"1234"}}]`; nothing without any.
[[nodiscard]] std::string json_fields(const Report& report, std::span<const std::uint32_t> fields);
[[nodiscard]] std::string json_records(std::span<const Record> records);

}  // namespace scenograph::shacl
