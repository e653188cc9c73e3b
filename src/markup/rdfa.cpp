#include "markup/internal/rdfa.hpp"

#include <map>
#include <memory>
#include <unordered_map>

#include "base/error.hpp"
#include "markup/internal/rdfa_attributes.hpp"
#include "markup/internal/rdfa_names.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"

// RDFa Core 1.1, section 7.5, with what HTML+RDFa 1.1, section 3.1, changes. Numbers of steps are those of the former.

namespace scenograph::markup {

namespace {

using rdf::Term;
using Subject = std::optional<Term>;
using List = std::shared_ptr<std::vector<Term>>;

constexpr std::string_view uses_vocabulary = "http://www.w3.org/ns/rdfa#usesVocabulary";
constexpr std::string_view xml_literal = "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral";
constexpr std::string_view html_literal = "http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML";
constexpr std::string_view open_graph = "http://ogp.me/ns#";
constexpr std::string_view wordpress_api = "https://api.w.org/";     ///< a link relation of every site made with it
constexpr std::string_view https_open_graph = "https://ogp.me/ns#";  ///< as many pages declare it

constexpr unsigned deepest_walk = 2 * Tree::deepest;  ///< misnesting lays elements deeper than they were open

/// A property whose other end is an element further down.
struct Incomplete {
  enum class Direction : std::uint8_t { Forward, Reverse, InList };
  Direction direction;
  std::string predicate;
  List list;  ///< for InList
};

/// The lists of one subject, by predicate.
struct ListMapping {
  Term subject;
  std::map<std::string, List> lists;
};

/// What an element inherits.
struct Context {
  Term parent_subject;
  Subject parent_object;
  const std::vector<Incomplete>* incomplete;
  ListMapping* lists;
  const RdfaNames* names;
  std::string_view language;
};

/// What the steps of one element hand on to each other.
struct Local {
  explicit Local(const GumboElement& its_element) : element(its_element), attributes(its_element) {}

  const GumboElement& element;
  RdfaAttributes attributes;
  std::vector<std::string> rels;
  std::vector<std::string> revs;
  bool skip = false;
  Subject about;  ///< what the attribute names
  Subject named;  ///< what resource, href or src name, in this order
  Subject subject;
  Subject object;
  Subject typed;
  std::vector<Incomplete> incomplete;
  std::optional<RdfaNames> own_names;
  const RdfaNames* names = nullptr;
  std::string_view language;
};

bool is_head_or_body(const GumboElement& element) {
  return element.tag == GUMBO_TAG_HEAD || element.tag == GUMBO_TAG_BODY;
}

class RdfaReader {
 public:
  RdfaReader(Output& output, Term page) : output_(output), page_(std::move(page)) {}

  RdfaSummary read(const GumboNode* root) {
    const std::vector<Incomplete> nothing;
    const RdfaNames initial(nullptr);
    ListMapping lists{page_, {}};
    walk(root, {page_, std::nullopt, &nothing, &lists, &initial, {}}, 0);
    write_lists(lists);
    return summary_;
  }

 private:
  void walk(const GumboNode* node, const Context& context, unsigned depth) {
    if (depth > deepest_walk) {
      throw base::Error(base::Code::TooLarge, "the page's elements lie too deep; close those left open",
                        {output_.source()});
    }
    Local local(node->v.element);
    read_names(local, context);
    if (local.attributes.rel || local.attributes.rev) {
      establish_for_relations(local, context);
    } else {
      establish(local, context);
    }
    write_types(local);
    ListMapping own{local.subject.value_or(page_), {}};
    const bool is_new = local.subject && local.subject != context.parent_object;
    ListMapping& lists = is_new ? own : *context.lists;
    write_relations(local, lists);
    if (local.attributes.property) write_properties(local, lists);
    if (!local.skip && local.subject) complete(*local.subject, context);
    walk_children(local, context, lists, depth);
    if (is_new) write_lists(own);
  }

