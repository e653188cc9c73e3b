#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "search/name_index.hpp"
#include "store/view.hpp"

namespace scenograph::search {

/// One name of an entity.
struct NameRow {
  std::uint32_t entity;  ///< index into NamedEntities::iris
  std::string text;

  friend auto operator<=>(const NameRow&, const NameRow&) = default;
};

/// What an index is made of. Entities ascend by IRI, names by entity and text.
struct NamedEntities {
  std::vector<std::string> iris;
  std::vector<std::uint32_t> type_sets;        ///< of each entity: an index into `sets`
  std::vector<std::vector<std::string>> sets;  ///< the distinct combinations of types that occur
  std::vector<NameRow> names;
  std::map<std::string, std::set<std::string>> superclasses;  ///< direct ones
};

/// @throws  Error(Code::Cancelled) if a stop is requested.
void stop_if_asked(const std::stop_token& stop);

[[nodiscard]] NamedEntities read_names(const store::View& view, const store::GraphSet& readable,
                                       const IndexOptions& options);

}  // namespace scenograph::search
