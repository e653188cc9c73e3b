#pragma once

#include <span>
#include <string_view>

namespace scenograph::publish {

struct Asset {
  std::string_view name;
  std::string_view content;
};

/// Every file of web/, ascending by name. Defined in a source that the build writes.
[[nodiscard]] std::span<const Asset> asset_table() noexcept;

}  // namespace scenograph::publish