  // Steps 2 to 4, and which words of rel and rev count.
  void read_names(Local& local, const Context& context) {
    const RdfaAttributes& attributes = local.attributes;
    local.names = context.names;
    local.language = attributes.lang.value_or(context.language);
    if (attributes.vocab || attributes.prefix || !attributes.xmlns.empty()) {
      local.own_names.emplace(context.names);
      local.names = &*local.own_names;
      if (attributes.vocab) read_vocabulary(local);
      for (const auto& [name, iri] : attributes.xmlns) local.own_names->add_prefix(name, iri);
      if (attributes.prefix) local.own_names->add_prefixes(*attributes.prefix);
    }
    if (output_.lenient() && local.element.tag == GUMBO_TAG_META) mend_open_graph(local);
    local.about = resource(local, attributes.about);
    local.named = resource(local, attributes.resource);
    if (!local.named && attributes.href) local.named = output_.link(local.element, *attributes.href);
    if (!local.named && attributes.src) local.named = output_.link(local.element, *attributes.src);
    local.rels = relations(local, local.attributes.rel);
    local.revs = relations(local, local.attributes.rev);
  }

  /// Beside property, words without a colon do not count in rel and rev, nor does the attribute if it has no others.
  /// Source: HTML+RDFa 1.1, section 3.1.
  std::vector<std::string> relations(const Local& local, RdfaAttributes::Value& relation) {
    if (!relation || !local.attributes.property) return iris_of(local, relation, true);
    if (relation->find(':') == std::string_view::npos) relation.reset();
    return iris_of(local, relation, false);
  }

  void read_vocabulary(Local& local) {
    const std::string_view vocab = *local.attributes.vocab;
    const auto iri = vocab.empty() ? std::nullopt : output_.link(local.element, vocab);
    local.own_names->set_vocabulary(iri ? std::string_view(iri->value) : std::string_view());
    if (iri) output_.write(page_, uses_vocabulary, *iri);
  }

  void mend_open_graph(Local& local) {
    RdfaAttributes& attributes = local.attributes;
    if (attributes.property || !attributes.content || !attributes.name || !attributes.name->starts_with("og:")) return;
    attributes.property = attributes.name;
    if (mended_open_graph_) return;
    mended_open_graph_ = true;
    output_.warn(local.element, *attributes.name,
                 {"Open Graph is written as <meta property=\"og:…\">, not <meta name=\"og:…\">",
                  "Open Graph s’écrit <meta property=\"og:…\">, et non <meta name=\"og:…\">"});
  }

  // Step 5: without rel and rev.
  void establish(Local& local, const Context& context) {
    const RdfaAttributes& attributes = local.attributes;
    const Subject about = about_or_root(local, context);
    if (attributes.property && !attributes.content && !attributes.datatype) {
      local.subject = about ? about : context.parent_object;
      if (!attributes.type_of) return;
      local.typed = about ? about : local.named ? local.named : Subject(output_.blank());
      if (!about) local.object = local.typed;
      return;
    }
    local.subject = local.about ? local.about : local.named ? local.named : about;
    if (!local.subject && attributes.type_of && !is_head_or_body(local.element)) local.subject = output_.blank();
    if (!local.subject) {
      local.subject = context.parent_object;
      local.skip = !attributes.property && !attributes.type_of;
    }
    if (attributes.type_of) local.typed = local.subject;
  }

  // Step 6: with them.
  void establish_for_relations(Local& local, const Context& context) {
    const Subject about = about_or_root(local, context);
    local.subject = about ? about : context.parent_object;
    local.object = local.named;
    if (!local.attributes.type_of) return;
    if (!about && !local.object) local.object = output_.blank();
    local.typed = about ? about : local.object;
  }

  /// What is named by about; the root element is about the page if it names nothing.
  [[nodiscard]] Subject about_or_root(const Local& local, const Context& context) const {
    const bool is_root = !context.parent_object && local.element.tag == GUMBO_TAG_HTML;
    return !local.about && is_root ? Subject(page_) : local.about;
  }

