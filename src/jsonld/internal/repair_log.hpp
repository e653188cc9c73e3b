#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "jsonld/internal/locate.hpp"
#include "jsonld/internal/repair.hpp"
#include "jsonld/internal/repair_rules.hpp"
#include "jsonld/json.hpp"
#include "markup/scripts.hpp"
#include "syntax/reader.hpp"

namespace scenograph::jsonld {

/// What a repair of JSON-LD was about.
struct RepairNote {
  std::string_view field;  ///< the key, or that of the value
  std::string_view found;
  std::string_view made;  ///< empty: left out
  base::Phrase detail;    ///< put after the rule's message
  bool at_key = false;    ///< its place is that of the key, rather than of the value
};

/// A value in the words of a message: a text itself, other values as JSON, "{…}" and "[…]" if they are long.
[[nodiscard]] std::string shown(const Value& value);

/// Tells the diagnostics of repairs: of those that are alike the first ones with their places, and at the end how many
/// more there were.
class RepairLog {
 public:
  static constexpr std::uint64_t shown = 3;        ///< of those alike
  static constexpr std::size_t most_groups = 200;  ///< beyond, a kind is one group

  /// @param options  must outlive this
  explicit RepairLog(const syntax::ReadOptions& options) : options_(options) { at_.source = options.source_name; }

  /// Says which text the paths that follow are of, and tells the repairs it went through.
  /// All must stand until the next `begin`.
  /// @param text      what was parsed
  /// @param repaired  how that came of the script; null: it is the script's
  void begin(const markup::Script& script, std::string_view text, const RepairedText* repaired);

  void add(RepairKind kind, const Path& path, const RepairNote& note);

  /// Tells how many there were besides those told. Once, after all reading.
  void finish();

 private:
  struct Group {
    std::uint64_t count = 0;
    std::uint64_t told = 0;
  };
  using Key = std::tuple<RepairKind, std::string, base::Phrase>;  // field and detail

  [[nodiscard]] Group& group_of(RepairKind kind, std::string_view field, const base::Phrase& detail);
  [[nodiscard]] base::Where place(std::size_t offset);
  void tell(RepairKind kind, const base::Where& where, const RepairNote& note) const;

  const syntax::ReadOptions& options_;
  std::map<Key, Group> groups_;
  std::string_view original_;  // of the script
  std::uint64_t line_ = 1;
  std::uint64_t column_ = 1;
  const RepairedText* repaired_ = nullptr;
  Locator locator_;
  std::size_t counted_ = 0;  // bytes of the original that `at_` is after
  base::Where at_;
};

}  // namespace scenograph::jsonld
