#include "mapping/internal/row.hpp"

#include <algorithm>
#include <utility>

#include "mapping/internal/natural.hpp"

namespace scenograph::mapping::internal {

Row::Row(const TriplesMap& map, sources::RecordReader& reader, bool empty_is_null)
    : map_(&map), reader_(&reader), empty_is_null_(empty_is_null) {
  for (const std::string& reference : map.references) fields_.push_back(reader.field(reference));
  cache_.resize(fields_.size());
  known_.resize(fields_.size(), false);
}

const Values& Row::values(std::size_t reference) {
  Values& values = cache_[reference];
  if (known_[reference]) return values;
  known_[reference] = true;
  values.clear();
  scratch_.clear();
  reader_->values(fields_[reference], scratch_);
  for (sources::Value& value : scratch_) {
    if (!is_null(value)) values.push_back(natural_value(std::move(value)));
  }
  return values;
}

bool Row::is_null(const sources::Value& value) const {
  if (value.type == sources::ValueType::Null) return true;
  if (value.type != sources::ValueType::String) return false;
  if (empty_is_null_ && value.text.empty()) return true;
  return std::find(map_->nulls.begin(), map_->nulls.end(), value.text) != map_->nulls.end();
}

}  // namespace scenograph::mapping::internal