  // Step 7.
  void write_types(const Local& local) {
    if (!local.typed) return;
    for (const std::string& type : iris_of(local, local.attributes.type_of, true)) {
      output_.write(*local.typed, rdf::rdf::type, Term::iri(type));
      summary_.typed = true;
    }
  }

  // Steps 9 and 10.
  void write_relations(Local& local, ListMapping& lists) {
    if (!local.subject || (local.rels.empty() && local.revs.empty())) return;
    const bool in_list = local.attributes.inlist;
    if (local.object) {
      for (const std::string& rel : local.rels) {
        if (in_list) {
          append(*list_of(lists, rel), *local.object);
        } else {
          output_.write(*local.subject, rel, *local.object);
        }
      }
      for (const std::string& rev : local.revs) output_.write(*local.object, rev, *local.subject);
      return;
    }
    using Direction = Incomplete::Direction;
    local.object = output_.blank();
    for (std::string& rel : local.rels) {
      List list = in_list ? list_of(lists, rel) : nullptr;
      local.incomplete.push_back({in_list ? Direction::InList : Direction::Forward, std::move(rel), std::move(list)});
    }
    for (std::string& rev : local.revs) local.incomplete.push_back({Direction::Reverse, std::move(rev), nullptr});
  }

  // Step 11.
  void write_properties(const Local& local, ListMapping& lists) {
    if (!local.subject) return;
    const auto predicates = iris_of(local, local.attributes.property, true);
    const Subject value = predicates.empty() ? std::nullopt : value_of(local);
    if (!value) return;
    for (const std::string& predicate : predicates) {
      summary_.open_graph |= predicate.starts_with(open_graph) || predicate.starts_with(https_open_graph);
      if (local.attributes.inlist) {
        append(*list_of(lists, predicate), *value);
      } else {
        output_.write(*local.subject, predicate, *value);
      }
    }
  }

  Subject value_of(const Local& local) {
    const RdfaAttributes& attributes = local.attributes;
    if (attributes.datatype) {
      const auto datatypes = iris_of(local, attributes.datatype, true);
      return literal(local, datatypes.empty() ? std::string_view() : datatypes.front());
    }
    if (attributes.content) return output_.text(*attributes.content, local.language);
    if (attributes.datetime) return time(*attributes.datetime, local);
    if (!attributes.rel && !attributes.rev && local.named) return local.named;
    if (attributes.type_of && !attributes.about) return local.typed;
    const std::string text = output_.text_in(local.element);
    return local.element.tag == GUMBO_TAG_TIME ? time(text, local) : output_.text(text, local.language);
  }

  /// @param datatype  empty: none
  Term literal(const Local& local, std::string_view datatype) const {
    const RdfaAttributes& attributes = local.attributes;
    if (datatype == xml_literal) return Term::literal(inner_markup(local.element, Syntax::Xml), datatype);
    if (datatype == html_literal) return Term::literal(inner_markup(local.element, Syntax::Html), datatype);
    const auto given = attributes.content ? attributes.content : attributes.datetime;
    const std::string text = given ? std::string(*given) : output_.text_in(local.element);
    return datatype.empty() ? output_.text(text, local.language) : Term::literal(text, datatype);
  }

  [[nodiscard]] Term time(std::string_view text, const Local& local) const {
    const std::string_view datatype = time_datatype(text);
    return datatype.empty() ? output_.text(text, local.language) : Term::literal(text, datatype);
  }

  // Step 12.
  void complete(const Term& subject, const Context& context) {
    for (const Incomplete& each : *context.incomplete) {
      switch (each.direction) {
        case Incomplete::Direction::Forward:
          output_.write(context.parent_subject, each.predicate, subject);
          break;
        case Incomplete::Direction::Reverse:
          output_.write(subject, each.predicate, context.parent_subject);
          break;
        case Incomplete::Direction::InList:
          append(*each.list, subject);
          break;
      }
    }
  }

