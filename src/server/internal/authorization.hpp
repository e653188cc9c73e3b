#pragma once

#include <string_view>

namespace scenograph::server {

enum class Access { Granted, NoToken, WrongToken, Closed };

/// Whether an Authorization header carries the token as Bearer. Closed if `token` is empty: nobody may. Takes the same
/// time wherever a wrong token differs.
///
/// Source: RFC 6750, section 2.1.
[[nodiscard]] Access check_token(std::string_view header, std::string_view token) noexcept;

}  // namespace scenograph::server
