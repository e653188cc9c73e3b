#include "jsonld/internal/direct_reader.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jsonld/internal/key_table.hpp"
#include "jsonld/internal/keywords.hpp"
#include "jsonld/internal/mended_words.hpp"
#include "jsonld/internal/mender.hpp"
#include "jsonld/internal/rdf_writer.hpp"
#include "jsonld/internal/values.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::jsonld {

namespace {

namespace dom = simdjson::dom;
using dom::element_type;
using Kind = KeyMeaning::Kind;
using Coercion = KeyMeaning::Coercion;

constexpr std::size_t max_depth = 256;
constexpr std::size_t least_capacity = 4096;  ///< of the parser, in bytes
constexpr std::size_t most_entries = 64;  ///< of a node that is read directly: duplicates are looked for in all pairs

KeyTables& key_tables() {
  static KeyTables tables;
  return tables;
}

Value to_value(const dom::element& element) {
  switch (element.type()) {
    case element_type::OBJECT: {
      Value::Object object;
      for (const auto& [key, member] : dom::object(element))
        object.insert_or_assign(std::string(key), to_value(member));
      return object;
    }
    case element_type::ARRAY: {
      Value::Array array;
      for (const auto& member : dom::array(element)) array.push_back(to_value(member));
      return array;
    }
    case element_type::STRING:
      return std::string_view(element);
    case element_type::INT64:
      return Value(std::int64_t(element));
    case element_type::UINT64:
      return Value(static_cast<double>(std::uint64_t(element)));
    case element_type::DOUBLE:
      return Value(double(element));
    case element_type::BOOL:
      return Value(bool(element));
    case element_type::NULL_VALUE:
      break;
  }
  return {};
}

/// Characters that stand in IRIs without further checks; the first # is counted apart.
constexpr std::array<bool, 256> make_plain() {
  std::array<bool, 256> plain{};
  for (const char c :
       std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?[]@!$&'()*+,;=")) {
    plain[static_cast<unsigned char>(c)] = true;
  }
  return plain;
}

/// Whether it is "http:" or "https:" and characters all of which are plain, but for one #.
bool is_plain_iri(std::string_view text) {
  static constexpr auto plain = make_plain();
  if (!text.starts_with("http://") && !text.starts_with("https://")) return false;
  unsigned hashes = 0;
  for (const char c : text) {
    if (plain[static_cast<unsigned char>(c)]) continue;
    if (c != '#' || ++hashes > 1) return false;
  }
  return true;
}

bool is_bundled_loader(const DocumentLoader& loader) {
  using Function = std::optional<LoadedDocument> (*)(std::string_view);
  const auto* function = loader.target<Function>();
  return function != nullptr && *function == &bundled_document;
}

}  // namespace

class DirectReader::Walk {
 public:
  Walk(const ProcessorOptions& options, const rdf::QuadSink& sink, RepairLog* log)
      : options_(options),
        sink_(sink),
        expander_(options),
        writer_(options, sink),
        keeps_contexts_(!options.json_ld_1_0 && !options.expand_context && is_bundled_loader(options.loader)) {
    if (log != nullptr) mender_.emplace(*log, expander_);
  }
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;
  ~Walk() { release(); }

  bool document(std::string_view text) {
    dom::element root;
    if (!parse(text, root) || (!root.is_object() && !root.is_array())) return false;
    if (root.is_object()) {
      write_root(root);
    } else {
      begin_array();
      for_each(root, [this](const dom::element& each) { write_element(each); });
    }
    return true;
  }

  bool can_read(std::string_view text) {
    dom::element root;
    return parse(text, root) && (root.is_object() || root.is_array());
  }

  std::optional<Value> mended(std::string_view text) {
    dom::element root;
    if (!parse(text, root) || (!root.is_object() && !root.is_array())) return std::nullopt;
    return mender_->expand_document(merged_value(root));
  }

  bool begin_graph(std::string_view context) {
    in_graph_ = true;
    if (context.empty()) {
      enter();
      return true;
    }
    dom::element value;
    if (!parse(context, value)) return false;
    enter(value);
    return true;
  }

