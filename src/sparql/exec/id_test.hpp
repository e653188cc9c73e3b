#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "sparql/exec/evaluator.hpp"
#include "store/inline_value.hpp"
#include "store/term_id.hpp"

namespace scenograph::sparql {

/// What the id of a term tells of a comparison with a constant.
enum class Answer : std::uint8_t { No, Yes, Unknown };

/// A comparison of terms with a constant, as ranges of ids: answers without reading a term, for all but some literals
/// that are not inlined. An error counts as No.
class IdTest {
 public:
  /// @param op  Equal to GreaterEqual, or SameTerm; the term stands on its left.
  /// @return    nullopt if ids tell nothing of such a comparison.
  [[nodiscard]] static std::optional<IdTest> make(BinaryOperator op, const Value& constant);

  /// The ids that are not answered with No, ascending.
  [[nodiscard]] std::vector<store::IdSpan> spans() const;

  [[nodiscard]] Answer operator()(store::TermId id) const {
    const Cuts& cuts = kinds_[static_cast<std::size_t>(id.kind())];
    std::size_t i = 0;
    while (i + 1 < cuts.size && cuts.from[i + 1] <= id.bits()) ++i;
    return cuts.answer[i];
  }

 private:
  /// Answers from one id on to the next, within a kind.
  struct Cuts {
    std::size_t size = 1;
    std::array<std::uint64_t, 5> from{};
    std::array<Answer, 5> answer{};
  };

  void set(store::IdKind kind, Answer answer);
  void set_from(store::IdKind kind, std::uint64_t from, Answer answer);
  void set_around(store::IdKind kind, BinaryOperator op, const store::IdSpan& span, bool is_certain);
  void set_numbers(BinaryOperator op, const Value& constant);
  void set_times(BinaryOperator op, const Value& constant);
  void set_strings(BinaryOperator op, const Value& constant);
  void set_same(Answer same, Answer other);

  store::TermId same_;  ///< the constant
  std::array<Cuts, 16> kinds_{};
};

[[nodiscard]] std::vector<store::IdSpan> intersection(const std::vector<store::IdSpan>& a,
                                                      const std::vector<store::IdSpan>& b);

}  // namespace scenograph::sparql
