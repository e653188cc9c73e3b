#include "mapping/internal/join_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace scenograph::mapping::internal {

// One key for each combination of the conditions' values; lengths keep ("ab", "c") and ("a", "bc") apart.
std::vector<std::string> JoinTable::keys(TermMaker& maker, Side side) const {
  std::vector<std::string> keys(1);
  for (const JoinCondition& condition : join_->conditions) {
    const Values values = maker.evaluate(side == Side::Child ? condition.child : condition.parent);
    std::vector<std::string> longer;
    for (const std::string& key : keys) {
      for (const Value& value : values) longer.push_back(fmt::format("{}{}:{}", key, value.text.size(), value.text));
    }
    keys = std::move(longer);
  }
  return keys;
}

void JoinTable::add(TermMaker& parent, const std::vector<rdf::Term>& subjects) {
  for (const std::string& key : keys(parent, Side::Parent)) {
    std::vector<rdf::Term>& known = subjects_[key];
    for (const rdf::Term& subject : subjects) {
      if (!known.empty() && known.back() == subject) continue;
      known.push_back(subject);
      if (charge_) charge_->add(key.size() + subject.value.size() + sizeof(rdf::Term));
    }
  }
}

void JoinTable::find(TermMaker& child, std::vector<rdf::Term>& subjects) const {
  for (const std::string& key : keys(child, Side::Child)) {
    const auto found = subjects_.find(key);
    if (found == subjects_.end()) continue;
    for (const rdf::Term& subject : found->second) {
      if (std::find(subjects.begin(), subjects.end(), subject) == subjects.end()) subjects.push_back(subject);
    }
  }
}

}  // namespace scenograph::mapping::internal
