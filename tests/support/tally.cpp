#include "support/tally.hpp"

#include <exception>
#include <fstream>
#include <iostream>

namespace scenograph::tests {

namespace {

std::string on_one_line(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at)) text.replace(at, 1, " | ");
  return text;
}

}  // namespace

Tally::Tally(std::string suite, const std::string& skips) : suite_(std::move(suite)) {
  std::ifstream file(std::string(SCENOGRAPH_SOURCE) + "/tests/conformance/skips/" + skips);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) {
      failures_.push_back(line + ": the skip list gives no reason");
    } else {
      skips_[line.substr(0, space)] = line.substr(space + 1);
    }
  }
}

void Tally::run(const std::string& test, const std::function<std::string()>& check) {
  std::string wrong;
  try {
    wrong = check();
  } catch (const std::exception& error) {
    wrong = error.what();
  }
  const bool listed = skips_.count(test) != 0;
  if (listed && wrong.empty()) {
    failures_.push_back(test + ": passes now; take it off the skip list");
  } else if (listed) {
    skipped_.push_back(test + ": " + skips_[test]);
  } else if (wrong.empty()) {
    ++passed_;
  } else {
    failures_.push_back(test + ": " + wrong);
  }
}

std::size_t Tally::finish() {
  for (const std::string& skip : skipped_) std::cout << "skipped " << skip << '\n';
  for (const std::string& failure : failures_) std::cout << "failed " << on_one_line(failure) << '\n';
  if (!suite_.empty()) std::cout << suite_ << ": ";
  std::cout << passed_ << " passed, " << failures_.size() << " failed, " << skipped_.size() << " skipped\n";
  return failures_.size();
}

}  // namespace scenograph::tests
