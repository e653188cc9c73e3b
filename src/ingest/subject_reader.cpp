#include "ingest/subject_reader.hpp"

#include <algorithm>

namespace scenograph::ingest {

SubjectReader::SubjectReader(const store::View& view, const store::GraphSet& graphs)
    : scan_(view.scan({{}, store::Order::Spog, graphs})) {}

bool SubjectReader::advance_to(store::TermId subject) {
  constexpr std::size_t few = 64;  // rows after a jump
  if (at_ < batch_.size) {
    const auto subjects = batch_.column(store::Position::Subject);
    at_ = static_cast<std::size_t>(
        std::lower_bound(subjects.begin() + static_cast<std::ptrdiff_t>(at_), subjects.end(), subject) -
        subjects.begin());
  }
  if (at_ < batch_.size) return true;
  if (ended_) return false;
  scan_->seek(subject);
  at_ = 0;
  ended_ = !scan_->next(batch_, few);
  return !ended_;
}

std::span<const store::QuadId> SubjectReader::read(store::TermId subject) {
  found_.clear();
  while (found_.size() < most_quads && advance_to(subject) && batch_.columns[0][at_] == subject) {
    found_.push_back({subject, batch_.columns[1][at_], batch_.columns[2][at_], batch_.columns[3][at_]});
    ++at_;
  }
  return found_;
}

}  // namespace scenograph::ingest