  // Step 13.
  void walk_children(const Local& local, const Context& context, ListMapping& lists, unsigned depth) {
    Context inner = context;
    inner.names = local.names;
    inner.language = local.language;
    std::optional<ListMapping> of_object;
    if (!local.skip) {
      inner.parent_subject = local.subject.value_or(context.parent_subject);
      inner.parent_object = local.object ? *local.object : inner.parent_subject;
      inner.incomplete = &local.incomplete;
      inner.lists = &lists;
      // Lists belong to the subject that children see.
      if (local.object && local.object != local.subject)
        inner.lists = &of_object.emplace(ListMapping{*local.object, {}});
    }
    for (unsigned i = 0; i < local.element.children.length; ++i) {
      const GumboNode* child = child_of(local.element, i);
      if (element_of(child) != nullptr) walk(child, inner, depth + 1);
    }
    if (of_object) write_lists(*of_object);
  }

  // Step 14.
  void write_lists(const ListMapping& mapping) {
    for (const auto& [predicate, list] : mapping.lists) {
      Term head = list->empty() ? Term::iri(rdf::rdf::nil) : output_.blank();
      output_.write(mapping.subject, predicate, head);
      for (std::size_t i = 0; i < list->size(); ++i) {
        const bool last = i + 1 == list->size();
        Term rest = last ? Term::iri(rdf::rdf::nil) : output_.blank();
        output_.write(head, rdf::rdf::first, (*list)[i]);
        output_.write(head, rdf::rdf::rest, rest);
        head = std::move(rest);
      }
    }
  }

  void append(std::vector<Term>& list, const Term& item) {
    output_.spend(sizeof item + item.value.size());
    list.push_back(item);
  }

  static List& list_of(ListMapping& mapping, const std::string& predicate) {
    List& list = mapping.lists[predicate];
    if (!list) list = std::make_shared<std::vector<Term>>();
    return list;
  }

  /// A prefixed name in brackets, one without, or an address. Source: RDFa Core 1.1, section 7.4.2,
  /// SafeCURIEorCURIEorIRI.
  Subject resource(const Local& local, const RdfaAttributes::Value& attribute) {
    if (!attribute) return std::nullopt;
    std::string_view name = *attribute;
    const bool safe = name.starts_with('[') && name.ends_with(']');
    if (safe) name = name.substr(1, name.size() - 2);
    if (name.starts_with("_:")) return blank(name.substr(2));
    if (const auto iri = local.names->expand(name)) return output_.link(local.element, *iri);
    return safe ? std::nullopt : output_.link(local.element, name);
  }

  Term blank(std::string_view label) {
    const auto known = blanks_.find(std::string(label));
    if (known != blanks_.end()) return known->second;
    return blanks_.emplace(label, output_.blank()).first->second;
  }

  /// The IRIs that the words of an attribute mean. Source: RDFa Core 1.1, section 7.4.2, TERMorCURIEorAbsIRI.
  std::vector<std::string> iris_of(const Local& local, const RdfaAttributes::Value& attribute, bool terms_count) {
    std::vector<std::string> iris;
    for (const std::string_view word : words_of(attribute.value_or(""))) {
      const bool is_term = word.find(':') == std::string_view::npos;
      if (is_term && !terms_count) continue;
      if (word == wordpress_api && output_.lenient()) continue;
      auto iri = is_term ? local.names->expand_term(word) : local.names->expand(word);
      if (!iri && !is_term && (!output_.lenient() || is_meant_as_iri(word))) iri = word;
      if (!iri) continue;
      output_.spend(iri->size());
      if (output_.lenient() && iri->starts_with(https_open_graph)) iri->replace(0, https_open_graph.size(), open_graph);
      *iri = encode_iri(*iri);
      if (!rdf::why_not_iri(*iri)) iris.push_back(std::move(*iri));
    }
    return iris;
  }

  Output& output_;
  const Term page_;
  RdfaSummary summary_;
  std::unordered_map<std::string, Term> blanks_;
  bool mended_open_graph_ = false;
};

}  // namespace

RdfaSummary read_rdfa(const Tree& tree, Output& output) {
  const auto page = output.page();
  return RdfaReader(output, page ? *page : output.blank()).read(tree.root());
}

}  // namespace scenograph::markup
