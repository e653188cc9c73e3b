#pragma once

#include <string>
#include <vector>

#include "rdf/term.hpp"
#include "syntax/reader.hpp"

namespace scenograph::tests {

/// The quads of a document in Turtle whose base is "http://x/". @throws  what reading throws.
inline std::vector<rdf::Quad> from_turtle(const std::string& turtle) {
  std::vector<rdf::Quad> quads;
  const auto source = base::open_text(turtle);
  syntax::ReadOptions options;
  options.base = "http://x/";
  syntax::read(*source, syntax::Format::Turtle, options, [&quads](const rdf::Quad& quad) { quads.push_back(quad); });
  return quads;
}

}  // namespace scenograph::tests
