#include "canon/canonicalize.hpp"
#include "canon/compare.hpp"
#include "fuzz/rdf_text.hpp"

// Canonicalizes N-Quads. The canonical form is its own, does not depend on labels or on the order of quads, and differs
// from that of the dataset with a quad more. The first byte says which hash, and which quad to leave out.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  fuzz::Input input(data, size);
  const unsigned manner = input.byte();
  syntax::ReadOptions options;
  options.lenient = true;
  const std::vector<rdf::Quad> quads = fuzz::read_text(input.rest(), syntax::Format::NQuads, options).quads;
  canon::CanonicalizeOptions limits;
  limits.algorithm = manner % 2 == 0 ? canon::HashAlgorithm::Sha256 : canon::HashAlgorithm::Sha384;
  limits.max_steps = 20'000;
  fuzz::answers([&] {
    const canon::Canonical canonical = canon::canonicalize(quads, limits);
    std::string text;
    for (const std::string& line : canonical.lines) text += line;
    std::vector<rdf::Quad> again = fuzz::read_text(text, syntax::Format::NQuads, {}).quads;
    std::reverse(again.begin(), again.end());
    fuzz::require(canon::canonicalize(again, limits).lines == canonical.lines);
    fuzz::require(canon::compare(quads, again, limits).empty());
    if (again.empty()) return;
    again.erase(again.begin() + static_cast<std::ptrdiff_t>(manner / 2 % again.size()));
    const canon::Difference difference = canon::compare(quads, again, limits);
    fuzz::require(difference.removed.size() == difference.added.size() + 1);
  });
  return 0;
}
