#include "shacl/internal/grouping.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace scenograph::shacl {

namespace {

constexpr int max_levels = 4;

// The nearest thing with a name that the node is part of, or the node itself.
const rdf::Term* named_owner(const Report& report, const rdf::Term& node) {
  const rdf::Term* at = &node;
  for (int level = 0; level < max_levels; ++level) {
    const Entity* entity = entity_of(report, *at);
    if (entity == nullptr) return &node;
    if (!entity->names.empty()) return at;
    if (!entity->part_of) return &node;
    at = &*entity->part_of;
  }
  return &node;
}

template <typename T>
void add_new(std::vector<const T*>& known, const T& more) {
  if (std::none_of(known.begin(), known.end(), [&](const T* other) { return *other == more; })) known.push_back(&more);
}

auto sort_key(const Group& group) {
  const bool named = group.entity != nullptr && !group.entity->names.empty();
  const bool dated = group.entity != nullptr && group.entity->start;
  return std::tuple(named ? std::string_view(group.entity->names.front().text) : std::string_view(),
                    dated ? std::string_view(group.entity->start->value) : std::string_view(),
                    std::string_view(group.node->value));
}

}  // namespace

const Entity* entity_of(const Report& report, const rdf::Term& node) {
  const auto it = report.entities.find(node);
  return it == report.entities.end() ? nullptr : &it->second;
}

std::vector<Group> group(const Report& report, const Trend* trend) {
  const bool knows_new = trend != nullptr && trend->exact;
  std::vector<Group> groups;
  std::unordered_map<rdf::Term, std::size_t> places;
  const Result* previous = nullptr;
  std::size_t place = 0;
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    const Result& result = report.results[i];
    const bool same =
        previous != nullptr && previous->check == result.check && previous->focus_node == result.focus_node;
    previous = &result;
    if (!same) {
      const rdf::Term* owner = named_owner(report, result.focus_node);
      place = places.try_emplace(*owner, groups.size()).first->second;
      if (place == groups.size()) groups.push_back({owner, entity_of(report, *owner), {}, {}});
      const Check& check = report.check_of(result);
      ++groups[place].counts[static_cast<std::size_t>(check.severity)];
      groups[place].problems.push_back({&check, &result.focus_node, {}, {}, {}, knows_new});
    }
    Problem& problem = groups[place].problems.back();
    if (knows_new && !trend->is_new[i]) problem.is_new = false;
    if (result.value) add_new(problem.values, *result.value);
    if (!result.messages.empty()) add_new(problem.messages, result.messages);
    for (const std::uint32_t field : result.fields) {
      if (std::find(problem.fields.begin(), problem.fields.end(), field) == problem.fields.end()) {
        problem.fields.push_back(field);
      }
    }
  }
  std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return std::tuple(b.counts[0], b.counts[1], sort_key(a)) < std::tuple(a.counts[0], a.counts[1], sort_key(b));
  });
  return groups;
}

}  // namespace scenograph::shacl
