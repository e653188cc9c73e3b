#pragma once

#include <cstdint>

#include "base/budget.hpp"
#include "ingest/rdf_input.hpp"
#include "shacl/validate.hpp"

namespace scenograph::ingest {

struct DocumentReport {
  shacl::Report report;
  std::uint64_t quads = 0;  ///< that the document gave
};

/// Validates one document by itself, together with nothing else. Nothing of it is kept. Its blank nodes keep their
/// labels, or get new ones.
///
/// @param input    read as it says; its diagnostics tell of what `clean` changes, too.
/// @param cleaned  whether the data is mended first (`clean`), as `read_source` does it.
/// @param budget   of the whole; some 600 bytes a quad are charged.
/// @throws  what `read_rdf`, `shacl::validate` and the budget throw.
[[nodiscard]] DocumentReport validate_document(const RdfInput& input, bool cleaned, const shacl::Shapes& shapes,
                                               const shacl::Options& options, base::Budget& budget);

}  // namespace scenograph::ingest
