#include "markup/internal/microdata.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::markup {

namespace {

using rdf::Term;

bool has(const GumboElement& element, const char* name) { return attribute_of(element, name).has_value(); }

/// Where names that are no IRIs come from, for an item of a type.
std::string vocabulary_of(std::string_view type) {
  // The registry of the note, and schema.org by its other scheme.
  constexpr std::array<std::string_view, 4> known = {"http://schema.org/", "https://schema.org/",
                                                     "http://microformats.org/profile/hcard",
                                                     "http://microformats.org/profile/hcalendar#"};
  for (const std::string_view vocabulary : known) {
    if (type.starts_with(vocabulary)) return std::string(vocabulary);
  }
  const std::size_t hash = type.find('#');
  const std::size_t end = hash != std::string_view::npos ? hash : type.rfind('/');
  return std::string(type.substr(0, end + 1));
}

/// The attribute that holds the address an element stands for; null if it stands for its text.
const char* address_attribute(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_AREA:
    case GUMBO_TAG_LINK:
      return "href";
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_SOURCE:
    case GUMBO_TAG_TRACK:
    case GUMBO_TAG_VIDEO:
      return "src";
    case GUMBO_TAG_OBJECT:
      return "data";
    default:
      return nullptr;
  }
}

class MicrodataReader {
 public:
  MicrodataReader(const Tree& tree, Output& output) : output_(output) { collect(tree.root()); }

  void read() {
    for (const GumboNode* item : top_items_) {
      (void)subject_of(item, &*vocabularies_.emplace().first);
      while (!pending_.empty()) {
        const Pending next = std::move(pending_.front());
        pending_.pop_front();
        write_item(next);
      }
    }
  }

 private:
  /// An item that has a name and whose properties are still to be written.
  struct Pending {
    const GumboNode* node;
    Term subject;
    const std::string* vocabulary;  ///< of the item it is a property of; empty if none
  };

  /// Numbers the elements in document order, and finds those with names and the items at the top.
  void collect(const GumboNode* root) {
    std::vector<const GumboNode*> open = {root};
    while (!open.empty()) {
      const GumboNode* node = open.back();
      open.pop_back();
      const GumboElement& element = node->v.element;
      const std::size_t order = order_.size();
      order_.emplace(node, order);
      if (const auto id = attribute_of(element, "id")) by_id_.emplace(*id, node);
      if (has(element, "itemscope") && !has(element, "itemprop")) top_items_.push_back(node);
      push_children(element, open);
    }
  }

  /// So that the first comes off first.
  static void push_children(const GumboElement& element, std::vector<const GumboNode*>& open) {
    for (unsigned i = element.children.length; i-- > 0;) {
      const GumboNode* child = child_of(element, i);
      if (element_of(child) != nullptr) open.push_back(child);
    }
  }

  Term subject_of(const GumboNode* item, const std::string* vocabulary) {
    const auto known = subjects_.find(item);
    if (known != subjects_.end()) return known->second;
    const GumboElement& element = item->v.element;
    const auto id = attribute_of(element, "itemid");
    const auto named = id ? output_.link(element, *id) : std::nullopt;
    Term subject = named ? *named : output_.blank();
    subjects_.emplace(item, subject);
    pending_.push_back({item, subject, vocabulary});
    return subject;
  }

  void write_item(const Pending& item) {
    const std::vector<std::string> types = types_of(item);
    const std::string* vocabulary =
        types.empty() ? item.vocabulary : &*vocabularies_.insert(vocabulary_of(types.front())).first;
    for (const GumboNode* property : properties_of(item.node)) {
      for (const std::string_view name : words_of(*attribute_of(property->v.element, "itemprop"))) {
        const auto predicate = predicate_of(property->v.element, name, *vocabulary);
        const auto value = predicate ? value_of(property, vocabulary) : std::nullopt;
        if (value) write_property(item.subject, *predicate, *value, *vocabulary);
      }
    }
  }

  void write_property(const Term& subject, const std::string& predicate, const Term& value,
                      const std::string& vocabulary) {
    output_.write(subject, predicate, value);
    const bool is_type = vocabulary.ends_with("://schema.org/") && predicate == vocabulary + "additionalType";
    if (is_type && !value.is_literal()) output_.write(subject, rdf::rdf::type, value);  // the registry's subPropertyOf
  }