  void begin_array() {
    in_graph_ = false;
    enter();
  }

  bool element(std::string_view text) {
    dom::element root;
    if (!parse(text, root)) return false;
    if (in_graph_) {
      if (mender_ && !given_ && root.is_object() && has_bare_words(root, false)) assume_schema(to_value(root));
      write_top(root);
    } else {
      write_element(root);
    }
    return true;
  }

 private:
  /// A node's name as quads have it.
  struct Name {
    rdf::TermType type = rdf::TermType::DefaultGraph;
    std::string_view text;
    bool sound = true;  ///< quads can be made of it
  };

  bool parse(std::string_view text, dom::element& root) {
    text_.assign(text);
    text_.reserve(text_.size() + simdjson::SIMDJSON_PADDING);
    if (parser_.capacity() < text_.size() || parser_.max_depth() != max_depth) {
      if (parser_.allocate(std::max(text_.size(), least_capacity), max_depth) != simdjson::SUCCESS) return false;
    }
    return parser_.parse(text_.data(), text_.size(), false).get(root) == simdjson::SUCCESS;
  }

  /// Where in the document the walk is, which the mender wants to know; null without one.
  Path* path() { return mender_ ? &mender_->path() : nullptr; }

  template <typename Visit>
  void for_each(const dom::array& array, const Visit& visit) {
    std::size_t index = 0;
    for (const dom::element& each : array) {
      const Within step(path(), {{}, index++});
      visit(each);
    }
  }

  /// The parts of an object at the top.
  struct Root {
    std::optional<dom::element> context;
    std::optional<dom::element> graph;
    std::size_t others = 0;
    bool repeated = false;  ///< one of them stands there twice
  };

  static Root parts_of(const dom::object& object) {
    Root root;
    for (const auto& [key, value] : object) {
      if (key == "@context") {
        root.repeated = root.repeated || root.context;
        root.context = value;
      } else if (key == "@graph") {
        root.repeated = root.repeated || root.graph;
        root.graph = value;
      } else {
        ++root.others;
      }
    }
    return root;
  }

  /// A document that is an object.
  void write_root(const dom::element& document) {
    const Root root = parts_of(document);
    if (root.repeated || (root.graph && root.others != 0) || (mender_ && needs_mending(root, document))) {
      return write_in_full(document);
    }
    begin(root.context);
    if (root.graph) {
      const Within step(path(), {"@graph", 0});
      return write_top(*root.graph);
    }
    has_context_ = root.context.has_value();
    if (!write_node(document)) write_node_in_full(document);
  }

  /// The value, for the mender: what keys have that stand in an object twice is put together.
  Value merged_value(const dom::element& element) {
    if (element.is_array()) {
      Value::Array array;
      for_each(element, [&](const dom::element& each) { array.push_back(merged_value(each)); });
      return array;
    }
    if (!element.is_object()) return to_value(element);
    Value::Object object;
    for (const auto& [key, member] : dom::object(element)) {
      const Within step(path(), {key, 0});
      Value value = merged_value(member);
      const auto [place, is_new] = object.try_emplace(std::string(key));
      if (is_new) {
        place->second = std::move(value);
        continue;
      }
      mender_->note(RepairKind::RepeatedKey, {key, {}, {}, {}, true});
      if (place->second == value || key == "@id") continue;
      Value::Array both = to_array(std::move(place->second));
      Value::Array more = to_array(std::move(value));
      std::move(more.begin(), more.end(), std::back_inserter(both));
      place->second = std::move(both);
    }
    return object;
  }

  /// Whether what an object at the top begins with is to be mended.
  static bool needs_mending(const Root& root, const dom::object& top) {
    if (!root.context && has_bare_words(top, true)) return true;
    return std::any_of(top.begin(), top.end(), [](const auto& member) { return !keyword_meant(member.key).empty(); });
  }

