#include "shacl/trend.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

namespace scenograph::shacl {

namespace {

EarlierCheck as_earlier(const Check& check) {
  return {check.source_shape,
          check.component_iri,
          check.source_constraint && check.source_constraint->is_iri() ? check.source_constraint->value : "",
          check.path ? to_string(*check.path) : "",
          check.severity,
          check.names,
          check.messages,
          check.count};
}

std::string identity(const EarlierCheck& check) {
  std::string id = check.source_shape.is_iri() ? check.source_shape.value : std::string();
  for (const std::string& part : {check.component_iri, check.constraint, check.path}) id += '\n' + part;
  if (check.source_shape.is_iri()) return id;
  std::map<std::string_view, std::string_view> texts;  // as JSON has them: one for each language
  for (const Message& message : check.messages) {
    texts[message.language.empty() ? std::string_view("und") : message.language] = message.text;
  }
  for (const auto& [language, text] : texts) id.append("\n").append(language).append(" ").append(text);
  return id;
}

/// Names checks, the second of one identity apart from the first.
class Names {
 public:
  std::string of(const EarlierCheck& check) {
    const std::string id = identity(check);
    return id + '\n' + std::to_string(seen_[id]++);
  }

 private:
  std::unordered_map<std::string, std::uint64_t> seen_;
};

class Comparison {
 public:
  Comparison(const Report& report, Baseline baseline) : report_(report), baseline_(std::move(baseline)) {
    trend_.since_ms = baseline_.time_ms;
    trend_.exact = baseline_.is_complete() && report_.results.size() == report_.total;
    trend_.checks.resize(report_.checks.size());
    match_checks();
  }

  Trend finish() {
    for (std::size_t i = 0; i < now_.size(); ++i) {
      const std::uint64_t count = baseline_.checks[i].count;
      if (now_[i]) {
        trend_.checks[*now_[i]].before += count;
      } else if (count > 0) {
        trend_.gone.push_back(static_cast<std::uint32_t>(i));
        trend_.total.mended += count;
      }
      trend_.total.before += count;
    }
    if (trend_.exact) {
      match_results();
    } else {
      subtract_counts();
    }
    for (const Trend::Change& change : trend_.checks) {
      trend_.total.mended += change.mended;
      trend_.total.added += change.added;
    }
    trend_.earlier = std::move(baseline_.checks);
    return std::move(trend_);
  }

 private:
  void match_checks() {
    Names names;
    std::unordered_map<std::string, std::uint32_t> places;
    for (std::uint32_t i = 0; i < report_.checks.size(); ++i)
      places.emplace(names.of(as_earlier(report_.checks[i])), i);
    Names earlier_names;
    for (const EarlierCheck& check : baseline_.checks) {
      const auto place = places.find(earlier_names.of(check));
      now_.push_back(place == places.end() ? std::nullopt : std::optional(place->second));
    }
  }

  void subtract_counts() {
    for (std::size_t i = 0; i < trend_.checks.size(); ++i) {
      Trend::Change& change = trend_.checks[i];
      const std::uint64_t count = report_.checks[i].count;
      change.mended = change.before - std::min(change.before, count);
      change.added = count - std::min(change.before, count);
    }
  }

  void match_results() {
    std::map<std::pair<std::uint32_t, rdf::Term>, std::uint64_t> before;  // by check of now, and focus node
    for (const EarlierResult& result : baseline_.results) {
      if (now_[result.check]) ++before[{*now_[result.check], result.focus_node}];
    }
    for (const Result& result : report_.results) {
      const auto known = before.find({result.check, result.focus_node});
      const bool is_new = known == before.end() || known->second == 0;
      trend_.is_new.push_back(is_new);
      if (is_new) {
        ++trend_.checks[result.check].added;
      } else {
        --known->second;
      }
    }
    for (const EarlierResult& result : baseline_.results) {
      const auto now = now_[result.check];
      if (now) {
        std::uint64_t& left = before[{*now, result.focus_node}];
        if (left == 0) continue;
        --left;
        ++trend_.checks[*now].mended;
      }
      trend_.absent.push_back({result.check, now, result.focus_node});
    }
  }

  const Report& report_;
  Baseline baseline_;
  std::vector<std::optional<std::uint32_t>> now_;  // the check of now, by the earlier one
  Trend trend_;
};

}  // namespace

bool Baseline::is_complete() const {
  const auto add = [](std::uint64_t sum, const EarlierCheck& check) { return sum + check.count; };
  return std::accumulate(checks.begin(), checks.end(), std::uint64_t{0}, add) == results.size();
}

Trend compare(const Report& report, Baseline baseline) { return Comparison(report, std::move(baseline)).finish(); }

}  // namespace scenograph::shacl
