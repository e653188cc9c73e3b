#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/diagnostic.hpp"

namespace scenograph::jsonld {

/// What lenient reading of JSON-LD puts right; one row of `repair_rules` each.
enum class RepairKind : std::uint8_t {
  // the text
  TrailingComma,
  DoubledComma,
  MissingComma,
  MissingColon,
  MissingValue,
  MissingBracket,
  StrayBracket,
  Truncated,
  UnclosedText,
  Comment,
  ControlCharacter,
  InnerQuote,
  OtherQuotes,
  EntityQuotes,
  BareKey,
  BareValue,
  OtherWord,
  BadEscape,
  StrayText,
  SeveralDocuments,
  ByteOrderMark,
  NotUtf8,
  // contexts
  ContextSpelling,
  ContextMissing,
  ContextUnknown,
  ContextFault,
  // keys
  KeywordSpelling,
  AtBeforeTerm,
  TermCase,
  TermTypo,
  UnknownTerm,
  UndeclaredPrefix,
  RepeatedKey,
  // types
  TypeCase,
  TypeTypo,
  UnknownType,
  FaultyType,
  // values
  EmptyValue,
  Entity,
  JsonInText,
  NumberedKeys,
  Translations,
  SeveralAddresses,
  AddressSpelling,
  NoAddress,
  FaultyId,
  ValueObject,
  LanguageTag,
  LeftOut,
};

/// A repair as users see it.
struct RepairRule {
  RepairKind kind;
  std::string_view name;  ///< as docs and tests have it, "trailing-comma"
  base::Severity severity;
  base::PhraseView message;  ///< what is wrong and how to write it right
  std::string_view wrong;    ///< an example
  std::string_view right;    ///< what the example should be, or what is made of it
};

/// All repairs, in the order of `RepairKind`. docs/lenient.md lists them.
[[nodiscard]] std::span<const RepairRule> repair_rules();

[[nodiscard]] const RepairRule& rule_of(RepairKind kind);

}  // namespace scenograph::jsonld
