#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/budget.hpp"
#include "base/diagnostic.hpp"
#include "mapping/mapping.hpp"
#include "rdf/term.hpp"

namespace scenograph::mapping {

struct RunOptions {
  std::string base;              ///< IRI that relative IRIs are resolved against, unless a triples map has its own
  std::filesystem::path source;  ///< read instead of the mapping's only file; empty: the mapping's own
  bool empty_is_null = true;     ///< an empty text makes no triple; RML itself takes it for a value
  std::size_t max_record = std::size_t{64} << 20U;   ///< bytes of one record (`--max-record`)
  std::size_t max_document = std::size_t{1} << 30U;  ///< bytes of a document held whole (`--max-document`)
  base::DiagnosticSink diagnostics;                  ///< may be null
  base::Budget* budget = nullptr;                    ///< checked per batch of records; charged for joins; may be null
};

struct RunResult {
  std::uint64_t records = 0;   ///< read, once for each iterator
  std::uint64_t quads = 0;     ///< handed to the sink, repetitions counted
  std::uint64_t rejected = 0;  ///< faulty records passed over
  std::uint64_t left_out = 0;  ///< values that could not become terms, with their triples
};

/// Runs the mapping over its sources and hands the quads to `sink`.
///
/// Each source is read once for all its triples maps, and once more if other triples maps join to it. What is wrong
/// with a record costs that record, or the triples of the faulty value; the diagnostic names source, record and field.
/// Blank node labels are the same for the same input; they are unique within the call only.
///
/// Memory: one record, and the keys and subjects of parent triples maps.
///
/// @throws  Error(NotFound, Io, …) for a source that cannot be read; Error(Code::BadData) for a column that a source
///          does not have; Error(Code::BadSyntax) for JSON cut short; Error(Code::TooLarge) naming the option.
RunResult run_mapping(const Mapping& mapping, const RunOptions& options, const rdf::QuadSink& sink);

}  // namespace scenograph::mapping
