#include "base/phrase.hpp"

#include <fmt/format.h>

namespace scenograph::base {

Phrase explained(PhraseView done, std::string_view why) {
  return {fmt::format("{}: {}", done.en, why), fmt::format("{} ; en anglais : « {} »", done.fr, why)};
}

}  // namespace scenograph::base
