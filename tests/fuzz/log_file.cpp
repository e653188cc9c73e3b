#include <xxhash.h>

#include <cstring>
#include <string>
#include <vector>

#include "fuzz/memory_file.hpp"
#include "store/internal/wal/wal.hpp"

// Reads logs of hostile bytes. The first byte says from where on, and whether the rest is cut into records whose
// checksums are made right: then they must all come back.

namespace {

namespace engine = scenograph::store::internal;
using scenograph::fuzz::require;

struct Head {
  std::uint64_t checksum;
  std::uint64_t length;
};

std::string as_log(std::string_view rest, std::vector<std::string>& records) {
  std::string log;
  while (!rest.empty()) {
    records.emplace_back(rest.substr(0, 1 + static_cast<unsigned char>(rest.front())));
    rest.remove_prefix(records.back().size());
    const std::string& record = records.back();
    const Head head{XXH3_64bits_withSeed(record.data(), record.size(), record.size()), record.size()};
    log.append(reinterpret_cast<const char*>(&head), sizeof head) += record;
  }
  return log;
}

void read(std::string_view log, std::uint64_t start, const std::vector<std::string>& expected) {
  const scenograph::fuzz::MemoryFile file(log);
  std::vector<std::string> found;
  std::uint64_t next = start;
  const std::uint64_t end = engine::read_wal(file.path(), start, [&](std::string_view record, std::uint64_t at) {
    require(at == next);
    next = at + engine::wal_bytes(record);
    require(engine::read_wal_record(file.path(), at) == record);
    found.emplace_back(record);
  });
  require(end == next && end <= std::max<std::uint64_t>(log.size(), start));
  require(expected.empty() || found == expected);
  static_cast<void>(engine::ends_clean(file.path(), end));
  scenograph::fuzz::answers_or_corrupt([&] { static_cast<void>(engine::read_wal_record(file.path(), end)); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  scenograph::fuzz::Input input(data, size);
  const unsigned manner = input.byte();
  std::vector<std::string> records;
  if (manner % 2 == 0) {
    const std::string log = as_log(input.rest(), records) + std::string(manner, '\0');
    read(log, 0, records);
  } else {
    read(input.rest(), manner / 2, records);
  }
  return 0;
}
