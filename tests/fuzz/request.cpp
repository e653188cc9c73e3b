#include <algorithm>
#include <string>

#include "fuzz/fuzz.hpp"
#include "server/internal/exchange.hpp"
#include "server/internal/framing.hpp"

// Frames HTTP requests: whole, and as they arrive in two and more parts, it comes to the same. The first byte says how
// long the parts are.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  using server::Framing;
  fuzz::Input input(data, size);
  const std::size_t step = 1 + input.byte();
  const std::string_view text = input.rest();
  static_cast<void>(server::parse_form(text));
  const server::FramingLimits limits{.max_header_bytes = 512, .max_body_bytes = 1024};
  Framing whole(limits);
  const Framing::Progress expected = whole.advance(text);
  Framing parts(limits);
  Framing::Progress progress = Framing::Progress::NeedMore;
  for (std::size_t end = 0; progress == Framing::Progress::NeedMore && end < text.size();) {
    end = std::min(end + step, text.size());
    progress = parts.advance(text.substr(0, end));
  }
  fuzz::require(text.empty() || progress == expected);
  if (expected == Framing::Progress::Complete && !text.empty()) {
    fuzz::require(whole.size() <= text.size() && parts.size() == whole.size());
    fuzz::require(parts.body(text) == whole.body(text) && whole.body(text).size() <= limits.max_body_bytes);
  }
  if (expected == Framing::Progress::Refused) fuzz::require(!whole.reason().empty() && whole.status() >= 400);
  return 0;
}
