#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scenograph::publish {

/// A file of web/ as it was at build time, e.g. "static/style.css"; nullopt if there is none.
[[nodiscard]] std::optional<std::string_view> find_asset(std::string_view name) noexcept;

/// Changes when any file of web/ does; part of the addresses of those that may be kept for good.
[[nodiscard]] const std::string& asset_edition();

/// The media type by the name's ending.
[[nodiscard]] std::string_view asset_media_type(std::string_view name) noexcept;

}  // namespace scenograph::publish