  /// Whether a node, or the first of a graph, has a key or a type that only a context gives a meaning.
  static bool has_bare_words(const dom::object& top, bool look_down) {
    for (const auto& [key, value] : top) {
      if (!key.starts_with('@') && key.find(':') == std::string_view::npos) return true;
      dom::element first = value;
      if (value.is_array() && dom::array(value).at(0).get(first) != simdjson::SUCCESS) continue;
      if (key == "@type" && first.is_string() && std::string_view(first).find(':') == std::string_view::npos)
        return true;
      if (key == "@graph" && look_down && first.is_object() && has_bare_words(first, false)) return true;
    }
    return false;
  }

  /// A document, or an element of one that is an array, by the algorithms in full.
  void write_in_full(const dom::element& document) {
    if (mender_) return writer_.write_nodes(mender_->expand_document(merged_value(document)), graph_);
    writer_.write_nodes(expand(to_value(document), options_), graph_);
  }

  /// An element of a document that is an array.
  void write_element(const dom::element& element) {
    if (!element.is_object()) return write_top(element);
    const Root root = parts_of(element);
    const bool is_plain = !root.graph && !root.repeated && !(mender_ && needs_mending(root, element));
    if (is_plain) {
      if (root.context || given_) begin(root.context);
      has_context_ = root.context.has_value();
      if (write_node(element)) return;
      if (mender_) return write_node_in_full(element);
    }
    if (mender_) return write_in_full(element);
    writer_.write_nodes(expander_.value(expander_.initial_context(), std::nullopt, to_value(element)), graph_);
  }

  /// A node at the top whose context is in force.
  void write_node_in_full(const dom::element& node) {
    if (!mender_) return write_in_full(node);
    Value value = merged_value(node);
    value.object().erase("@context");
    writer_.write_nodes(mender_->expand(active_, *table_, std::nullopt, std::move(value)), graph_);
  }

  void begin(const std::optional<dom::element>& context) {
    if (context) {
      enter(*context);
    } else {
      enter();
    }
  }

  void enter() {
    release();
    active_ = expander_.initial_context();
    table_ = std::make_unique<KeyTable>(active_);
  }

  void enter(const dom::element& given) { enter(to_value(given)); }

  void enter(const Value& given) {
    release();
    given_ = true;
    if (!mender_) return work_in(given);
    const Within step(path(), {"@context", 0});
    const Value context = mender_->spelt(given);
    try {
      work_in(context);
    } catch (const base::Error& error) {
      if (error.code() != base::Code::BadData && error.code() != base::Code::Denied) throw;
      release();
      given_ = true;
      const auto sound = mender_->sound_context(expander_.initial_context(), context);
      work_in(sound ? *sound : Value(Value::Object()));
    }
  }

  /// Gives a document without context that of schema.org, if the node means that.
  void assume_schema(const Value& node) {
    if (const auto context = mender_->assumed_context(node)) enter(*context);
  }

  void work_in(const Value& context) {
    if (keeps_contexts_) name_ = KeyTables::name_of(context);
    if (!name_.empty()) table_ = key_tables().take(name_);
    const ContextPtr initial = expander_.initial_context();
    if (table_ == nullptr) {
      active_ = expander_.context(initial, context);
      table_ = std::make_unique<KeyTable>(active_);
      return;
    }
    auto active = std::make_shared<Context>(*table_->context());
    active->base = initial->base;
    active->original_base = initial->original_base;
    active_ = active;
  }

  void release() {
    active_.reset();
    if (table_ != nullptr && !name_.empty()) key_tables().give_back(name_, std::move(table_));
    table_.reset();
    name_.clear();
    given_ = false;
  }

  void write_top(const dom::element& element) {
    if (element.is_array()) {
      for_each(element, [this](const dom::element& each) { write_top(each); });
    } else if (element.is_object() && !write_node(element)) {
      writer_.write_nodes(expanded(std::nullopt, element), graph_);
    }
  }

  /// A value by the algorithms in full.
  Value expanded(const std::optional<std::string>& property, const dom::element& value) {
    if (mender_) return mender_->expand(active_, *table_, property, merged_value(value));
    return expander_.value(active_, property, to_value(value));
  }

  struct Entry {
    const KeyMeaning* meaning;
    std::string_view key;
    dom::element value;
  };

