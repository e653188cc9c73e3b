#include "sparql/exec/solution_decoder.hpp"

#include <algorithm>
#include <bit>
#include <functional>

namespace scenograph::sparql {

using store::TermId;

namespace {

constexpr std::size_t enough_bytes = std::size_t{2} << 20U;
constexpr std::size_t rows_at_once = 64;  ///< between two looks at how many bytes there are
constexpr std::size_t most_places = 8192;

}  // namespace

void SolutionDecoder::decode(const Batch& rows, std::size_t from, std::size_t most, SolutionBatch& out) {
  const std::size_t width = out.columns.size();
  out.size = 0;
  out.terms.clear();
  for (auto& column : out.columns) column.clear();
  ids_.clear();
  const std::size_t wanted = std::min(std::bit_ceil(2 * most * std::max<std::size_t>(width, 1)), most_places);
  if (places_.size() < wanted) places_.resize(wanted);
  do {
    const std::size_t count = std::min(rows_at_once, most - out.size);
    for (std::size_t i = 0; i < width; ++i) {
      decode_column(rows.columns[i].data() + from + out.size, count, out.terms, out.columns[i]);
    }
    out.size += count;
  } while (out.size < most && out.terms.bytes() < enough_bytes);
}

void SolutionDecoder::decode_column(const TermId* ids, std::size_t count, rdf::TermList& terms,
                                    std::vector<SolutionBatch::Place>& out) {
  TermId last;
  SolutionBatch::Place place = SolutionBatch::unbound;
  for (std::size_t row = 0; row < count; ++row) {
    if (ids[row] != last) {
      last = ids[row];
      place = last.is_undefined() ? SolutionBatch::unbound : place_of(last, terms);
    }
    out.push_back(place);
  }
}

SolutionBatch::Place SolutionDecoder::place_of(TermId id, rdf::TermList& terms) {
  SolutionBatch::Place& place = places_[std::hash<TermId>{}(id) & (places_.size() - 1)];
  if (place < ids_.size() && ids_[place] == id) return place;
  place = static_cast<SolutionBatch::Place>(ids_.size());
  terms.add(terms_.read(id));
  ids_.push_back(id);
  return place;
}

}  // namespace scenograph::sparql
