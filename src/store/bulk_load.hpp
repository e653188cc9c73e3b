#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "rdf/term_view.hpp"
#include "store/store.hpp"

namespace scenograph::store {

struct BulkLoadOptions {
  std::size_t lanes = 1;                       ///< threads that will add quads
  std::size_t memory = std::size_t{2} << 30U;  ///< bytes for terms and sorting, over all lanes; more goes to disk
  std::function<void(double done)> progress;   ///< of the work after the last quad: 0 to 1; may be null
  std::function<void()> check;                 ///< called often; may throw to cancel; may be null

  /// Given what the load is added to, once nobody else can write; may throw to give up; may be null.
  std::function<void(const View&)> before_commit;
};

/// Quads on their way into a load, from one thread at a time.
class LoadLane {
 public:
  virtual ~LoadLane() = default;

  /// Blank node labels are those of the document `document`: equal labels of one document are one node over all lanes.
  /// @throws Error(Code::DiskFull, Code::Io)
  virtual void add(const rdf::QuadView& quad, std::uint32_t document) = 0;
};

/// Many quads that become visible and durable at once, or not at all, however many they are: terms and quads are sorted
/// on disk under a memory limit and become a segment. Destroyed without `commit`, it leaves nothing behind.
///
/// Readers go on meanwhile; writers wait during `commit` only.
class BulkLoad {
 public:
  virtual ~BulkLoad() = default;

  /// REQUIRES: number < options.lanes. The lanes may be used by one thread each at once.
  [[nodiscard]] virtual LoadLane& lane(std::size_t number) = 0;

  /// Call it once, after the last quad; no lane may be used after.
  /// @throws  Error(Code::DiskFull, Code::Io, Code::Cancelled): nothing of it is then visible, now or later.
  virtual CommitResult commit(const CommitNote& note) = 0;
};

}  // namespace scenograph::store
