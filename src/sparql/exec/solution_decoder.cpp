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
constexpr std::size_t read_ahead = 8;  ///< terms whose bytes are fetched while others are read

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
      place_column(rows.columns[i].data() + from + out.size, count, out.columns[i]);
    }
    read_terms(out.terms);
    out.size += count;
  } while (out.size < most && out.terms.bytes() < enough_bytes);
}

void SolutionDecoder::place_column(const TermId* ids, std::size_t count, std::vector<SolutionBatch::Place>& out) {
  TermId last;
  SolutionBatch::Place place = SolutionBatch::unbound;
  for (std::size_t row = 0; row < count; ++row) {
    if (ids[row] != last) {
      last = ids[row];
      place = last.is_undefined() ? SolutionBatch::unbound : place_of(last);
    }
    out.push_back(place);
  }
}

SolutionBatch::Place SolutionDecoder::place_of(TermId id) {
  SolutionBatch::Place& place = places_[std::hash<TermId>{}(id) & (places_.size() - 1)];
  if (place < ids_.size() && ids_[place] == id) return place;
  place = static_cast<SolutionBatch::Place>(ids_.size());
  ids_.push_back(id);
  return place;
}

void SolutionDecoder::read_terms(rdf::TermList& terms) {
  for (std::size_t i = terms.size(); i < ids_.size(); ++i) {
    if (i + read_ahead < ids_.size()) terms_.expect(ids_[i + read_ahead]);
    terms.add(terms_.read(ids_[i]));
  }
}

}  // namespace scenograph::sparql