  std::vector<std::string> types_of(const Pending& item) {
    std::vector<std::string> types;
    const GumboElement& element = item.node->v.element;
    for (const std::string_view word : words_of(attribute_of(element, "itemtype").value_or(""))) {
      std::string type = encode_iri(word);
      if (rdf::why_not_iri(type)) {
        output_.warn(element, word,
                     {"an itemtype is written as an address, such as http://schema.org/Event",
                      "un itemtype s’écrit comme une adresse, par exemple http://schema.org/Event"});
        continue;
      }
      output_.write(item.subject, rdf::rdf::type, Term::iri(type));
      types.push_back(std::move(type));
    }
    return types;
  }

  std::optional<std::string> predicate_of(const GumboElement& element, std::string_view name,
                                          const std::string& vocabulary) {
    output_.spend(vocabulary.size() + name.size());
    std::string iri = encode_iri(name);
    if (!rdf::why_not_iri(iri)) {
      if (!output_.lenient() || is_meant_as_iri(iri)) return iri;
      output_.warn(element, name,
                   {"a property is written as a name, or as a whole address",
                    "une propriété s’écrit comme un nom, ou comme une adresse entière"});
      return std::nullopt;
    }
    if (!vocabulary.empty()) {
      const bool separated = vocabulary.back() == '#' || vocabulary.back() == '/';
      return vocabulary + (separated ? "" : "#") + rdf::encode_iri_component(name);
    }
    if (const auto page = output_.page()) return page->value + "#" + rdf::encode_iri_component(name);
    output_.warn(element, name,
                 {"the item has no itemtype, and the page's address is not known; give either",
                  "l’élément n’a pas d’itemtype, et l’adresse de la page n’est pas connue ; donnez l’un "
                  "ou l’autre"});
    return std::nullopt;
  }

  /// The elements that are properties of an item, in document order.
  std::vector<const GumboNode*> properties_of(const GumboNode* item) {
    std::vector<const GumboNode*> open;
    std::vector<const GumboNode*> found;
    const auto references = words_of(attribute_of(item->v.element, "itemref").value_or(""));
    std::unordered_set<const GumboNode*> seen = {item};
    for (const std::string_view id : references) {
      const auto referred = by_id_.find(id);
      if (referred != by_id_.end()) open.push_back(referred->second);
    }
    push_children(item->v.element, open);
    while (!open.empty()) {
      const GumboNode* node = open.back();
      open.pop_back();
      output_.spend(1);
      if (!references.empty() && !seen.insert(node).second) continue;
      if (has(node->v.element, "itemprop")) found.push_back(node);
      if (!has(node->v.element, "itemscope")) push_children(node->v.element, open);
    }
    if (!references.empty()) {
      std::sort(found.begin(), found.end(),
                [this](const GumboNode* a, const GumboNode* b) { return order_.at(a) < order_.at(b); });
    }
    return found;
  }

  std::optional<Term> value_of(const GumboNode* node, const std::string* vocabulary) {
    const GumboElement& element = node->v.element;
    if (has(element, "itemscope")) return subject_of(node, vocabulary);
    if (const auto content = attribute_of(element, "content")) return output_.text(*content, language_of(node));
    if (element.tag == GUMBO_TAG_META) return Term::literal("");
    if (const char* name = address_attribute(element.tag)) {
      const auto address = attribute_of(element, name);
      return address ? output_.link(element, *address) : std::nullopt;
    }
    if (element.tag == GUMBO_TAG_DATA || element.tag == GUMBO_TAG_METER) {
      if (const auto value = attribute_of(element, "value")) return typed(*value, number_datatype(*value), node);
    }
    if (element.tag == GUMBO_TAG_TIME) {
      const auto datetime = attribute_of(element, "datetime");
      const std::string text = datetime ? std::string(*datetime) : output_.text_in(element);
      return typed(text, time_datatype(text), node);
    }
    return output_.text(output_.text_in(element), language_of(node));
  }

  Term typed(std::string_view text, std::string_view datatype, const GumboNode* node) const {
    return datatype.empty() ? output_.text(text, language_of(node)) : Term::literal(text, datatype);
  }

  static std::string_view language_of(const GumboNode* node) {
    for (; node != nullptr && node->type == GUMBO_NODE_ELEMENT; node = node->parent) {
      if (const auto language = attribute_of(node->v.element, "lang")) return *language;
      if (const auto language = attribute_of(node->v.element, "xml:lang")) return *language;
    }
    return {};
  }

  Output& output_;
  std::unordered_map<const GumboNode*, std::size_t> order_;
  std::unordered_map<std::string_view, const GumboNode*> by_id_;
  std::vector<const GumboNode*> top_items_;
  std::set<std::string> vocabularies_;
  std::unordered_map<const GumboNode*, Term> subjects_;
  std::deque<Pending> pending_;
};

}  // namespace

void read_microdata(const Tree& tree, Output& output) { MicrodataReader(tree, output).read(); }

}  // namespace scenograph::markup
