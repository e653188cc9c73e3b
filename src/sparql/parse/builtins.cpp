#include "sparql/parse/builtins.hpp"

#include <algorithm>
#include <array>

namespace scenograph::sparql::parse {

namespace {

using Kind = algebra::ExpressionKind;

constexpr std::size_t any = SIZE_MAX;

constexpr std::array<Builtin, 59> builtins = {{
    {"STR", 1, 1},
    {"LANG", 1, 1},
    {"LANGMATCHES", 2, 2},
    {"DATATYPE", 1, 1},
    {"BOUND", 1, 1, Kind::Bound},
    {"IRI", 1, 1},
    {"URI", 1, 1},
    {"BNODE", 0, 1},
    {"RAND", 0, 0},
    {"ABS", 1, 1},
    {"CEIL", 1, 1},
    {"FLOOR", 1, 1},
    {"ROUND", 1, 1},
    {"CONCAT", 0, any},
    {"STRLEN", 1, 1},
    {"UCASE", 1, 1},
    {"LCASE", 1, 1},
    {"ENCODE_FOR_URI", 1, 1},
    {"CONTAINS", 2, 2},
    {"STRSTARTS", 2, 2},
    {"STRENDS", 2, 2},
    {"STRBEFORE", 2, 2},
    {"STRAFTER", 2, 2},
    {"YEAR", 1, 1},
    {"MONTH", 1, 1},
    {"DAY", 1, 1},
    {"HOURS", 1, 1},
    {"MINUTES", 1, 1},
    {"SECONDS", 1, 1},
    {"TIMEZONE", 1, 1},
    {"TZ", 1, 1},
    {"NOW", 0, 0},
    {"UUID", 0, 0},
    {"STRUUID", 0, 0},
    {"MD5", 1, 1},
    {"SHA1", 1, 1},
    {"SHA256", 1, 1},
    {"SHA384", 1, 1},
    {"SHA512", 1, 1},
    {"COALESCE", 0, any, Kind::Coalesce},
    {"IF", 3, 3, Kind::If},
    {"STRLANG", 2, 2},
    {"STRDT", 2, 2},
    {"SAMETERM", 2, 2, Kind::SameTerm},
    {"ISIRI", 1, 1},
    {"ISURI", 1, 1},
    {"ISBLANK", 1, 1},
    {"ISLITERAL", 1, 1},
    {"ISNUMERIC", 1, 1},
    {"REGEX", 2, 3},
    {"SUBSTR", 2, 3},
    {"REPLACE", 3, 4},
    {"COUNT", 1, 1, Kind::Aggregate},
    {"SUM", 1, 1, Kind::Aggregate},
    {"MIN", 1, 1, Kind::Aggregate},
    {"MAX", 1, 1, Kind::Aggregate},
    {"AVG", 1, 1, Kind::Aggregate},
    {"SAMPLE", 1, 1, Kind::Aggregate},
    {"GROUP_CONCAT", 1, 1, Kind::Aggregate},
}};

constexpr char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

bool is_keyword(std::string_view text, std::string_view keyword) {
  return std::equal(text.begin(), text.end(), keyword.begin(), keyword.end(),
                    [](char given, char wanted) { return capital(given) == wanted; });
}

const Builtin* find_builtin(std::string_view keyword) {
  const auto* at = std::find_if(builtins.begin(), builtins.end(),
                                [&](const Builtin& builtin) { return is_keyword(keyword, builtin.name); });
  return at == builtins.end() ? nullptr : at;
}

}  // namespace scenograph::sparql::parse
