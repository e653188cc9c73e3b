#include "sparql/exec/regex.hpp"

#include "fuzz/fuzz.hpp"

// Compiles regular expressions and matches by them. Lines of the input: flags, pattern, replacement; the rest is text.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  fuzz::Input input(data, size);
  const std::string_view flags = input.until("\n");
  const std::string_view pattern = input.until("\n");
  const std::string_view replacement = input.until("\n");
  const auto regex = sparql::Regex::compile(pattern, flags);
  if (const auto* const reason = std::get_if<std::string>(&regex)) {
    fuzz::require(!reason->empty());
    return 0;
  }
  static_cast<void>(std::get<sparql::Regex>(regex).search(input.rest()));
  base::Budget budget;
  static_cast<void>(std::get<sparql::Regex>(regex).replace(input.rest(), replacement, budget));
  return 0;
}
