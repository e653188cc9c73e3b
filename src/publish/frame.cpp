#include "publish/internal/frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/error.hpp"
#include "jsonld/json.hpp"
#include "jsonld/schema_org.hpp"
#include "publish/assets.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::publish {

namespace {

using jsonld::Value;

constexpr std::array<std::string_view, 5> files = {"frames/event.jsonld", "frames/organization.jsonld",
                                                   "frames/person.jsonld", "frames/place.jsonld", "frames/work.jsonld"};

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool is_empty_object(const Value& value) { return value.is_object() && value.object().empty(); }

class FrameParser {
 public:
  FrameParser(std::string_view name, std::vector<std::string>& types) : name_(name), types_(types) {}

  [[nodiscard]] NodeFrame parse_top(const Value& value) {
    if (!value.is_object()) fail("a frame is an object");
    if (const Value* context = value.find("@context"); context == nullptr || !context->is("https://schema.org")) {
      fail("@context must be \"https://schema.org\"");
    }
    const Value* types = value.find("@type");
    if (types == nullptr || !types->is_array()) fail("@type must be a list of classes");
    for (const Value& type : types->array()) types_.push_back(iri_of(type.string()));
    NodeFrame frame;
    for (const auto& [key, member] : value.object()) {
      if (key != "@context" && key != "@type") add(frame, key, member);
    }
    return frame;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw base::Error(base::Code::BadData, what, {std::string(name_)});
  }

  static std::string iri_of(std::string_view term) {
    if (term.find(':') != std::string_view::npos) return std::string(term);
    return std::string(rdf::schema::ns) + std::string(term);
  }

  void add(NodeFrame& frame, const std::string& key, const Value& value) const {
    if (key.starts_with('@')) fail(fmt::format("{} is not for frames of pages", key));
    const std::string iri = iri_of(key);
    FrameProperty property = plain_property(iri);
    property.values = std::make_shared<const NodeFrame>(parse_nested(key, value));
    frame.properties.emplace(iri, std::move(property));
  }

  [[nodiscard]] NodeFrame parse_nested(const std::string& key, const Value& value) const {
    if (!value.is_object()) fail(fmt::format("the frame of {} must be an object", key));
    NodeFrame frame;
    if (value.object().empty()) return frame;
    if (const Value* id = value.find("@id"); id == nullptr || !is_empty_object(*id)) {
      fail(fmt::format("the frame of {} needs \"@id\": {{}}", key));
    }
    for (const auto& [name, member] : value.object()) {
      if (name != "@id") add(frame, name, member);
    }
    return frame;
  }

  std::string_view name_;
  std::vector<std::string>& types_;
};

class Frames {
 public:
  Frames() {
    for (const std::string_view file : files) {
      std::vector<std::string> types;
      auto frame = std::make_shared<const NodeFrame>(parse_frame(find_asset(file).value(), file, types));
      for (std::string& type : types) frames_.emplace(std::move(type), frame);
    }
    std::vector<std::string> none;
    linked_ = parse_frame(find_asset("frames/linked.jsonld").value(), "frames/linked.jsonld", none);
    whole_.is_explicit = false;
  }

  static const Frames& get() {
    static const Frames frames;
    return frames;
  }

  [[nodiscard]] const NodeFrame& linked() const { return linked_; }
  [[nodiscard]] const NodeFrame& whole() const { return whole_; }

  [[nodiscard]] const NodeFrame& find(const std::vector<std::string>& types) const {
    for (const std::string& type : types) {
      const auto found = frames_.find(type);
      if (found != frames_.end()) return *found->second;
    }
    return whole_;
  }

 private:
  std::unordered_map<std::string, std::shared_ptr<const NodeFrame>> frames_;  // by class
  NodeFrame linked_;
  NodeFrame whole_;
};

}  // namespace

std::string schema_term(std::string_view iri) {
  if (!iri.starts_with(rdf::schema::ns)) return std::string(iri);
  const std::string_view term = iri.substr(rdf::schema::ns.size());
  const bool is_term = !term.empty() && std::all_of(term.begin(), term.end(), is_name_char);
  return std::string(is_term ? term : iri);
}

FrameProperty plain_property(std::string_view iri) {
  FrameProperty property;
  property.key = schema_term(iri);
  property.is_address = jsonld::is_schema_iri_property(property.key);
  return property;
}

NodeFrame parse_frame(std::string_view text, std::string_view name, std::vector<std::string>& types) {
  return FrameParser(name, types).parse_top(jsonld::parse_json(text, name));
}

const NodeFrame& whole_frame() { return Frames::get().whole(); }

const NodeFrame& linked_frame() { return Frames::get().linked(); }

const NodeFrame& frame_for(const std::vector<std::string>& types) { return Frames::get().find(types); }

}  // namespace scenograph::publish
