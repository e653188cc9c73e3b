#pragma once

namespace scenograph::cli {

/// Runs the program: parses the command line and the configuration file, runs the command, reports errors on standard
/// error. Never throws. @return the exit code (docs/cli.md).
[[nodiscard]] int run(int argc, char** argv) noexcept;

}  // namespace scenograph::cli
