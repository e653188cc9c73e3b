#include "store/internal/wal/commit_record.hpp"

#include "fuzz/fuzz.hpp"

// Decodes commits of the log from hostile bytes: what decodes must come back from its own encoding.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  fuzz::answers_or_corrupt([&] {
    store::internal::CommitRecord record = store::internal::decode(bytes);
    const std::string once = store::internal::encode(record);
    store::internal::CommitRecord again = store::internal::decode(once);
    // Of edits of one quad, which no commit has, the order is open.
    fuzz::require(store::internal::encode(again).size() == once.size());
    fuzz::require(again.info.number == record.info.number && again.info.time_ms == record.info.time_ms);
    fuzz::require(again.terms == record.terms && again.edits.size() == record.edits.size());
    fuzz::require(again.counts.size() == record.counts.size());
  });
  return 0;
}
