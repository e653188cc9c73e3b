#include "publish/assets.hpp"

#include <algorithm>

#include "publish/internal/asset_table.hpp"

namespace scenograph::publish {

std::optional<std::string_view> find_asset(std::string_view name) noexcept {
  const auto table = asset_table();
  const auto at = std::lower_bound(table.begin(), table.end(), name,
                                   [](const Asset& asset, std::string_view wanted) { return asset.name < wanted; });
  return at != table.end() && at->name == name ? std::optional(at->content) : std::nullopt;
}

std::string_view asset_media_type(std::string_view name) noexcept {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  if (name.ends_with(".txt") || name.ends_with(".tsv")) return "text/plain; charset=utf-8";
  return "application/octet-stream";
}

}  // namespace scenograph::publish
