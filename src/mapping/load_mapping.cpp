#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/file.hpp"
#include "mapping/internal/document.hpp"
#include "mapping/internal/load_expressions.hpp"
#include "mapping/internal/load_source.hpp"
#include "mapping/internal/model.hpp"
#include "mapping/mapping.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"
#include "sources/json_path.hpp"

namespace scenograph::mapping {

namespace {

using namespace internal;

[[noreturn]] void bad(const std::string& message) { throw base::Error(base::Code::BadData, message); }

class Loader {
 public:
  Loader(const Document& document, std::filesystem::path folder, std::string_view source_name)
      : document_(document), folder_(std::move(folder)), source_name_(source_name) {}

  std::shared_ptr<const Model> load() {
    nodes_ = document_.subjects_with("logicalSource");
    if (nodes_.empty()) {
      throw base::Error(base::Code::BadData, "the mapping has no triples map: no subject has an rml:logicalSource",
                        {source_name_});
    }
    model_->triples_maps.resize(nodes_.size());
    for_each([&](std::size_t i) { load_head(i); });
    for_each([&](std::size_t i) { load_properties(i); });
    for_each([&](std::size_t i) { check_references(model_->triples_maps[i]); });
    return model_;
  }

 private:
  // Errors of one triples map get its name and the file's.
  template <typename Work>
  void for_each(const Work& work) {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      try {
        work(i);
      } catch (const base::Error& error) {
        throw base::Error(error.code(), fmt::format("triples map <{}>: {}", shown(nodes_[i]), error.message()),
                          {source_name_});
      }
    }
  }

  void load_head(std::size_t i) {
    TriplesMap& map = model_->triples_maps[i];
    const rdf::Term& node = nodes_[i];
    map.name = shown(node);
    const auto sources = document_.objects(node, "logicalSource");
    if (sources.size() != 1) bad("it must have exactly one rml:logicalSource");
    load_source(document_, sources[0], folder_, map);
    for (const rdf::Term& base : document_.objects(node, "baseIRI")) map.base = base.value;
    const rdf::Term subject = subject_of(node);
    ExpressionLoader expressions(document_, map.references);
    const bool shortcut = !document_.objects(node, "subject").empty();
    map.subject = shortcut ? ExpressionLoader::constant(subject, "subject") : expressions.term_map(subject, "subject");
    if (shortcut) return;
    map.graphs = expressions.term_maps(subject, "graph");
    load_classes(subject, map);
  }

  [[nodiscard]] rdf::Term subject_of(const rdf::Term& node) const {
    auto subjects = document_.objects(node, "subject");
    for (rdf::Term& map : document_.objects(node, "subjectMap")) subjects.push_back(std::move(map));
    if (subjects.size() != 1) {
      bad(fmt::format("it must have exactly one rml:subjectMap or rml:subject, not {}", subjects.size()));
    }
    return subjects[0];
  }

  void load_classes(const rdf::Term& subject, TriplesMap& map) const {
    PredicateObjectMap types;
    for (const rdf::Term& type : document_.objects(subject, "class")) {
      if (!type.is_iri()) bad(fmt::format("the rml:class «{}» is not an IRI", type.value));
      types.objects.push_back(ExpressionLoader::constant(type, "object"));
    }
    if (types.objects.empty()) return;
    types.predicates.push_back(ExpressionLoader::constant(rdf::Term::iri(rdf::rdf::type), "predicate"));
    map.properties.push_back(std::move(types));
  }

