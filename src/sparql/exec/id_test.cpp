#include "sparql/exec/id_test.hpp"

#include <algorithm>
#include <cmath>

#include "store/inline_value.hpp"

namespace scenograph::sparql {

using store::IdKind;
using store::IdSpan;
using store::TermId;

namespace {

/// What holds for terms that are less than, equal to and more than the constant.
struct Outcomes {
  Answer less = Answer::No;
  Answer equal = Answer::No;
  Answer more = Answer::No;
};

Answer yes_if(bool holds) { return holds ? Answer::Yes : Answer::No; }

Outcomes outcomes_of(BinaryOperator op) {
  using enum BinaryOperator;
  return {yes_if(op == Less || op == LessEqual || op == NotEqual),
          yes_if(op == Equal || op == LessEqual || op == GreaterEqual),
          yes_if(op == Greater || op == GreaterEqual || op == NotEqual)};
}

/// Some term of a kind, for constants to which all of the kind compare alike.
Value any_of(IdKind kind) {
  if (kind == IdKind::Iri) return Value::iri("x:");
  if (kind == IdKind::BlankNode) {
    Value blank;
    blank.kind = ValueKind::BlankNode;
    return blank;
  }
  if (kind == IdKind::ShortString) return Value::string("");
  return value_of_inline(TermId::make(kind, 0));
}

/// Numbers whose conversion to a double may be the constant lie this close to it.
double blur_of(double number) { return std::fabs(number) * 1e-12 + 1e-9; }

/// The zones of two times may differ by so much: one without zone could be in any.
constexpr std::int64_t zone_seconds = 14 * 3600;

constexpr std::size_t short_string = 7;

}  // namespace

void IdTest::set(IdKind kind, Answer answer) {
  Cuts& cuts = kinds_[static_cast<std::size_t>(kind)];
  cuts = {};
  cuts.answer[0] = answer;
}

void IdTest::set_from(IdKind kind, std::uint64_t from, Answer answer) {
  Cuts& cuts = kinds_[static_cast<std::size_t>(kind)];
  cuts.from.at(cuts.size) = from;
  cuts.answer.at(cuts.size) = answer;
  ++cuts.size;
}

void IdTest::set_around(IdKind kind, BinaryOperator op, const IdSpan& span, bool is_certain) {
  const Outcomes outcomes = outcomes_of(op);
  set(kind, outcomes.less);
  set_from(kind, span.first, is_certain ? outcomes.equal : Answer::Unknown);
  set_from(kind, span.end, outcomes.more);
}

void IdTest::set_numbers(BinaryOperator op, const Value& constant) {
  const double number = constant.as_double();
  const bool is_exact = constant.is_exact();
  constexpr double far = 1e15;
  const bool is_near = std::fabs(number) < far;  // neither NaN nor past what a double tells apart
  for (const IdKind kind : {IdKind::Integer, IdKind::Decimal}) {
    std::optional<IdSpan> span;
    if (is_exact) {
      span = store::ids_equal_to(kind, constant.as_decimal());
    } else if (is_near && constant.kind == ValueKind::Double) {
      const auto low = rdf::Decimal::from_double(number - blur_of(number));
      const auto high = rdf::Decimal::from_double(number + blur_of(number));
      const auto first = low ? store::ids_equal_to(kind, *low) : std::nullopt;
      const auto last = high ? store::ids_equal_to(kind, *high) : std::nullopt;
      if (first && last) span = IdSpan{first->first, last->end};
    }
    if (span) {
      set_around(kind, op, *span, is_exact);
    } else {
      set(kind, Answer::Unknown);
    }
  }
  if (is_near && constant.kind != ValueKind::Float) {
    set_around(IdKind::Double, op, store::doubles_equal_to(number), true);
  } else {
    set(IdKind::Double, Answer::Unknown);
  }
}

void IdTest::set_times(BinaryOperator op, const Value& constant) {
  const IdKind kind = constant.kind == ValueKind::Date ? IdKind::Date : IdKind::DateTime;
  const rdf::DateTime& time = constant.as_time();
  const std::int64_t utc = rdf::local_seconds(time) - 60 * time.offset_minutes.value_or(0);
  const IdSpan first = store::times_equal_to(kind, utc - zone_seconds, time.nanosecond);
  const IdSpan last = store::times_equal_to(kind, utc + zone_seconds, time.nanosecond);
  set_around(kind, op, {first.first, last.end}, false);
}

void IdTest::set_strings(BinaryOperator op, const Value& constant) {
  std::uint64_t padded = 0;
  for (std::size_t i = 0; i < short_string; ++i) {
    padded = (padded << 8U) | (i < constant.text.size() ? static_cast<unsigned char>(constant.text[i]) : 0U);
  }
  // Strings that are longer come after all that begin alike.
  const bool is_short = constant.text.size() <= short_string;
  const std::uint64_t first =
      TermId::make(IdKind::ShortString, (padded << 4U) | (is_short ? constant.text.size() : 0xFU)).bits();
  const IdSpan span{is_short ? first : first + 1, first + 1};
  set_around(IdKind::ShortString, op, span, true);
}

/// Terms that are equal to the constant only if they are the same.
void IdTest::set_same(Answer same, Answer other) {
  for (const IdKind kind :
       {IdKind::BlankNode, IdKind::Iri, IdKind::Literal, IdKind::ShortString, IdKind::Integer, IdKind::Decimal,
        IdKind::Double, IdKind::Boolean, IdKind::Date, IdKind::DateTime, IdKind::Local}) {
    set(kind, other);
  }
  set_from(same_.kind(), same_.bits(), same);
  set_from(same_.kind(), same_.bits() + 1, other);
}

std::optional<IdTest> IdTest::make(BinaryOperator op, const Value& constant) {
  using enum BinaryOperator;
  IdTest test;
  test.same_ = constant.id;
  const bool compares = op >= Equal && op <= GreaterEqual;
  if (constant.is_error() || constant.id.is_undefined() || (!compares && op != SameTerm)) return std::nullopt;
  if (op == SameTerm) {
    test.set_same(Answer::Yes, Answer::No);
    return test;
  }
  if (!constant.is_literal()) {
    if (op == Equal) test.set_same(Answer::Yes, Answer::No);
    if (op == NotEqual) test.set_same(Answer::No, Answer::Yes);
    return test;
  }
  if (constant.is_string() && op == Equal) {
    test.set_same(Answer::Yes, Answer::No);
    return test;
  }
  for (const IdKind kind : {IdKind::BlankNode, IdKind::Iri, IdKind::ShortString, IdKind::Integer, IdKind::Decimal,
                            IdKind::Double, IdKind::Boolean, IdKind::Date, IdKind::DateTime}) {
    const Value holds = apply(op, any_of(kind), constant);
    test.set(kind, yes_if(effective_boolean(holds).value_or(false)));
  }
  test.set(IdKind::Literal, Answer::Unknown);
  test.set(IdKind::Local, Answer::Unknown);
  if (constant.is_numeric()) test.set_numbers(op, constant);
  if (constant.kind == ValueKind::Date || constant.kind == ValueKind::DateTime) test.set_times(op, constant);
  if (constant.kind == ValueKind::String) test.set_strings(op, constant);
  if (constant.kind == ValueKind::Boolean) {
    for (const std::uint64_t payload : {0U, 1U}) {
      const TermId id = TermId::make(IdKind::Boolean, payload);
      const auto holds = effective_boolean(apply(op, value_of_inline(id), constant));
      if (payload == 0) test.set(IdKind::Boolean, yes_if(holds.value_or(false)));
      if (payload == 1) test.set_from(IdKind::Boolean, id.bits(), yes_if(holds.value_or(false)));
    }
  }
  return test;
}

std::vector<IdSpan> IdTest::spans() const {
  std::vector<IdSpan> spans;
  for (std::size_t kind = 0; kind < kinds_.size(); ++kind) {
    const Cuts& cuts = kinds_[kind];
    const IdSpan all = store::ids_of(static_cast<IdKind>(kind));
    for (std::size_t i = 0; i < cuts.size; ++i) {
      const std::uint64_t first = i == 0 ? all.first : cuts.from[i];
      const std::uint64_t end = i + 1 < cuts.size ? cuts.from[i + 1] : all.end;
      if (cuts.answer[i] == Answer::No || first >= end) continue;
      if (!spans.empty() && spans.back().end == first) {
        spans.back().end = end;
      } else {
        spans.push_back({first, end});
      }
    }
  }
  return spans;
}

std::vector<IdSpan> intersection(const std::vector<IdSpan>& a, const std::vector<IdSpan>& b) {
  std::vector<IdSpan> out;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const IdSpan both{std::max(a[i].first, b[j].first), std::min(a[i].end, b[j].end)};
    if (both.first < both.end) out.push_back(both);
    if (a[i].end < b[j].end) {
      ++i;
    } else {
      ++j;
    }
  }
  return out;
}

}  // namespace scenograph::sparql