  /// Puts the entries of a node with their meanings on the stack; false if they are not plain.
  bool look_up(const dom::object& object, std::size_t first) {
    const bool skips_context = std::exchange(has_context_, false);
    if (active_->previous) return false;
    for (const auto& [key, value] : object) {
      if (skips_context && key == "@context") continue;
      const KeyMeaning& meaning = table_->key(key, expander_);
      if (mender_ && meaning.odd) return false;
      if (meaning.kind == Kind::Nothing) continue;
      const bool is_property = meaning.kind == Kind::Property || meaning.kind == Kind::Intricate;
      if (meaning.kind == Kind::Keyword || (value.is_null() && !is_property)) return false;
      for (std::size_t i = first; i < entries_.size(); ++i) {
        if (entries_[i].meaning == &meaning) return false;  // the last of them counts
      }
      entries_.push_back({&meaning, key, value});
      if (entries_.size() - first > most_entries) return false;
    }
    return true;
  }

  /// Writes a node; nullopt, with nothing written, if it is not plain.
  std::optional<Name> write_node(const dom::element& element) {
    const std::size_t first = entries_.size();
    std::optional<Name> name;
    std::string owned;
    if (look_up(element, first) && types_are_plain(first)) name = name_of(first, owned);
    if (name) {
      const std::size_t end = entries_.size();
      for (std::size_t i = first; i < end; ++i) {
        const Entry entry = entries_[i];  // the stack moves
        write_entry(entry, *name);
      }
      if (!owned.empty()) name->text = kept_ = std::move(owned);
    }
    entries_.resize(first);
    return name;
  }

  const dom::element* find(std::size_t first, Kind kind) const {
    const dom::element* found = nullptr;
    for (std::size_t i = first; i < entries_.size(); ++i) {
      if (entries_[i].meaning->kind == kind) found = &entries_[i].value;
    }
    return found;
  }

  std::size_t count(std::size_t first, Kind kind) const {
    std::size_t n = 0;
    for (std::size_t i = first; i < entries_.size(); ++i) n += entries_[i].meaning->kind == kind ? 1 : 0;
    return n;
  }

  std::optional<Name> name_of(std::size_t first, std::string& owned) {
    if (count(first, Kind::Plain) + count(first, Kind::Language) != 0 || count(first, Kind::Id) > 1 ||
        count(first, Kind::Type) > 1) {
      return std::nullopt;
    }
    const dom::element* id = find(first, Kind::Id);
    if (id == nullptr) {
      owned = writer_.made_up().value;
      return Name{rdf::TermType::BlankNode, owned, true};
    }
    if (!id->is_string()) return std::nullopt;
    if (mender_ && is_odd_address(*id)) return std::nullopt;
    const Name name = resource(*id, false, owned);
    if (mender_ && !name.sound) return std::nullopt;
    return name;
  }

  bool types_are_plain(std::size_t first) {
    const dom::element* types = find(first, Kind::Type);
    if (types == nullptr) return true;
    const auto is_plain = [this](const dom::element& type) {
      if (!type.is_string()) return false;
      const KeyMeaning& meaning = table_->type(std::string_view(type), expander_);
      return meaning.kind == Kind::Resource && !(mender_ && meaning.odd);
    };
    if (!types->is_array()) return is_plain(*types);
    for (const dom::element& type : dom::array(*types)) {
      if (!is_plain(type)) return false;
    }
    return true;
  }

  /// The resource that a string names; `owned` holds its text where it is not that of the document.
  Name resource(std::string_view text, bool vocab, std::string& owned) {
    if (!vocab && is_plain_iri(text)) return {rdf::TermType::Iri, text, true};
    const auto iri = expander_.iri(*active_, text, vocab, true);
    const auto term = iri ? RdfWriter::resource(*iri) : std::nullopt;
    if (!term) return {rdf::TermType::Iri, {}, false};
    owned = term->value;
    return {term->type, owned, true};
  }

