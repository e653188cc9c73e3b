#include <fmt/format.h>

#include <algorithm>

#include "jsonld/internal/framing.hpp"
#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/values.hpp"

namespace scenograph::jsonld {

namespace {

using Object = Value::Object;
using Array = Value::Array;

const Array& values_of(const Object& object, std::string_view key) {
  static const Array none;
  const auto found = object.find(key);
  return found == object.end() || !found->second.is_array() ? none : found->second.array();
}

bool is_any(const Value& pattern) { return pattern.is_object() && pattern.object().empty(); }

bool has_value(const Array& values, const Value& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// Whether it matches whatever there is: {}, keywords for framing aside.
bool is_wildcard(const Value& pattern) {
  const Object& object = pattern.object();
  return std::all_of(object.begin(), object.end(), [](const auto& entry) { return is_framing_keyword(entry.first); });
}

/// A frame for one node against one node.
class Matcher {
 public:
  Matcher(const NodeGraph& graph, bool require_all, Steps& steps)
      : graph_(graph), require_all_(require_all), steps_(steps) {}

  bool matches(const Object& node, const Object& frame) {
    steps_.take();
    bool is_open = true;  // the frame asks for nothing
    bool any = false;
    for (const auto& [key, patterns] : frame) {
      if (key != "@id" && key != "@type" && is_keyword(key)) continue;
      if (key != "@id" || !patterns.is_array() || !is_open_id(patterns.array())) is_open = false;
      if (key == "@id" || key == "@type") {
        const bool fits = key == "@id" ? fits_id(node, patterns.array()) : fits_type(node, patterns.array());
        if (!require_all_ || !fits) return fits;
        any = true;
        continue;
      }
      const Fit fit = fit_property(values_of(node, key), patterns.array());
      if (fit == Fit::Refused || (fit == Fit::No && require_all_)) return false;
      any = any || fit == Fit::Yes;
    }
    return is_open || any;
  }

 private:
  enum class Fit { Yes, No, Default, Refused };

  static bool is_open_id(const Array& patterns) { return std::any_of(patterns.begin(), patterns.end(), is_any); }

  static bool fits_id(const Object& node, const Array& patterns) {
    return is_open_id(patterns) || has_value(patterns, node.at("@id"));
  }

  static bool fits_type(const Object& node, const Array& patterns) {
    const Array& types = values_of(node, "@type");
    if (patterns.empty()) return types.empty();
    return std::any_of(patterns.begin(), patterns.end(), [&types](const Value& pattern) {
      return is_any(pattern) ? !types.empty() : pattern.has("@default") || has_value(types, pattern);
    });
  }

  Fit fit_property(const Array& values, const Array& patterns) {
    if (patterns.empty()) return values.empty() ? Fit::Yes : Fit::Refused;
    const Value& pattern = patterns.front();
    if (!pattern.is_object()) return Fit::No;
    if (values.empty()) return pattern.has("@default") ? Fit::Default : Fit::No;
    if (is_wildcard(pattern)) return Fit::Yes;
    const bool fits = std::any_of(patterns.begin(), patterns.end(), [&](const Value& each) {
      return std::any_of(values.begin(), values.end(), [&](const Value& value) { return fits_value(value, each); });
    });
    return fits ? Fit::Yes : Fit::No;
  }

  bool fits_value(const Value& value, const Value& pattern) {
    if (is_list_object(pattern)) return fits_list(value, to_array(*pattern.find("@list")));
    if (is_value_object(pattern)) return is_value_object(value) && matches_value(pattern, value);
    if (!pattern.is_object() || !value.has("@id")) return false;
    const auto node = graph_.find(value.find("@id")->string());
    return node != graph_.end() && matches(node->second, pattern.object());
  }

  bool fits_list(const Value& value, const Array& patterns) {
    const Value* list = value.find("@list");
    if (list == nullptr) return false;
    if (patterns.empty()) return true;
    return std::any_of(list->array().begin(), list->array().end(), [&](const Value& item) {
      return std::any_of(patterns.begin(), patterns.end(),
                         [&](const Value& pattern) { return fits_value(item, pattern); });
    });
  }

  const NodeGraph& graph_;
  bool require_all_;
  Steps& steps_;
};

Value lower(const Value& value) { return value.is_string() ? Value(lower_case(value.string())) : value; }

/// Whether a part of a value, such as its type, is among those the pattern has for it.
bool matches_part(const Value& pattern, const Value& value, std::string_view key) {
  const Value* wanted = pattern.find(key);
  const Value* found = value.find(key);
  if (wanted == nullptr) return found == nullptr;
  const Array patterns = to_array(*wanted);
  if (patterns.empty() || found == nullptr) return patterns.empty() && found == nullptr;
  const bool fold = key == "@language";
  return std::any_of(patterns.begin(), patterns.end(), [&](const Value& each) {
    return is_any(each) || (fold ? lower(each) == lower(*found) : each == *found);
  });
}

}  // namespace

void Steps::take() {
  if (budget_ != nullptr && taken_ % 256 == 0) budget_->check();
  if (++taken_ <= options_.max_steps) return;
  throw base::Error(base::Code::TooLarge,
                    fmt::format("framing takes more than {} steps; give the frame \"@embed\": \"@never\" or @explicit "
                                "where it embeds too much, or raise {}",
                                options_.max_steps, options_.max_steps_option));
}

bool matches_frame(const NodeGraph& graph, const Object& node, const Object& frame, bool require_all, Steps& steps) {
  return Matcher(graph, require_all, steps).matches(node, frame);
}

bool matches_value(const Value& pattern, const Value& value) {
  if (is_wildcard(pattern)) return true;
  const auto is_empty = [&pattern](std::string_view key) {
    const Value* found = pattern.find(key);
    return found == nullptr || (found->is_array() && found->array().empty());
  };
  if (is_empty("@value") && is_empty("@type") && is_empty("@language")) return true;
  return matches_part(pattern, value, "@value") && matches_part(pattern, value, "@type") &&
         matches_part(pattern, value, "@language");
}

}  // namespace scenograph::jsonld
