#pragma once

#include <kainjow/mustache.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "publish/site.hpp"

namespace scenograph::publish {

using Data = kainjow::mustache::data;
using DataList = kainjow::mustache::list;

/// An object with the given strings.
[[nodiscard]] Data object(std::initializer_list<std::pair<const char*, std::string>> members);

/// Adds `name`, as false if it is empty: templates can ask whether it is there, and never see that of an outer object.
void set_text(Data& data, const char* name, const std::string& value);

/// Adds the list unless it is empty, under `name`, and says so under `has_<name>`.
void set_list(Data& data, const std::string& name, DataList items);

/// What a page has besides its content.
struct Frame {
  std::string title;
  std::string description;                                      ///< for search engines; may be empty
  std::string path;                                             ///< of this page, without the language
  std::string canonical;                                        ///< the address it is best known by; may be empty
  std::string json_ld;                                          ///< a JSON document; may be empty
  std::vector<std::pair<std::string, std::string>> alternates;  ///< media type and address of the same in data formats
  bool bare = false;  ///< without header and footer, for being shown in other sites
  bool index = true;  ///< whether search engines may list it
};

/// The template web/templates/<name>.mustache with `data` and, as `t`, the texts of the language.
[[nodiscard]] std::string render(std::string_view name, Language language, Data data);

/// The same inside the layout of all pages.
[[nodiscard]] std::string render_page(std::string_view name, const Site& site, Language language, const Frame& frame,
                                      Data data);

}  // namespace scenograph::publish