  void write_entry(const Entry& entry, const Name& subject) {
    const Within step(path(), {entry.key, 0});
    switch (entry.meaning->kind) {
      case Kind::Type:
        return write_types(entry.value, subject);
      case Kind::Property:
        return write_property(entry, subject);
      case Kind::Intricate: {
        return write_in_full(entry, entry.value, subject);
      }
      default:
        return;
    }
  }

  /// One entry of a node by the algorithms in full.
  void write_in_full(const Entry& entry, const dom::element& value, const Name& subject) {
    const std::string key(entry.key);
    const Value::Object expanded = mender_ ? mender_->expand_entry(active_, *table_, key, merged_value(value))
                                           : expander_.entry(active_, key, to_value(value));
    writer_.write_entries(expanded, term_of(subject), graph_);
  }

  void write_types(const dom::element& types, const Name& subject) {
    if (types.is_array()) {
      for (const dom::element& type : dom::array(types)) write_types(type, subject);
      return;
    }
    const KeyMeaning& meaning = table_->type(std::string_view(types), expander_);
    emit(subject, rdf::rdf::type, {rdf::TermType::Iri, meaning.iri, true});
  }

  void write_property(const Entry& entry, const Name& subject) {
    if (!entry.value.is_array()) return write_value(entry, entry.value, subject);
    for_each(entry.value, [&](const dom::element& each) {
      if (each.is_array()) {
        write_property({entry.meaning, entry.key, each}, subject);
      } else {
        write_value(entry, each, subject);
      }
    });
  }

  void write_value(const Entry& entry, const dom::element& value, const Name& subject) {
    const KeyMeaning& meaning = *entry.meaning;
    switch (value.type()) {
      case element_type::STRING:
        return write_string(entry, value, subject);
      case element_type::OBJECT:
        return write_object(entry, value, subject);
      case element_type::BOOL:
        return emit_literal(subject, meaning.iri, bool(value) ? "true" : "false",
                            datatype_or(meaning, rdf::xsd::boolean), {});
      case element_type::INT64:
      case element_type::UINT64:
      case element_type::DOUBLE: {
        const std::string& datatype = meaning.coercion == Coercion::Datatype ? full(meaning.datatype) : none_;
        const rdf::Term number = RdfWriter::write_number(to_value(value), datatype);
        return emit_literal(subject, meaning.iri, number.value, number.datatype, {});
      }
      default:
        if (mender_) mender_->note(RepairKind::EmptyValue, {entry.key, "null", {}, {}});
        return;
    }
  }

  /// The datatype's IRI, xsd:string too.
  const std::string& full(const std::string& datatype) const { return datatype.empty() ? string_ : datatype; }

  static std::string_view datatype_or(const KeyMeaning& meaning, std::string_view fallback) {
    return meaning.coercion == Coercion::Datatype ? std::string_view(meaning.datatype) : fallback;
  }

  void write_string(const Entry& entry, const dom::element& value, const Name& subject) {
    const KeyMeaning& meaning = *entry.meaning;
    const std::string_view text = value;
    const bool address = meaning.coercion == Coercion::Id || meaning.coercion == Coercion::Vocab;
    if (mender_ && (address ? is_odd_address(text) : is_odd_text(text))) return write_in_full(entry, value, subject);
    if (!address) return emit_literal(subject, meaning.iri, text, meaning.datatype, meaning.language);
    std::string owned;
    const Name object = resource(text, meaning.coercion == Coercion::Vocab, owned);
    if (mender_ && !object.sound) return write_in_full(entry, value, subject);
    emit(subject, meaning.iri, object);
  }

  void write_object(const Entry& entry, const dom::element& value, const Name& subject) {
    if (write_tagged(*entry.meaning, value, subject)) return;
    if (const auto name = write_node(value)) return emit(subject, entry.meaning->iri, *name);
    const Value objects = expanded(std::string(entry.key), value);
    const rdf::Term predicate = rdf::Term::iri(entry.meaning->iri);
    if (objects.is_null()) return;
    for (const Value& each : items_of(objects)) {
      writer_.emit(term_of(subject), predicate, writer_.write_object(each, graph_), graph_);
    }
  }

