#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "publish/language.hpp"

namespace scenograph::publish {

/// What the pages of one installation have in common.
struct Site {
  std::string base_iri;  ///< what the IRIs of its own entities start with; ends in "/"
  std::string name;
};

/// The address, from the root of the server, of an entity's page: "/page/event/x" for `<base>id/event/x`, else
/// "/page?iri=…".
[[nodiscard]] std::string page_path(const Site& site, std::string_view iri);

/// The address of its data with the given ending ("ttl"): "/data/event/x.ttl", else "/data?iri=…&format=ttl".
[[nodiscard]] std::string data_path(const Site& site, std::string_view iri, std::string_view extension);

/// The address of a badge that tells of its quality: "/badge/event/x.svg", else "/badge?iri=…".
[[nodiscard]] std::string badge_path(const Site& site, std::string_view iri);

/// The part after `<base>id/`, nullopt for other IRIs.
[[nodiscard]] std::optional<std::string_view> local_part(const Site& site, std::string_view iri);

/// Whether it is a part of another entity (`<base>id/part/…`), shown with it rather than on its own.
[[nodiscard]] bool is_part(const Site& site, std::string_view iri);

/// `address` with "lang" set to the language.
[[nodiscard]] std::string with_language(std::string address, Language language);

/// Whether a browser may be sent there: http and https only.
[[nodiscard]] bool is_web_address(std::string_view iri);

}  // namespace scenograph::publish
