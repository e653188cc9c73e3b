#include "server/internal/authorization.hpp"

#include <strings.h>

#include <algorithm>

namespace scenograph::server {

Access check_token(std::string_view header, std::string_view token) noexcept {
  constexpr std::string_view scheme = "Bearer ";
  if (token.empty()) return Access::Closed;
  if (header.size() < scheme.size() || strncasecmp(header.data(), scheme.data(), scheme.size()) != 0) {
    return Access::NoToken;
  }
  const std::string_view given = header.substr(scheme.size());
  unsigned difference = given.size() == token.size() ? 0 : 1;
  for (std::size_t i = 0; i < given.size(); ++i) {
    difference |= static_cast<unsigned char>(given[i]) ^ static_cast<unsigned char>(token[i % token.size()]);
  }
  return difference == 0 ? Access::Granted : Access::WrongToken;
}

}  // namespace scenograph::server
