#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace scenograph::store {

/// Something in a store that is not as it must be.
struct Finding {
  std::string file;      ///< within the data directory
  std::string problem;   ///< what is wrong
  std::string affected;  ///< what cannot be relied on
  std::string remedy;    ///< how to mend it
};

struct VerifyOptions {
  std::size_t threads = 2;

  /// Told on the calling thread, some times a second, how many bytes of how many are checked; may throw to stop; may be
  /// null.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

struct VerifyReport {
  static constexpr std::size_t most_findings = 1000;

  std::uint64_t commit = 0;  ///< the state that was checked
  std::uint64_t quads = 0;   ///< in it; 0 if the files are too damaged to count
  std::uint64_t files = 0;   ///< that were read
  std::uint64_t bytes = 0;   ///< that were read
  std::uint64_t found = 0;   ///< findings, also those past `most_findings`
  std::vector<Finding> findings;
};

}  // namespace scenograph::store
