#include "sources/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "sources/encoding.hpp"
#include "sources/internal/json_splitter.hpp"
#include "sources/internal/json_walk.hpp"

namespace scenograph::sources {

namespace {

using internal::JsonSplitter;
using internal::Route;

// An iterator as the way to the elements that are read one by one, and the rest of the path inside them.
struct Iterator {
  std::optional<Route> route;  // absent: it needs the whole document
  JsonPath rest;
};

Iterator divide(const JsonPath& path) {
  std::size_t names = 0;
  while (names < path.size() && path[names].kind == PathStep::Kind::Name) ++names;
  if (names == path.size() || path[names].kind != PathStep::Kind::Every) return {std::nullopt, path};
  Route route;
  for (std::size_t i = 0; i < names; ++i) route.push_back(path[i].name);
  return {std::move(route), {path.begin() + static_cast<std::ptrdiff_t>(names) + 1, path.end()}};
}

bool leads_through(const Route& longer, const Route& shorter) {
  return longer.size() > shorter.size() && std::equal(shorter.begin(), shorter.end(), longer.begin());
}

// The routes to cut the document along; empty if it must be held whole.
std::vector<Route> routes_of(const std::vector<Iterator>& iterators) {
  std::vector<Route> routes;
  for (const Iterator& iterator : iterators) {
    if (!iterator.route) return {};
    if (std::find(routes.begin(), routes.end(), *iterator.route) == routes.end()) routes.push_back(*iterator.route);
  }
  for (const Route& a : routes) {
    for (const Route& b : routes) {
      if (leads_through(a, b)) return {};
    }
  }
  return routes;
}

class JsonReader : public RecordReader {
 public:
  JsonReader(std::unique_ptr<base::ByteSource> source, const ReadOptions& options,
             std::span<const std::string> iterators)
      : options_(options), numbers_(iterators.size()) {
    std::vector<Iterator> divided;
    for (const std::string& iterator : iterators) {
      paths_.push_back(parse_json_path(iterator));
      divided.push_back(divide(paths_.back()));
    }
    routes_ = routes_of(divided);
    for (std::size_t i = 0; i < divided.size() && !routes_.empty(); ++i) paths_[i] = std::move(divided[i].rest);
    for (const Iterator& iterator : divided) {
      const auto route = iterator.route ? std::find(routes_.begin(), routes_.end(), *iterator.route) : routes_.end();
      route_of_.push_back(routes_.empty() ? 0 : static_cast<std::size_t>(route - routes_.begin()));
    }
    splitter_ = std::make_unique<JsonSplitter>(std::move(source), routes_, options);
    if (parser_.allocate(std::size_t{1} << 16U, internal::max_json_depth) != simdjson::SUCCESS) {
      throw base::Error(base::Code::OutOfMemory, "no memory for the JSON parser");
    }
  }

  FieldId field(std::string_view reference) override {
    const auto known = field_of_.find(reference);
    if (known != field_of_.end()) return known->second;
    fields_.push_back(parse_json_path(reference));
    const FieldId id{fields_.size() - 1};
    field_of_.emplace(reference, id);
    return id;
  }

  bool next() override {
    if (++current_ >= found_.size() && !read_element()) return false;
    ++numbers_[iterator()];
    return true;
  }

  [[nodiscard]] std::size_t iterator() const override { return found_[current_].iterator; }

  void values(FieldId field, Values& out) const override {
    scratch_.clear();
    internal::select(found_[current_].element, fields_[field.index], scratch_);
    for (const simdjson::dom::element& element : scratch_) out.push_back(internal::to_value(element));
  }

  [[nodiscard]] base::Where where() const override {
    return {options_.source_name, line_, column_, numbers_[iterator()]};
  }

  [[nodiscard]] std::uint64_t rejected() const override { return 0; }

 private:
  struct Found {
    std::size_t iterator;
    simdjson::dom::element element;
  };

  // Reads elements until one holds a record; false at the end.
  bool read_element() {
    found_.clear();
    current_ = 0;
    while (found_.empty()) {
      const auto element = splitter_->next();
      if (!element) return false;
      line_ = element->line;
      column_ = element->column;
      const simdjson::dom::element parsed = parse(*element);
      for (std::size_t i = 0; i < paths_.size(); ++i) {
        if (route_of_[i] != element->route) continue;
        scratch_.clear();
        internal::select(parsed, paths_[i], scratch_);
        for (const simdjson::dom::element& record : scratch_) found_.push_back({i, record});
      }
    }
    return true;
  }

  simdjson::dom::element parse(const JsonSplitter::Element& element) {
    simdjson::dom::element parsed;
    auto error = parser_.parse(element.text.data(), element.text.size(), false).get(parsed);
    if (error == simdjson::UTF8_ERROR) {
      repaired_ = repair_utf8(element.text);
      tell_repair();
      error = parser_.parse(repaired_).get(parsed);
    }
    if (error == simdjson::SUCCESS) return parsed;
    internal::JsonFault fault = internal::find_json_fault(element.text);
    if (fault.message.empty()) fault.message = simdjson::error_message(error);
    throw base::Error(base::Code::BadSyntax, fault.message, place_in(element, fault.offset));
  }

  [[nodiscard]] base::Where place_in(const JsonSplitter::Element& element, std::size_t offset) const {
    const std::string_view before = element.text.substr(0, offset);
    const auto lines = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
    const std::uint64_t column = lines == 0 ? element.column + offset : offset - before.rfind('\n');
    return {options_.source_name, element.line + lines, column};
  }

  void tell_repair() {
    if (!options_.diagnostics) return;
    options_.diagnostics(
        {base::Severity::Warning, {options_.source_name, line_, column_}, {}, {}, {}, read_as_windows_1252});
  }

  ReadOptions options_;
  std::vector<Route> routes_;
  std::vector<std::size_t> route_of_;  // by iterator
  std::vector<JsonPath> paths_;        // by iterator, inside an element
  std::unique_ptr<JsonSplitter> splitter_;
  simdjson::dom::parser parser_;
  std::string repaired_;
  std::vector<JsonPath> fields_;
  std::map<std::string, FieldId, std::less<>> field_of_;
  std::vector<Found> found_;
  std::size_t current_ = 0;
  mutable std::vector<simdjson::dom::element> scratch_;
  std::vector<std::uint64_t> numbers_;  // records so far, by iterator
  std::uint64_t line_ = 0;
  std::uint64_t column_ = 0;
};

}  // namespace

std::unique_ptr<RecordReader> open_json(std::unique_ptr<base::ByteSource> source, const ReadOptions& options,
                                        std::span<const std::string> iterators) {
  return std::make_unique<JsonReader>(std::move(source), options, iterators);
}

}  // namespace scenograph::sources