  void load_properties(std::size_t i) {
    TriplesMap& map = model_->triples_maps[i];
    ExpressionLoader expressions(document_, map.references);
    for (const rdf::Term& node : document_.objects(nodes_[i], "predicateObjectMap")) {
      PredicateObjectMap properties;
      properties.predicates = expressions.term_maps(node, "predicate");
      properties.objects = expressions.term_maps(node, "object");
      properties.graphs = expressions.term_maps(node, "graph");
      for (const rdf::Term& object : document_.objects(node, "objectMap")) {
        if (!document_.objects(object, "parentTriplesMap").empty()) {
          properties.joins.push_back(load_join(object, i, expressions));
        }
      }
      if (properties.predicates.empty()) bad("an rml:predicateObjectMap has no predicate");
      if (properties.objects.empty() && properties.joins.empty()) bad("an rml:predicateObjectMap has no object");
      map.properties.push_back(std::move(properties));
    }
  }

  Join load_join(const rdf::Term& node, std::size_t child, ExpressionLoader& expressions) {
    const auto parents = document_.objects(node, "parentTriplesMap");
    if (parents.size() != 1) bad("an object map must have at most one rml:parentTriplesMap");
    const auto parent = std::find(nodes_.begin(), nodes_.end(), parents[0]);
    if (parent == nodes_.end()) {
      bad(fmt::format("the rml:parentTriplesMap <{}> is no triples map of this file", shown(parents[0])));
    }
    Join join;
    join.parent = static_cast<std::size_t>(parent - nodes_.begin());
    TriplesMap& parent_map = model_->triples_maps[join.parent];
    ExpressionLoader parent_expressions(document_, parent_map.references);
    for (const rdf::Term& condition : document_.objects(node, "joinCondition")) {
      join.conditions.push_back(
          {expressions.join_side(condition, "child"), parent_expressions.join_side(condition, "parent")});
    }
    const TriplesMap& child_map = model_->triples_maps[child];
    const bool same_record =
        child_map.source.reads_like(parent_map.source) && child_map.iterator == parent_map.iterator;
    if (join.conditions.empty() && same_record) join.subject_here = subject_here(*parent, expressions);
    return join;
  }

  TermMap subject_here(const rdf::Term& parent, ExpressionLoader& expressions) const {
    const rdf::Term subject = subject_of(parent);
    const bool shortcut = !document_.objects(parent, "subject").empty();
    return shortcut ? ExpressionLoader::constant(subject, "subject") : expressions.term_map(subject, "subject");
  }

  static void check_references(const TriplesMap& map) {
    if (map.source.formulation != Formulation::Json) return;
    std::ignore = sources::parse_json_path(map.iterator);
    for (const std::string& reference : map.references) std::ignore = sources::parse_json_path(reference);
  }

  const Document& document_;
  std::filesystem::path folder_;
  std::string source_name_;
  std::vector<rdf::Term> nodes_;
  std::shared_ptr<Model> model_ = std::make_shared<Model>();
};

}  // namespace

namespace internal {

bool Source::reads_like(const Source& other) const {
  return path == other.path && formulation == other.formulation && encoding == other.encoding &&
         dialect.delimiter == other.dialect.delimiter && dialect.quote == other.dialect.quote &&
         dialect.header == other.dialect.header && dialect.trim == other.dialect.trim;
}

}  // namespace internal

std::vector<std::filesystem::path> Mapping::sources() const {
  std::vector<std::filesystem::path> paths;
  for (const TriplesMap& map : model_->triples_maps) {
    if (std::find(paths.begin(), paths.end(), map.source.path) == paths.end()) paths.push_back(map.source.path);
  }
  return paths;
}

std::vector<std::string> Mapping::triples_maps() const {
  std::vector<std::string> names;
  for (const TriplesMap& map : model_->triples_maps) names.push_back(map.name);
  return names;
}

Mapping parse_mapping(std::string_view turtle, const std::filesystem::path& folder, std::string_view source_name) {
  const Document document = Document::parse(turtle, source_name);
  return Mapping(Loader(document, folder, source_name).load());
}

Mapping load_mapping(const std::filesystem::path& path) {
  constexpr std::size_t max_bytes = std::size_t{64} << 20U;
  return parse_mapping(base::read_file(path, max_bytes), path.parent_path(), path.string());
}

}  // namespace scenograph::mapping
