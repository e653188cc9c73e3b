#include "conformance/manifest.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "base/bytes.hpp"
#include "rdf/vocab.hpp"
#include "syntax/reader.hpp"

namespace scenograph::conformance {

namespace {

constexpr std::string_view scheme = "file://";

/// What the document says its files' addresses begin with.
std::string assumed_base(const std::vector<rdf::Quad>& quads) {
  for (const rdf::Quad& quad : quads) {
    if (quad.predicate.value == mf::assumed_base) return quad.object.value;
  }
  return {};
}

/// The elements of all lists that the document gives as values of a property: a manifest may be named anything.
std::vector<rdf::Term> listed(const Graph& graph, const std::vector<rdf::Quad>& quads, std::string_view property) {
  std::vector<rdf::Term> out;
  for (const rdf::Quad& quad : quads) {
    if (quad.predicate.value != property) continue;
    for (const rdf::Term& head : graph.objects(quad.subject, property)) {
      for (const rdf::Term& element : graph.list(head)) out.push_back(element);
    }
  }
  return out;
}

void read_manifest(const std::filesystem::path& path, Graph& graph, std::set<std::string>& seen,
                   std::vector<Test>& tests) {
  if (!seen.insert(path.string()).second) return;
  const std::vector<rdf::Quad> quads = read_file(path);
  graph.add(quads);
  const std::string folder = path.parent_path().filename();
  const std::string base = assumed_base(quads);
  for (const rdf::Term& entry : listed(graph, quads, mf::entries)) {
    const std::string type = graph.object(entry, rdf::rdf::type).value;
    const std::size_t cut = entry.value.find('#') == std::string::npos ? entry.value.rfind('/') : entry.value.find('#');
    tests.push_back(
        {folder + "#" + entry.value.substr(cut + 1), entry, type.substr(type.find('#') + 1), base, path.parent_path()});
  }
  for (const rdf::Term& included : listed(graph, quads, mf::include)) {
    read_manifest(path_of(included.value), graph, seen, tests);
  }
}

}  // namespace

std::string iri_of(const std::filesystem::path& path) { return std::string(scheme) + path.string(); }

std::filesystem::path path_of(const std::string& iri) {
  if (!iri.starts_with(scheme)) throw std::runtime_error("<" + iri + "> is no file");
  return iri.substr(scheme.size());
}

std::vector<rdf::Quad> read_file(const std::filesystem::path& path, const std::string& base) {
  std::vector<rdf::Quad> quads;
  syntax::ReadOptions options;
  options.base = base.empty() ? iri_of(path) : base;
  options.source_name = path.filename();
  const auto source = base::open_file(path);
  const auto format = syntax::format_of_path(path.string());
  if (!format) throw std::runtime_error(path.string() + " is in no known syntax");
  syntax::read(*source, *format, options, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
  return quads;
}

void Graph::add(const std::vector<rdf::Quad>& quads) {
  // Labels of blank nodes are unique within a document only.
  const std::string suffix = "." + std::to_string(members_.size());
  const auto scoped = [&suffix](rdf::Term term) {
    if (term.is_blank()) term.value += suffix;
    return term;
  };
  for (const rdf::Quad& quad : quads)
    members_[scoped(quad.subject)][quad.predicate.value].push_back(scoped(quad.object));
}

std::vector<rdf::Term> Graph::objects(const rdf::Term& subject, std::string_view predicate) const {
  const auto values = members(subject).find(predicate);
  return values == members(subject).end() ? std::vector<rdf::Term>() : values->second;
}

rdf::Term Graph::object(const rdf::Term& subject, std::string_view predicate) const {
  const auto values = objects(subject, predicate);
  return values.empty() ? rdf::Term{} : values.front();
}

const Graph::Members& Graph::members(const rdf::Term& subject) const {
  static const Members none;
  const auto found = members_.find(subject);
  return found == members_.end() ? none : found->second;
}

rdf::Term Graph::subject(const rdf::Term& type) const {
  for (const auto& [subject, members] : members_) {
    const auto types = objects(subject, rdf::rdf::type);
    if (std::find(types.begin(), types.end(), type) != types.end()) return subject;
  }
  return {};
}

std::vector<rdf::Term> Graph::list(const rdf::Term& head) const {
  std::vector<rdf::Term> out;
  if (head.is_default_graph()) return out;
  if (head.value != rdf::rdf::nil && objects(head, rdf::rdf::first).empty()) return {head};
  for (rdf::Term cell = head; !cell.is_default_graph() && cell.value != rdf::rdf::nil;
       cell = object(cell, rdf::rdf::rest)) {
    out.push_back(object(cell, rdf::rdf::first));
  }
  return out;
}

std::vector<Test> read_manifest(const std::filesystem::path& path, Graph& graph) {
  std::set<std::string> seen;
  std::vector<Test> tests;
  read_manifest(path, graph, seen, tests);
  return tests;
}

}  // namespace scenograph::conformance
