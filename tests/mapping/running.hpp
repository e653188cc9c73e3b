#pragma once

#include <string>
#include <vector>

#include "mapping/mapping.hpp"
#include "mapping/run.hpp"

namespace scenograph::mapping::testing {

struct Outcome {
  std::vector<rdf::Quad> quads;
  std::vector<std::string> diagnostics;
  bool told_error = false;  ///< a diagnostic of severity Error
  RunResult result;
};

inline Outcome run(const Mapping& mapping, RunOptions options = {}) {
  Outcome outcome;
  options.diagnostics = [&](const base::Diagnostic& d) {
    outcome.diagnostics.push_back(base::to_string(d));
    outcome.told_error = outcome.told_error || d.severity == base::Severity::Error;
  };
  outcome.result = run_mapping(mapping, options, [&](const rdf::Quad& quad) { outcome.quads.push_back(quad); });
  return outcome;
}

}  // namespace scenograph::mapping::testing
