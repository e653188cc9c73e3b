#pragma once

#include <string>

#include "cli/internal/command.hpp"
#include "shacl/quality_weights.hpp"
#include "shacl/shapes.hpp"

namespace scenograph::cli {

/// The options of commands that validate: which shapes, and in which language people are told.
void declare_shapes_options(po::options_description& options);

/// The shapes that those options name.
[[nodiscard]] shacl::Shapes shapes_of(const Invocation& invocation);

/// The option --weights: what counts for the quality of entries.
void declare_weights_option(po::options_description& options);

/// The weights that it names. @throws what `ingest::read_weights` throws.
[[nodiscard]] shacl::QualityWeights weights_of(const Invocation& invocation);

/// What tells these shapes from others, for comparing reports.
[[nodiscard]] std::string shapes_fingerprint(const Invocation& invocation);

/// The option --lang: the language of what is told to people.
void declare_language_option(po::options_description& options);

/// "fr" or "en". @throws Error(Code::BadArgument) naming the option.
[[nodiscard]] std::string report_language(const Invocation& invocation);

}  // namespace scenograph::cli
