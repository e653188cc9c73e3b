#pragma once

#include <cstddef>
#include <vector>

#include "mapping/internal/model.hpp"
#include "sources/reader.hpp"

namespace scenograph::mapping::internal {

/// The current record as one triples map sees it: its references by number, each looked up once a record.
class Row {
 public:
  /// Both must outlive the row. @throws Error(Code::BadData) for a column that is not there.
  Row(const TriplesMap& map, sources::RecordReader& reader, bool empty_is_null);

  /// To be called after each `reader.next()`.
  void reset() { known_.assign(known_.size(), false); }

  /// The values of TriplesMap::references[reference] that are not null.
  [[nodiscard]] const Values& values(std::size_t reference);

  [[nodiscard]] base::Where where() const { return reader_->where(); }
  [[nodiscard]] std::size_t iterator() const { return reader_->iterator(); }

 private:
  [[nodiscard]] bool is_null(const sources::Value& value) const;

  const TriplesMap* map_;
  sources::RecordReader* reader_;
  bool empty_is_null_;
  std::vector<sources::FieldId> fields_;
  std::vector<Values> cache_;
  std::vector<bool> known_;
  sources::Values scratch_;
};

}  // namespace scenograph::mapping::internal
