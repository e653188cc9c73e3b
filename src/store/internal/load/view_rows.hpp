#pragma once

#include <cstdint>
#include <memory>

#include "store/internal/keys.hpp"
#include "store/view.hpp"

namespace scenograph::store::internal {

/// Looks ascending rows up in a view by reading along with them.
class ViewRows {
 public:
  /// @param bound  members that a scan is opened for: few make few long scans, which suits many rows asked for; many
  ///               make many short ones, which suits a few. The next member is sought within a scan.
  ViewRows(const View& view, Order order, std::size_t bound) : view_(&view), order_(order), bound_(bound) {}

  /// Whether the view has a row that begins with the first `members` of `row`. REQUIRES: rows that ascend over all
  /// calls, always as many members, and more than are bound or as many.
  [[nodiscard]] bool has(const Row& row, std::size_t members);

 private:
  void open(const Row& row);
  [[nodiscard]] std::uint64_t value(std::size_t at, std::size_t member) const;
  [[nodiscard]] int compare(std::size_t at, const Row& row, std::size_t members) const;

  const View* view_;
  Order order_;
  std::size_t bound_;
  std::unique_ptr<Scan> scan_;
  Row opened_{};
  QuadBatch batch_;
  std::size_t at_ = 0;
  bool at_end_ = false;
};

}  // namespace scenograph::store::internal
