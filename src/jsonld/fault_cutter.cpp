#include "jsonld/internal/fault_cutter.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"

namespace scenograph::jsonld {

namespace {

using base::Error;

constexpr std::size_t trials = 16;         ///< of each value, at most, on average
constexpr std::size_t most_faults = 1000;  ///< kept of one value

std::size_t weight_of(const Value& value) {
  std::size_t weight = 1;
  if (value.is_array()) {
    for (const Value& each : value.array()) weight += weight_of(each);
  } else if (value.is_object()) {
    for (const auto& [key, each] : value.object()) weight += weight_of(each);
  }
  return weight;
}

}  // namespace

bool FaultCutter::attempt(const std::function<void()>& work) {
  try {
    work();
    return true;
  } catch (const Error& error) {
    if (error.code() != base::Code::BadData && error.code() != base::Code::Denied) throw;
    why_ = error.message();
    return false;
  }
}

bool FaultCutter::work(Value value, std::string_view field, const Work& work) {
  const Check sound = [&](Value tried) {
    const std::size_t weight = weight_of(tried);
    if (weight > budget_) return false;
    budget_ -= weight;
    return attempt([&] { work(tried); });
  };
  budget_ = (trials + 1) * weight_of(value);
  faults_.clear();
  if (sound(value)) return true;
  std::string found = shown(value);
  const bool done = shrink(value, sound) && sound(value);
  if (!done) leave_out(field, std::move(found), 0);
  for (const Fault& fault : faults_) {
    Path path;
    for (const auto& [key, index] : fault.path) path.push_back(key ? Step{*key, 0} : Step{{}, index});
    log_.add(RepairKind::LeftOut, path,
             {fault.field, fault.found, {}, base::explained({}, fault.why), !fault.field.empty()});
  }
  return done;
}

/// Takes down what is left out, in place of the faults within it, which are those from `first` on.
void FaultCutter::leave_out(std::string_view field, std::string found, std::size_t first) {
  std::string why = faults_.size() > first ? faults_[first].why : why_;
  faults_.resize(std::min(first, faults_.size()));
  if (faults_.size() >= most_faults) return;
  Fault fault{{}, std::string(field), std::move(found), std::move(why)};
  for (const Step& step : path_) {
    fault.path.emplace_back(step.is_key() ? std::optional(std::string(step.key)) : std::nullopt, step.index);
  }
  faults_.push_back(std::move(fault));
}

/// Leaves out of a value what is not sound in its place. @return false if it is not to be helped.
bool FaultCutter::shrink(Value& value, const Check& sound) {
  if (value.is_array()) return shrink_array(value.array(), sound);
  return value.is_object() && shrink_object(value.object(), sound);
}

bool FaultCutter::shrink_array(Value::Array& array, const Check& sound) {
  Value::Array kept;
  for (std::size_t i = 0; i < array.size(); ++i) {
    const Within element(&path_, {{}, i});
    const std::size_t first = faults_.size();
    const Check alone = [&](Value tried) {
      Value::Array list;
      list.push_back(std::move(tried));
      return sound(std::move(list));
    };
    bool sound_now = alone(array[i]);
    const std::string found = sound_now ? std::string() : shown(array[i]);
    sound_now = sound_now || (shrink(array[i], alone) && alone(array[i]));
    if (sound_now) {
      kept.push_back(std::move(array[i]));
    } else {
      leave_out({}, found, first);
    }
  }
  array = std::move(kept);
  return !array.empty();
}

bool FaultCutter::shrink_object(Value::Object& object, const Check& sound) {
  Value::Object frame;  // what the other members are tried beside
  Value::Object kept;
  const auto keep = [&](const std::string& key, Value& member) {
    const Within step(&path_, {key, 0});
    const std::size_t mark = faults_.size();
    const Check beside = [&](Value tried) {
      Value::Object all = frame;
      all.insert_or_assign(key, std::move(tried));
      return sound(Value(std::move(all)));
    };
    bool sound_now = beside(member);
    const std::string found = sound_now ? std::string() : shown(member);
    sound_now = sound_now || (shrink(member, beside) && beside(member));
    if (sound_now) {
      kept.emplace(key, std::move(member));
    } else {
      leave_out(key, found, mark);
    }
    return sound_now;
  };
  for (const char* first : {"@context", "@type", "@value"}) {
    const auto found = object.find(first);
    if (found != object.end() && keep(first, found->second)) frame.insert(*kept.find(first));
  }
  for (auto& [key, member] : object) {
    if (key != "@context" && key != "@type" && key != "@value") static_cast<void>(keep(key, member));
  }
  object = std::move(kept);
  if (object.empty() || sound(Value(object))) return !object.empty();
  for (auto& [key, member] : object) {  // they are sound one by one, but not together
    if (frame.contains(key)) continue;
    Value::Object both = frame;
    both.emplace(key, member);
    if (sound(Value(both))) {
      frame = std::move(both);
    } else {
      const Within step(&path_, {key, 0});
      leave_out(key, shown(member), faults_.size());
    }
  }
  object = std::move(frame);
  return !object.empty();
}

}  // namespace scenograph::jsonld
