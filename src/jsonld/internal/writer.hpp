#pragma once

#include <memory>

#include "jsonld/json.hpp"
#include "syntax/writer.hpp"

namespace scenograph::jsonld {

/// Holds everything until `finish`, then writes it nested and compacted against the bundled schema.org context.
[[nodiscard]] std::unique_ptr<syntax::Writer> make_json_ld_writer(base::ByteSink sink,
                                                                  const syntax::WriteOptions& options);

/// A flat expanded document with each node that is referred to but once put where it is referred to.
[[nodiscard]] Value nest(Value flat);

}  // namespace scenograph::jsonld
