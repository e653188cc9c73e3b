#include "support/isomorphism.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace scenograph::tests {

namespace {

using rdf::Quad;
using rdf::Term;
using Colours = std::map<std::string, std::size_t>;

constexpr Term Quad::*places[] = {&Quad::subject, &Quad::predicate, &Quad::object, &Quad::graph};

std::vector<Quad> distinct(std::vector<Quad> quads) {
  std::sort(quads.begin(), quads.end());
  quads.erase(std::unique(quads.begin(), quads.end()), quads.end());
  return quads;
}

Colours plain_colours(const std::vector<Quad>& quads) {
  Colours colours;
  for (const Quad& quad : quads) {
    for (const auto place : places) {
      if ((quad.*place).is_blank()) colours.emplace((quad.*place).value, 1);
    }
  }
  return colours;
}

std::string seen_from(const Quad& quad, const std::string& node, const Colours& colours) {
  std::string text;
  for (const auto place : places) {
    const Term& term = quad.*place;
    if (!term.is_blank()) {
      text += to_ntriples(term);
    } else {
      text += term.value == node ? "_:self" : "_:" + std::to_string(colours.at(term.value));
    }
    text += ' ';
  }
  return text;
}

std::size_t kinds(const Colours& colours) {
  std::set<std::size_t> different;
  for (const auto& [node, colour] : colours) different.insert(colour);
  return different.size();
}

/// Colours nodes by what surrounds them until that tells no more of them apart.
Colours refine(const std::vector<Quad>& quads, Colours colours) {
  std::map<std::string, std::vector<const Quad*>> quads_of;
  for (const Quad& quad : quads) {
    for (const auto place : places) {
      if ((quad.*place).is_blank()) quads_of[(quad.*place).value].push_back(&quad);
    }
  }
  for (std::size_t before = 0; before != kinds(colours);) {
    before = kinds(colours);
    Colours next;
    for (const auto& [node, around] : quads_of) {
      std::vector<std::string> lines;
      for (const Quad* quad : around) lines.push_back(seen_from(*quad, node, colours));
      std::sort(lines.begin(), lines.end());
      std::string all = std::to_string(colours.at(node));
      for (const std::string& line : lines) all += line;
      next[node] = std::hash<std::string>()(all);
    }
    colours = std::move(next);
  }
  return colours;
}

bool same_under(const std::vector<Quad>& a, const std::vector<Quad>& b, const Colours& ca, const Colours& cb) {
  const auto coloured = [](std::vector<Quad> quads, const Colours& colours) {
    for (Quad& quad : quads) {
      for (const auto place : places) {
        if ((quad.*place).is_blank()) (quad.*place).value = std::to_string(colours.at((quad.*place).value));
      }
    }
    return distinct(std::move(quads));
  };
  return coloured(a, ca) == coloured(b, cb);
}

std::map<std::size_t, std::vector<std::string>> by_colour(const Colours& colours) {
  std::map<std::size_t, std::vector<std::string>> groups;
  for (const auto& [node, colour] : colours) groups[colour].push_back(node);
  return groups;
}

bool match(const std::vector<Quad>& a, const std::vector<Quad>& b, const Colours& ca, const Colours& cb,
           std::size_t step) {
  const auto groups_a = by_colour(ca);
  const auto groups_b = by_colour(cb);
  if (groups_a.size() != groups_b.size()) return false;
  const std::vector<std::string>* pick = nullptr;
  std::size_t picked = 0;
  for (const auto& [colour, nodes] : groups_a) {
    const auto other = groups_b.find(colour);
    if (other == groups_b.end() || other->second.size() != nodes.size()) return false;
    if (nodes.size() > 1 && pick == nullptr) {
      pick = &nodes;
      picked = colour;
    }
  }
  if (pick == nullptr) return same_under(a, b, ca, cb);
  Colours next_a = ca;
  next_a[pick->front()] = step;
  next_a = refine(a, std::move(next_a));
  return std::any_of(groups_b.at(picked).begin(), groups_b.at(picked).end(), [&](const std::string& candidate) {
    Colours next_b = cb;
    next_b[candidate] = step;
    return match(a, b, next_a, refine(b, std::move(next_b)), step + 1);
  });
}

}  // namespace

bool isomorphic(const std::vector<Quad>& a, const std::vector<Quad>& b) {
  const std::vector<Quad> da = distinct(a);
  const std::vector<Quad> db = distinct(b);
  if (da.size() != db.size()) return false;
  return match(da, db, refine(da, plain_colours(da)), refine(db, plain_colours(db)), 2);
}

std::string to_nquads(std::vector<Quad> quads) {
  std::string out;
  for (const Quad& quad : distinct(std::move(quads))) {
    for (const auto place : places) {
      if (!(quad.*place).is_default_graph()) out += to_ntriples(quad.*place) + " ";
    }
    out += ".\n";
  }
  return out;
}

}  // namespace scenograph::tests