  /// Writes {"@value": "…", "@language": "…"}; false if the object is something else.
  bool write_tagged(const KeyMeaning& meaning, const dom::object& object, const Name& subject) {
    if (object.size() > 2) return false;
    std::string_view text;
    std::string_view language;
    for (const auto& [key, value] : object) {
      const Kind kind = table_->key(key, expander_).kind;
      if (!value.is_string() || (kind != Kind::Plain && kind != Kind::Language)) return false;
      std::string_view& slot = kind == Kind::Plain ? text : language;
      if (slot.data() != nullptr) return false;
      slot = value;
    }
    if (text.data() == nullptr) return false;
    if (mender_ && (is_odd_text(text) || (language.data() != nullptr && !is_language_tag(language)))) return false;
    if (language.data() != nullptr && !is_language_tag(language)) return true;
    emit_literal(subject, meaning.iri, text, {}, language.data() != nullptr ? lower_case(language) : none_);
    return true;
  }

  static RdfWriter::Subject term_of(const Name& name) {
    if (!name.sound) return std::nullopt;
    return name.type == rdf::TermType::BlankNode ? rdf::Term::blank(name.text) : rdf::Term::iri(name.text);
  }

  void set(const Name& subject, std::string_view predicate) {
    quad_.subject.type = subject.type;
    quad_.subject.value.assign(subject.text);
    quad_.predicate.type = rdf::TermType::Iri;
    quad_.predicate.value.assign(predicate);
  }

  void emit(const Name& subject, std::string_view predicate, const Name& object) {
    if (!subject.sound || !object.sound) return;
    set(subject, predicate);
    quad_.object.type = object.type;
    quad_.object.value.assign(object.text);
    quad_.object.datatype.clear();
    quad_.object.language.clear();
    sink_(quad_);
  }

  void emit_literal(const Name& subject, std::string_view predicate, std::string_view text, std::string_view datatype,
                    std::string_view language) {
    if (!subject.sound) return;
    set(subject, predicate);
    quad_.object.type = rdf::TermType::Literal;
    quad_.object.value.assign(text);
    quad_.object.datatype.assign(datatype);
    quad_.object.language.assign(language);
    sink_(quad_);
  }

  const ProcessorOptions& options_;
  const rdf::QuadSink& sink_;
  PartExpander expander_;
  RdfWriter writer_;
  std::optional<Mender> mender_;
  bool keeps_contexts_;
  dom::parser parser_;
  std::string text_;  // with room for the parser to read past its end
  ContextPtr active_;
  std::unique_ptr<KeyTable> table_;
  std::string name_;          // of the table; empty: it is not kept
  bool given_ = false;        // a context was
  bool in_graph_ = false;     // elements are those of @graph
  bool has_context_ = false;  // the node to come does; it is in force already
  std::vector<Entry> entries_;
  std::string kept_;  // the name of the node last written
  rdf::Quad quad_;
  const RdfWriter::Subject graph_ = rdf::Term{};
  const std::string none_;
  const std::string string_{rdf::xsd::string};
};

void read_rdf(std::string_view text, std::string_view source_name, const ProcessorOptions& options,
              const rdf::QuadSink& sink) {
  if (DirectReader(options, sink).read_document(text)) return;
  to_rdf(expand(parse_json(text, source_name), options), options, sink);
}

DirectReader::DirectReader(const ProcessorOptions& options, const rdf::QuadSink& sink, RepairLog* log)
    : walk_(std::make_unique<Walk>(options, sink, log)) {}
DirectReader::~DirectReader() = default;

bool DirectReader::read_document(std::string_view text) { return walk_->document(text); }
std::optional<Value> DirectReader::mended(std::string_view text) { return walk_->mended(text); }
bool DirectReader::can_read(std::string_view text) { return walk_->can_read(text); }
bool DirectReader::begin_graph(std::string_view context) { return walk_->begin_graph(context); }
void DirectReader::begin_array() { walk_->begin_array(); }
bool DirectReader::read_element(std::string_view text) { return walk_->element(text); }

}  // namespace scenograph::jsonld
