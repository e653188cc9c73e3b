#include "syntax/patch.hpp"

#include <utility>
#include <vector>

#include "fuzz/fuzz.hpp"

// Reads RDF Patch; what is read can be written and read again.

namespace {

using namespace scenograph;

/// Transactions as text of their own: 'b'egin, 'c'ommit, 'a'bort, or '+' and '-' with a quad.
struct Recorder final : syntax::PatchSink {
  void begin() override { steps.emplace_back('b', rdf::Quad{}); }
  void change(bool added, const rdf::Quad& quad) override { steps.emplace_back(added ? '+' : '-', quad); }
  void commit() override { steps.emplace_back('c', rdf::Quad{}); }
  void abort() override { steps.emplace_back('a', rdf::Quad{}); }

  std::vector<std::pair<char, rdf::Quad>> steps;
};

void read(std::string_view text, syntax::PatchSink& sink) {
  const auto source = base::open_text(text);
  syntax::read_patch(*source, {}, sink);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Recorder first;
  if (!fuzz::answers([&] { read({reinterpret_cast<const char*>(data), size}, first); })) return 0;
  std::string text;
  syntax::PatchWriter writer([&](std::string_view piece) { text += piece; });
  for (const auto& [kind, quad] : first.steps) {
    if (kind == 'a') return 0;  // nothing that is written ends so
    if (kind == 'b') writer.begin();
    if (kind == 'c') writer.commit();
    if (kind == '+' || kind == '-') writer.change(kind == '+', quad);
  }
  writer.finish();
  Recorder second;
  read(text, second);
  fuzz::require(second.steps == first.steps);
  return 0;
}
