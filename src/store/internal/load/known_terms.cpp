#include "store/internal/load/known_terms.hpp"

namespace scenograph::store::internal {

namespace {

/// Looking a term up costs as much as reading so many.
constexpr std::uint64_t terms_read_per_look_up = 20;

}  // namespace

KnownTerms::KnownTerms(const LoadTarget& target, std::uint64_t terms) : target_(&target) {
  for (const auto& vocabulary : target.vocabularies) {
    Reading reading{vocabulary.get(), nullptr, {}, vocabulary->first_number(), false};
    if (vocabulary->size() / terms_read_per_look_up < terms) {
      reading.cursor = vocabulary->cursor(vocabulary->first_number());
      reading.at_end = !reading.cursor->next(reading.term);
    }
    readings_.push_back(std::move(reading));
  }
}

std::optional<std::uint64_t> KnownTerms::read_to(Reading& reading, std::string_view term) {
  while (!reading.at_end) {
    const int order = reading.term.compare(term);
    if (order == 0) return reading.number;
    if (order > 0) return std::nullopt;
    ++reading.number;
    reading.at_end = !reading.cursor->next(reading.term);
  }
  return std::nullopt;
}

std::optional<std::uint64_t> KnownTerms::find(std::string_view term) {
  for (Reading& reading : readings_) {
    const auto number = reading.cursor ? read_to(reading, term) : reading.vocabulary->find(term);
    if (number) return number;
  }
  return target_->find_overlay ? target_->find_overlay(term) : std::nullopt;
}

}  // namespace scenograph::store::internal
