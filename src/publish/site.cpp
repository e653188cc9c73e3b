#include "publish/site.hpp"

#include "rdf/iri.hpp"

namespace scenograph::publish {

namespace {

constexpr std::string_view id_folder = "id/";

/// The local part in a path, whatever characters it has: "/" stays.
std::string encode_path(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t slash = text.find('/');
    out += rdf::encode_iri_component(text.substr(0, slash));
    if (slash == std::string_view::npos) return out;
    out += '/';
    text.remove_prefix(slash + 1);
  }
}

}  // namespace

std::optional<std::string_view> local_part(const Site& site, std::string_view iri) {
  if (!iri.starts_with(site.base_iri)) return std::nullopt;
  iri.remove_prefix(site.base_iri.size());
  if (!iri.starts_with(id_folder) || iri.size() == id_folder.size()) return std::nullopt;
  return iri.substr(id_folder.size());
}

bool is_part(const Site& site, std::string_view iri) {
  const auto local = local_part(site, iri);
  return local && local->starts_with("part/");
}

std::string page_path(const Site& site, std::string_view iri) {
  if (const auto local = local_part(site, iri)) return "/page/" + encode_path(*local);
  return "/page?iri=" + rdf::encode_iri_component(iri);
}

std::string data_path(const Site& site, std::string_view iri, std::string_view extension) {
  if (const auto local = local_part(site, iri)) return "/data/" + encode_path(*local) + "." + std::string(extension);
  return "/data?iri=" + rdf::encode_iri_component(iri) + "&format=" + std::string(extension);
}

std::string badge_path(const Site& site, std::string_view iri) {
  if (const auto local = local_part(site, iri)) return "/badge/" + encode_path(*local) + ".svg";
  return "/badge?iri=" + rdf::encode_iri_component(iri);
}

std::string with_language(std::string address, Language language) {
  address += address.find('?') == std::string::npos ? '?' : '&';
  return address.append("lang=").append(tag_of(language));
}

bool is_web_address(std::string_view iri) { return iri.starts_with("https://") || iri.starts_with("http://"); }

}  // namespace scenograph::publish
