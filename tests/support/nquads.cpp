#include "support/nquads.hpp"

#include <algorithm>

namespace scenograph::tests {

std::string to_nquads(std::vector<rdf::Quad> quads) {
  std::sort(quads.begin(), quads.end());
  quads.erase(std::unique(quads.begin(), quads.end()), quads.end());
  std::string out;
  for (const rdf::Quad& quad : quads) {
    for (const rdf::Term* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
      if (!term->is_default_graph()) out += rdf::to_ntriples(*term) + " ";
    }
    out += ".\n";
  }
  return out;
}

}  // namespace scenograph::tests
