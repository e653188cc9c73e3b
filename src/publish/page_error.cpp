#include <string>

#include "publish/internal/template.hpp"
#include "publish/pages.hpp"

namespace scenograph::publish {

namespace {

/// The text of `key`, else that of `general`.
std::string text_or(Language language, std::string_view key, std::string_view general) {
  const std::string_view found = find_text(language, key);
  return std::string(found.empty() ? text(language, general) : found);
}

}  // namespace

std::string error_page(const Site& site, const Failure& failure, Language language) {
  const std::string key = "error_" + std::to_string(failure.status);
  const std::string advice_key = failure.advice_key.empty() ? key + "_advice" : std::string(failure.advice_key);
  const std::string title = text_or(language, key, "error");
  Data data = object({{"status", std::to_string(failure.status)},
                      {"title", title},
                      {"advice", text_or(language, advice_key, "error_advice")}});
  set_text(data, "detail", std::string(failure.detail));
  Frame frame;
  frame.title = title;
  frame.path = failure.path;
  frame.index = false;
  return render_page("error", site, language, frame, std::move(data));
}

}  // namespace scenograph::publish
