#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace scenograph::tests {

/// Counts the tests of a conformance suite. A skip list has lines "<test> <reason>"; `#` begins a comment. A listed
/// test is expected to fail: if it passes, the list is out of date and the run fails.
class Tally {
 public:
  /// @param skips  name of a file in tests/conformance/skips; it may be absent.
  Tally(std::string suite, const std::string& skips);

  /// Runs one test; `check` returns what is wrong, "" for a pass. Exceptions are failures.
  void run(const std::string& test, const std::function<std::string()>& check);

  /// Counts a test that the suite itself says not to run.
  void skip(const std::string& test, const std::string& reason) { skipped_.push_back(test + ": " + reason); }

  /// Prints a line for each skipped and each failed test, and last "<suite>: N passed, N failed, N skipped" (without
  /// "<suite>: " if it has no name). @return how many failed.
  std::size_t finish();

 private:
  std::string suite_;
  std::map<std::string, std::string> skips_;
  std::vector<std::string> failures_;
  std::size_t passed_ = 0;
  std::vector<std::string> skipped_;  ///< with their reasons
};

}  // namespace scenograph::tests
