#include "mapping/internal/document.hpp"

#include <fmt/format.h>

#include <array>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "rdf/vocab.hpp"
#include "syntax/reader.hpp"

namespace scenograph::mapping::internal {

namespace {

constexpr std::array<std::string_view, 3> older_ns = {
    "http://www.w3.org/ns/r2rml#",
    "http://semweb.mmlab.be/ns/rml#",
    "http://semweb.mmlab.be/ns/ql#",
};

std::string renewed(std::string iri) {
  for (const std::string_view ns : older_ns) {
    if (iri.starts_with(ns)) return rml_iri(std::string_view(iri).substr(ns.size()));
  }
  return iri;
}

rdf::Term renewed(rdf::Term term) {
  if (term.is_iri()) term.value = renewed(std::move(term.value));
  return term;
}

}  // namespace

std::string rml_iri(std::string_view name) {
  if (name.find(':') != std::string_view::npos) return std::string(name);
  return std::string(rml_ns).append(name);
}

std::string shown(const rdf::Term& term) { return term.is_blank() ? "_:" + term.value : term.value; }

Document Document::parse(std::string_view turtle, std::string_view source_name) {
  Document document;
  syntax::ReadOptions options;
  options.source_name = source_name;
  options.base = "http://example.com/base/";
  const auto source = base::open_text(turtle);
  syntax::read(*source, syntax::Format::Turtle, options, [&](const rdf::Quad& quad) {
    auto [entry, is_new] = document.properties_.try_emplace(renewed(quad.subject));
    if (is_new) document.subjects_.push_back(entry->first);
    entry->second.emplace_back(renewed(quad.predicate.value), renewed(quad.object));
  });
  return document;
}

std::vector<rdf::Term> Document::objects(const rdf::Term& subject, std::string_view name) const {
  std::vector<rdf::Term> found;
  const std::string property = rml_iri(name);
  for (const auto& [predicate, object] : properties(subject)) {
    if (predicate == property) found.push_back(object);
  }
  return found;
}

const std::vector<std::pair<std::string, rdf::Term>>& Document::properties(const rdf::Term& subject) const {
  static const std::vector<std::pair<std::string, rdf::Term>> none;
  const auto found = properties_.find(subject);
  return found == properties_.end() ? none : found->second;
}

std::vector<rdf::Term> Document::subjects_with(std::string_view name) const {
  std::vector<rdf::Term> found;
  for (const rdf::Term& subject : subjects_) {
    if (!objects(subject, name).empty()) found.push_back(subject);
  }
  return found;
}

std::vector<rdf::Term> Document::list(const rdf::Term& head) const {
  std::vector<rdf::Term> members;
  rdf::Term node = head;
  while (node.value != rdf::rdf::nil) {
    const auto first = objects(node, rdf::rdf::first);
    const auto rest = objects(node, rdf::rdf::rest);
    if (first.size() != 1 || rest.size() != 1 || members.size() > subjects_.size()) {
      throw base::Error(base::Code::BadData, fmt::format("«{}» is not a list; write ( … )", shown(head)));
    }
    members.push_back(first[0]);
    node = rest[0];
  }
  return members;
}

}  // namespace scenograph::mapping::internal
