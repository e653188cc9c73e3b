#include <string>

#include "base/utf8.hpp"
#include "fuzz/fuzz.hpp"
#include "mapping/functions/date_text.hpp"
#include "mapping/functions/html.hpp"
#include "mapping/internal/template.hpp"
#include "search/fold.hpp"
#include "sources/encoding.hpp"
#include "sources/unicode.hpp"

// Folds, cleans and reads free text, as mappings and searches do. What comes out is UTF-8, whatever goes in. The first
// line of the input is a pattern of dates.

namespace {

using namespace scenograph;

void require_utf8(std::string_view text) { fuzz::require(base::find_invalid_utf8(text) == std::string_view::npos); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::string_view pattern = input.until("\n");
  const std::string text = sources::repair_utf8(input.rest());
  require_utf8(text);
  const std::string folded = search::fold(input.rest());
  require_utf8(folded);
  fuzz::require(search::words_of(folded).size() <= folded.size());
  for (const std::string_view any : {input.rest(), std::string_view(text)}) {
    require_utf8(sources::to_lower(any));
    require_utf8(sources::to_upper(any));
    require_utf8(sources::fold_accents(any));
  }
  require_utf8(mapping::functions::strip_html(text));
  static_cast<void>(mapping::functions::read_date_text(text));
  static_cast<void>(mapping::functions::read_by_pattern(text, pattern));
  fuzz::answers([&] { static_cast<void>(mapping::internal::parse_template(text)); });
  return 0;
}
