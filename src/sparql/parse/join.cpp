#include "sparql/parse/join.hpp"

#include <utility>

namespace scenograph::sparql::parse {

using algebra::Pattern;
using algebra::PatternKind;

namespace {

bool is_empty(const Pattern& pattern) { return pattern.kind == PatternKind::Bgp && pattern.triples.empty(); }

}  // namespace

void join(Pattern& left, Pattern right) {
  if (is_empty(right)) return;
  if (is_empty(left)) {
    left = std::move(right);
  } else if (left.kind == PatternKind::Join) {
    left.children.push_back(std::move(right));
  } else {
    Pattern both;
    both.kind = PatternKind::Join;
    both.children.push_back(std::move(left));
    both.children.push_back(std::move(right));
    left = std::move(both);
  }
}

}  // namespace scenograph::sparql::parse
