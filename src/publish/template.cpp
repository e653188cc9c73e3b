#include "publish/internal/template.hpp"

#include <fmt/format.h>

#include <array>

#include "base/error.hpp"
#include "base/version.hpp"
#include "publish/assets.hpp"
#include "rdf/iri.hpp"

namespace scenograph::publish {

namespace {

/// The keys of texts.tsv that templates may use: those that are no prefixed names.
Data read_texts(Language language) {
  Data out;
  std::string_view file = find_asset("texts.tsv").value_or("");
  while (!file.empty()) {
    const std::size_t end = std::min(file.find('\n'), file.size());
    const std::string_view key = file.substr(0, std::min(file.find('\t'), end));
    file.remove_prefix(std::min(end + 1, file.size()));
    if (key.find_first_of(":#") == std::string_view::npos) out.set(std::string(key), std::string(text(language, key)));
  }
  return out;
}

const Data& texts_of(Language language) {
  static const std::array<Data, 2> all = {read_texts(Language::French), read_texts(Language::English)};
  return all[static_cast<std::size_t>(language)];
}

Data frame_data(const Site& site, Language language, const Frame& frame) {
  const Language other = language == Language::French ? Language::English : Language::French;
  Data out = object({{"site", site.name},
                     {"lang", std::string(tag_of(language))},
                     {"other_lang", std::string(tag_of(other))},
                     {"other_href", with_language(frame.path, other)},
                     {"version", std::string(base::version())}});
  set_text(out, "title", frame.title);
  set_text(out, "description", frame.description);
  set_text(out, "canonical", frame.canonical);
  set_text(out, "json_ld", frame.json_ld);
  out.set("bare", frame.bare);
  out.set("index", frame.index);
  DataList alternates;
  for (const auto& [type, address] : frame.alternates)
    alternates.push_back(object({{"type", type}, {"href", address}}));
  set_list(out, "alternates", std::move(alternates));
  return out;
}

}  // namespace

Data object(std::initializer_list<std::pair<const char*, std::string>> members) {
  Data out;
  for (const auto& [name, value] : members) out.set(name, value);
  return out;
}

void set_text(Data& data, const char* name, const std::string& value) {
  data.set(name, value.empty() ? Data(false) : Data(value));
}

void set_list(Data& data, const std::string& name, DataList items) {
  data.set("has_" + name, !items.empty());
  data.set(name, Data(std::move(items)));
}

std::string render(std::string_view name, Language language, Data data) {
  const auto source = find_asset(fmt::format("templates/{}.mustache", name));
  assert(source);
  kainjow::mustache::mustache page{std::string(*source)};
  if (!page.is_valid()) {
    throw base::Error(base::Code::BadSyntax, page.error_message(), {fmt::format("web/templates/{}.mustache", name)});
  }
  data.set("t", texts_of(language));
  data.set("lang", std::string(tag_of(language)));
  data.set("edition", asset_edition());
  return page.render(data);
}

std::string render_page(std::string_view name, const Site& site, Language language, const Frame& frame, Data data) {
  Data layout = frame_data(site, language, frame);
  data.set("site", site.name);
  layout.set("content", render(name, language, std::move(data)));
  return render("layout", language, std::move(layout));
}

}  // namespace scenograph::publish
