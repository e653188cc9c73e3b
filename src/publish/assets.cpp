#include "publish/assets.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "publish/internal/asset_table.hpp"

namespace scenograph::publish {

std::optional<std::string_view> find_asset(std::string_view name) noexcept {
  const auto table = asset_table();
  const auto at = std::lower_bound(table.begin(), table.end(), name,
                                   [](const Asset& asset, std::string_view wanted) { return asset.name < wanted; });
  return at != table.end() && at->name == name ? std::optional(at->content) : std::nullopt;
}

const std::string& asset_edition() {
  static const std::string edition = [] {
    std::string all;
    for (const Asset& asset : asset_table()) all.append(asset.name).append(1, '\0').append(asset.content);
    return base::to_base32(base::stable_hash(all));
  }();
  return edition;
}

std::string_view asset_media_type(std::string_view name) noexcept {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  if (name.ends_with(".txt") || name.ends_with(".tsv")) return "text/plain; charset=utf-8";
  return "application/octet-stream";
}

}  // namespace scenograph::publish
