#include "store/internal/segment/segment.hpp"

#include <fmt/format.h>

namespace scenograph::store::internal {

Segment::Segment(const std::filesystem::path& folder, bool with_added, bool with_removed) {
  for (const Sign sign : {Sign::Added, Sign::Removed}) {
    if (!(sign == Sign::Added ? with_added : with_removed)) continue;
    const std::size_t at = sign == Sign::Added ? 0 : 1;
    for (const Order order : {Order::Spog, Order::Sopg, Order::Psog, Order::Posg, Order::Ospg, Order::Opsg}) {
      runs_[static_cast<std::size_t>(order)][at] = open_run(run_file(folder, order, sign), order);
    }
    runs_[static_cast<std::size_t>(Order::Gspo)][at] =
        open_graph_run(run_file(folder, Order::Gspo, sign), run(Order::Spog, sign));
  }
}

std::uint64_t Segment::file_bytes() const {
  std::uint64_t bytes = 0;
  for (const auto& signs : runs_) {
    for (const auto& run : signs) bytes += run ? run->file_bytes() : 0;
  }
  return bytes;
}

std::filesystem::path run_file(const std::filesystem::path& folder, Order order, Sign sign) {
  static constexpr std::array<const char*, order_count> names = {"spog", "sopg", "psog", "posg",
                                                                 "ospg", "opsg", "gspo"};
  return folder / fmt::format("{}.{}", names[static_cast<std::size_t>(order)], sign == Sign::Added ? "add" : "del");
}

}  // namespace scenograph::store::internal
