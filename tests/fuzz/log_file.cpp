#include "store/internal/wal/log_file.hpp"

#include <string>
#include <vector>

#include "fuzz/memory_file.hpp"
#include "store/internal/wal/wal.hpp"

// Reads logs of hostile bytes, or cut into records with heads as they should be: those must all come back, also from
// behind a first one that is damaged. The first byte says which, and how many zeros follow.

namespace {

namespace engine = scenograph::store::internal;
using scenograph::fuzz::require;
using Records = std::vector<std::string>;

Records cut(std::string_view rest) {
  Records records;
  while (!rest.empty()) {
    records.emplace_back(rest.substr(0, 1 + static_cast<unsigned char>(rest.front())));
    rest.remove_prefix(records.back().size());
  }
  return records;
}

std::string log_of(const Records& records) {
  std::string log;
  for (const std::string& record : records) {
    const engine::WalHead head = engine::wal_head(record, log.size(), log.size());
    log.append(reinterpret_cast<const char*>(&head), sizeof head) += record;
  }
  return log;
}

Records read(std::string_view log, std::uint64_t start) {
  const scenograph::fuzz::MemoryFile file(log);
  Records found;
  std::uint64_t next = start;
  const std::uint64_t end = engine::read_wal(file.path(), start, [&](const engine::WalRecord& record) {
    require(record.at == next && engine::wal_checksum(file.path(), record.at) == record.checksum);
    require(engine::read_wal_record(file.path(), record.at) == record.bytes);
    next = record.at + engine::wal_bytes(record.bytes);
    found.emplace_back(record.bytes);
  });
  require(end == next && (end == start || end <= log.size()));
  static_cast<void>(engine::ends_clean(file.path(), end));
  static_cast<void>(engine::lost_records(file.path(), end));
  scenograph::fuzz::answers_or_corrupt([&] { static_cast<void>(engine::read_wal_record(file.path(), end)); });
  return found;
}

void lose_first(std::string log, Records records) {
  log.front() = static_cast<char>(log.front() ^ 1);
  require(read(log, 0).empty());
  records.erase(records.begin());
  const scenograph::fuzz::MemoryFile file(log);
  require(engine::lost_records(file.path(), 0) == records);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  scenograph::fuzz::Input input(data, size);
  const unsigned manner = input.byte();
  if (manner % 2 == 1) {
    static_cast<void>(read(input.rest(), manner / 2));
    return 0;
  }
  const Records records = cut(input.rest());
  const std::string log = log_of(records) + std::string(manner * 64, '\0');
  require(read(log, 0) == records);
  if (!records.empty()) lose_first(log, records);
  return 0;
}
