#pragma once

#include <filesystem>
#include <utility>
#include <vector>

#include "base/budget.hpp"
#include "cli/internal/command.hpp"
#include "ingest/rdf_input.hpp"

namespace scenograph::cli {

/// The options of commands that read files of RDF: base, leniency, limits, remarks.
void declare_rdf_options(po::options_description& options);

/// How those options say to read `path`; remarks go to `remarks`, which must outlive the reading.
[[nodiscard]] ingest::RdfInput rdf_input(const Invocation& invocation, const std::filesystem::path& path,
                                         Remarks& remarks);

/// The --memory option of commands that hold their input.
void declare_held_memory(po::options_description& options);

/// Quads held in memory, as many as the option --memory allows.
class HeldQuads {
 public:
  explicit HeldQuads(const Invocation& invocation);

  /// Adds those of a file. @throws what `ingest::read_rdf` throws; Error(Code::OutOfMemory) naming --memory.
  void read(const ingest::RdfInput& input);

  /// Hands over what was read.
  [[nodiscard]] std::vector<rdf::Quad> take() { return std::exchange(quads_, {}); }

 private:
  base::Budget budget_;
  std::vector<rdf::Quad> quads_;
};

}  // namespace scenograph::cli
