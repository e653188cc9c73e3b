#include "store/internal/segment/segment.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/log.hpp"

namespace scenograph::store::internal {

namespace {

std::optional<SubjectSetIndex> open_subject_sets(const std::filesystem::path& path) {
  try {
    return SubjectSetIndex(read_subject_sets(path));
  } catch (const base::Error& error) {
    base::log(base::LogLevel::Warning, "statistics missing", {{"reason", error.message()}});
    return std::nullopt;
  }
}

}  // namespace

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
  if (!with_added) return;
  const std::filesystem::path sets = subject_sets_file(folder);
  subject_sets_ = open_subject_sets(sets);
  std::error_code ignored;
  if (subject_sets_) subject_sets_bytes_ = std::filesystem::file_size(sets, ignored);
}

std::uint64_t Segment::file_bytes() const {
  std::uint64_t bytes = subject_sets_bytes_;
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
