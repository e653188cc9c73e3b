#pragma once

#include <memory>

#include "cli/internal/command.hpp"
#include "syntax/format.hpp"
#include "syntax/packer.hpp"
#include "syntax/writer.hpp"

namespace scenograph::cli {

/// The options of commands that write RDF to standard output: --stream, --memory and --pack.
void declare_output_options(po::options_description& options);

/// RDF on standard output, as those options say. Says so on standard error if Turtle or TriG cannot be arranged.
class RdfOutput {
 public:
  /// @throws  Error(Code::BadArgument); Error(Code::Unsupported) for html.
  RdfOutput(const Invocation& invocation, syntax::Format format);
  RdfOutput(const RdfOutput&) = delete;
  RdfOutput& operator=(const RdfOutput&) = delete;

  [[nodiscard]] syntax::Writer& writer() { return *writer_; }

  /// Writes what is left.
  void finish();

 private:
  std::unique_ptr<syntax::Packer> packer_;
  std::unique_ptr<syntax::Writer> writer_;
};

}  // namespace scenograph::cli
