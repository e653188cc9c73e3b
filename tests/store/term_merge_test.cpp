#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>

#include "store/internal/vocabulary/merge.hpp"

namespace scenograph::store::internal {

namespace {

class List final : public Vocabulary::Cursor {
 public:
  explicit List(std::vector<std::string> terms) : terms_(std::move(terms)) {}

  [[nodiscard]] bool next(std::string_view& term) override {
    if (at_ == terms_.size()) return false;
    current_.assign(terms_[at_++]);  // what came before is overwritten, as cursors may do
    term = current_;
    return true;
  }

 private:
  std::vector<std::string> terms_;
  std::string current_;
  std::size_t at_ = 0;
};

using Holders = std::vector<std::uint32_t>;
using Merged = std::vector<std::pair<std::string, Holders>>;

Merged merge(const std::vector<std::vector<std::string>>& inputs) {
  std::vector<std::unique_ptr<Vocabulary::Cursor>> cursors;
  for (const auto& terms : inputs) cursors.push_back(std::make_unique<List>(terms));
  TermMerge merge(std::move(cursors));
  Merged merged;
  std::string_view term;
  while (merge.next(term)) merged.emplace_back(term, Holders(merge.holders().begin(), merge.holders().end()));
  CHECK_FALSE(merge.next(term));
  return merged;
}

TEST_CASE("a merge yields each term once and tells who holds it") {
  CHECK(merge({}).empty());
  CHECK(merge({{}}).empty());
  CHECK(merge({{}, {}, {}}).empty());
  CHECK(merge({{"a"}}) == Merged{{"a", {0}}});
  CHECK(merge({{"b"}, {"a", "b"}, {}, {"ba"}}) == Merged{{"a", {1}}, {"b", {0, 1}}, {"ba", {3}}});
  const std::string zero(1, '\0');
  CHECK(merge({{"a" + zero, "a\xFF"}, {"a", "a" + zero}}) == Merged{{"a", {1}}, {"a" + zero, {0, 1}}, {"a\xFF", {0}}});
}

TEST_CASE("a merge agrees with a map") {
  std::mt19937_64 random(9);
  for (std::size_t count = 1; count <= 19; ++count) {
    for (unsigned round = 0; round < 20; ++round) {
      std::vector<std::vector<std::string>> inputs(count);
      std::map<std::string, Holders> model;
      for (std::uint32_t input = 0; input < count; ++input) {
        for (std::size_t i = random() % 60; i > 0; --i) {
          std::string term = round % 2 == 0 ? "" : "<https://data.example.org/id/event/";
          for (std::size_t size = random() % 12; size > 0; --size) {
            term.push_back(static_cast<char>(random() % 3 == 0 ? 0xFF : random() % 2));
          }
          term.push_back('x');
          inputs[input].push_back(term);
        }
        std::sort(inputs[input].begin(), inputs[input].end());
        inputs[input].erase(std::unique(inputs[input].begin(), inputs[input].end()), inputs[input].end());
        for (const std::string& term : inputs[input]) model[term].push_back(input);
      }
      REQUIRE(merge(inputs) == Merged(model.begin(), model.end()));
    }
  }
}

}  // namespace

}  // namespace scenograph::store::internal
