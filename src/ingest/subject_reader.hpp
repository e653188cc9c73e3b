#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/budget.hpp"
#include "store/graph_set.hpp"
#include "store/term_id.hpp"
#include "store/view.hpp"

namespace scenograph::ingest {

/// Reads what some graphs say of many subjects, in one pass over the index.
class SubjectReader {
 public:
  static constexpr std::size_t most_quads = 4096;  ///< of one subject

  /// Both must outlive it.
  SubjectReader(const store::View& view, const store::GraphSet& graphs);

  /// The quads of `subject`, sorted; of more than `most_quads` the first ones. REQUIRES: subjects come in ascending
  /// order. Valid until the next call.
  [[nodiscard]] std::span<const store::QuadId> read(store::TermId subject);

 private:
  /// Fetches rows until one is of `subject` or of a later one. @return whether there is one.
  bool advance_to(store::TermId subject);

  std::unique_ptr<store::Scan> scan_;
  store::QuadBatch batch_;
  std::size_t at_ = 0;
  bool ended_ = false;
  std::vector<store::QuadId> found_;
};

}  // namespace scenograph::ingest
