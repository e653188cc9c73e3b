#include "quads.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/file.hpp"
#include "store/internal/inline_term.hpp"

namespace scenograph::benchmarks {

namespace {

using store::IdKind;
using store::TermId;

/// The next term of a line, in N-Triples syntax; moves `rest` behind it.
std::string_view cut_term(std::string_view& rest) {
  std::size_t end = 0;
  if (rest.front() == '"') {
    for (end = 1; rest[end] != '"'; ++end) end += static_cast<std::size_t>(rest[end] == '\\');
  }
  end = rest.find(' ', end);
  const std::string_view term = rest.substr(0, end);
  rest.remove_prefix(std::min(rest.size(), end + 1));
  return term;
}

rdf::Term literal_of(std::string_view text) {
  const std::size_t quote = text.rfind('"');
  const std::string_view lexical = text.substr(1, quote - 1);
  const std::string_view rest = text.substr(quote + 1);
  if (rest.starts_with("^^<")) return rdf::Term::literal(lexical, rest.substr(3, rest.size() - 4));
  return rest.empty() ? rdf::Term::literal(lexical) : rdf::Term::lang_literal(lexical, rest.substr(1));
}

/// Turns terms into ids: those of the dictionary get the order of arrival first.
class Terms {
 public:
  TermId id_of(std::string_view text) {
    if (text.starts_with("_:n")) {
      std::uint64_t number = 0;
      std::from_chars(text.data() + 3, text.data() + text.size(), number);
      return TermId::make(IdKind::BlankNode, number);
    }
    if (text.front() == '"') {
      if (const auto inlined = store::internal::to_inline(literal_of(text))) return *inlined;
    }
    const auto number = numbers_.try_emplace(std::string(text), numbers_.size()).first->second;
    return TermId::make(text.front() == '<' ? IdKind::Iri : IdKind::Literal, number);
  }

  /// For each arrival its place among all sorted terms.
  [[nodiscard]] std::vector<std::uint64_t> places() const {
    std::vector<std::pair<std::string_view, std::uint64_t>> sorted(numbers_.begin(), numbers_.end());
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::uint64_t> places(sorted.size());
    for (std::size_t place = 0; place < sorted.size(); ++place) places[sorted[place].second] = place + 1;
    return places;
  }

 private:
  std::unordered_map<std::string, std::uint64_t> numbers_;
};

TermId renumbered(TermId id, const std::vector<std::uint64_t>& places) {
  if (id.kind() != IdKind::Iri && id.kind() != IdKind::Literal) return id;
  return TermId::make(id.kind(), places[id.payload()]);
}

}  // namespace

std::vector<store::QuadId> read_quads(const std::filesystem::path& file) {
  const std::string text = base::read_file(file);
  std::vector<store::QuadId> quads;
  Terms terms;
  std::string_view left = text;
  while (!left.empty()) {
    const std::size_t end = left.find('\n');
    if (end == std::string_view::npos) throw std::runtime_error("the file does not end with a line break");
    std::string_view line = left.substr(0, end);
    left.remove_prefix(end + 1);
    std::array<TermId, 4> ids;
    for (TermId& id : ids) id = terms.id_of(cut_term(line));
    quads.push_back({ids[0], ids[1], ids[2], ids[3]});
  }
  const auto places = terms.places();
  for (auto& quad : quads) {
    for (TermId* const id : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) *id = renumbered(*id, places);
  }
  return quads;
}

}  // namespace scenograph::benchmarks
