#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "fuzz/fuzz.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::fuzz {

/// A file that lies in memory and goes with this.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content) : number_(::memfd_create("fuzz", MFD_CLOEXEC)) {
    require(number_ >= 0);
    while (!content.empty()) {
      const ssize_t written = ::write(number_, content.data(), content.size());
      require(written > 0);
      content.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(number_); }

  [[nodiscard]] std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(number_); }

 private:
  int number_;
};

/// The bytes of the file that `write` makes at the path it is given.
template <typename Write>
std::string bytes_written(const Write& write) {
  const tests::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "file";
  write(path);
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Changes `bytes` as the input says: four bytes for each change, a place and what stands there then. A first byte of
/// 128 or more counts the place from the end, where files keep their directories.
inline void damage(std::string& bytes, Input& input) {
  while (!input.empty() && !bytes.empty()) {
    const std::size_t place = input.number();
    const std::size_t at = (place & 0x7FFFFFU) % bytes.size();
    bytes[(place & 0x800000U) == 0 ? at : bytes.size() - 1 - at] = static_cast<char>(input.byte());
  }
}

}  // namespace scenograph::fuzz
