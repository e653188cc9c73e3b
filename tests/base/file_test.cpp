#include "base/file.hpp"

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "support/temporary_folder.hpp"

using namespace scenograph;
namespace fs = std::filesystem;

namespace {

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("Writers of one file at once each write it whole", "[base]") {
  const tests::TemporaryFolder folder;
  const fs::path file = folder.path() / "report";
  std::atomic<int> failures = 0;
  std::vector<std::thread> writers;
  for (const char letter : {'a', 'b', 'c', 'd'}) {
    writers.emplace_back([&, content = std::string(40'000, letter)] {
      for (int i = 0; i < 50; ++i) {
        try {
          base::write_file(file, content);
          const std::string seen = base::read_file(file);
          if (seen != std::string(content.size(), seen.empty() ? ' ' : seen.front())) ++failures;
        } catch (const base::Error&) {
          ++failures;
        }
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  CHECK(failures == 0);
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("What a killed writer left beside a file goes with the next one, what a living one has stays", "[base]") {
  const tests::TemporaryFolder folder;
  const fs::path file = folder.path() / "report";
  const fs::path dead = folder.path() / "report.new-0123456789abcdef";
  const fs::path living = folder.path() / "report.new-fedcba9876543210";
  const fs::path other = folder.path() / "report.new-idea";
  const fs::path of_another = folder.path() / "list.new-0123456789abcdef";
  for (const fs::path& path : {dead, living, other, of_another}) std::ofstream(path) << "part";
  const int lock = ::open(living.c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(lock >= 0);
  REQUIRE(::flock(lock, LOCK_EX | LOCK_NB) == 0);

  base::write_file(file, "whole");
  CHECK(base::read_file(file) == "whole");
  CHECK_FALSE(fs::exists(dead));
  CHECK(fs::exists(living));
  CHECK(fs::exists(other));
  CHECK_FALSE(fs::exists(of_another));

  ::close(lock);
  base::write_file(file, "whole");
  CHECK_FALSE(fs::exists(living));
}

TEST_CASE("A file that cannot be replaced leaves nothing beside it", "[base]") {
  const tests::TemporaryFolder folder;
  const fs::path taken = folder.path() / "taken";
  fs::create_directory(taken);
  CHECK_THROWS_AS(base::write_file(taken, "text"), base::Error);
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("A written file may be read by whom the umask lets", "[base]") {
  const tests::TemporaryFolder folder;
  const mode_t before = ::umask(027);
  base::write_file(folder.path() / "file", "text");
  ::umask(before);
  CHECK(fs::status(folder.path() / "file").permissions() == fs::perms(0640));
}
