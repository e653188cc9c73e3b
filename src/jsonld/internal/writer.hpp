#pragma once

#include <memory>

#include "jsonld/json.hpp"
#include "syntax/writer.hpp"

namespace scenograph::jsonld {

/// Writes nodes nested and compacted against the bundled schema.org context at the end; where they are more than
/// `arrange_bytes`, and more than 16 MiB, as they come, a line each.
[[nodiscard]] std::unique_ptr<syntax::Writer> make_json_ld_writer(base::ByteSink sink,
                                                                  const syntax::WriteOptions& options);

/// A flat expanded document with each node that is referred to but once put where it is referred to.
[[nodiscard]] Value nest(Value flat);

}  // namespace scenograph::jsonld
