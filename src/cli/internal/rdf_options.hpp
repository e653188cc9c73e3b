#pragma once

#include <filesystem>

#include "cli/internal/command.hpp"
#include "ingest/rdf_input.hpp"

namespace scenograph::cli {

/// The options of commands that read files of RDF: base, leniency, limits, remarks.
void declare_rdf_options(po::options_description& options);

/// How those options say to read `path`; remarks go to `remarks`, which must outlive the reading.
[[nodiscard]] ingest::RdfInput rdf_input(const Invocation& invocation, const std::filesystem::path& path,
                                         Remarks& remarks);

}  // namespace scenograph::cli
