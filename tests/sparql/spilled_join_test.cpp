#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "sparql/exec/operators/hash_join.hpp"
#include "sparql/memory_view.hpp"
#include "support/temporary_folder.hpp"

// Joins against nested loops in the words of the specification, over random rows, with memory for a few rows alone.

using namespace scenograph;
using namespace scenograph::sparql;
using store::TermId;

namespace {

using Ids = std::vector<TermId>;
using Rows = std::vector<Ids>;

/// Hands rows out three at a time.
class Few final : public Operator {
 public:
  Few(Rows rows, std::size_t width) : rows_(std::move(rows)), width_(width) {}

  bool next(Batch& batch) override {
    batch.reset(width_);
    for (; at_ < rows_.size() && batch.size < 3; ++at_, ++batch.size) {
      for (std::size_t i = 0; i < width_; ++i) batch.columns[i].push_back(rows_[at_][i]);
    }
    return batch.size > 0;
  }

 private:
  Rows rows_;
  std::size_t width_;
  std::size_t at_ = 0;
};

/// Holds where two columns are equal.
class SameIds final : public Evaluator {
 public:
  SameIds(std::size_t a, std::size_t b) : a_(a), b_(b) {}
  const Value& evaluate(const Row& row) override { return row[a_] == row[b_] ? yes_ : no_; }

 private:
  std::size_t a_;
  std::size_t b_;
  Value yes_ = Value::boolean(true);
  Value no_ = Value::boolean(false);
};

struct Case {
  Rows left;
  Rows right;
  JoinColumns columns;
};

/// Rows whose first `shared` columns are shared, with one more column each side.
Case random_case(std::mt19937& random, std::size_t shared, unsigned terms, bool are_bound) {
  Case made;
  const auto rows_of = [&](std::uint64_t last_column) {
    Rows rows(random() % 60);
    for (Ids& row : rows) {
      for (std::size_t i = 0; i < shared; ++i) {
        const bool is_unbound = !are_bound && random() % 4 == 0;
        row.push_back(is_unbound ? TermId{} : TermId::make(store::IdKind::Iri, 1 + random() % terms));
      }
      row.push_back(TermId::make(store::IdKind::Iri, last_column + random() % 6));
    }
    return rows;
  };
  made.left = rows_of(100);
  made.right = rows_of(random() % 2 == 0 ? 100 : 200);
  made.columns.left_width = made.columns.right_width = shared + 1;
  for (std::size_t i = 0; i < shared; ++i) made.columns.shared.emplace_back(i, i);
  made.columns.added = {shared};
  made.columns.are_bound = are_bound && shared > 0;
  return made;
}

bool are_compatible(const Case& of, const Ids& left, const Ids& right, bool needs_overlap) {
  bool overlap = false;
  for (const auto& [l, r] : of.columns.shared) {
    if (left[l].is_undefined() || right[r].is_undefined()) continue;
    if (left[l] != right[r]) return false;
    overlap = true;
  }
  return overlap || !needs_overlap;
}

Rows joined_by_loops(const Case& of, bool keeps_unmatched, bool has_condition) {
  Rows out;
  for (const Ids& left : of.left) {
    bool matched = false;
    for (const Ids& right : of.right) {
      if (!are_compatible(of, left, right, false)) continue;
      if (has_condition && left.back() != right.back()) continue;
      Ids row = left;
      for (const auto& [l, r] : of.columns.shared) row[l] = left[l].is_undefined() ? right[r] : left[l];
      row.push_back(right.back());
      out.push_back(std::move(row));
      matched = true;
    }
    if (matched || !keeps_unmatched) continue;
    out.push_back(left);
    out.back().emplace_back();
  }
  std::sort(out.begin(), out.end());
  return out;
}

Rows chosen_by_loops(const Case& of, SemiJoin kind) {
  Rows out;
  for (const Ids& left : of.left) {
    const bool matched = std::any_of(of.right.begin(), of.right.end(), [&](const Ids& right) {
      return are_compatible(of, left, right, kind == SemiJoin::Minus);
    });
    if (matched == (kind == SemiJoin::Exists)) out.push_back(left);
  }
  return out;
}

Rows all_of(Operator& from) {
  Rows out;
  Batch batch;
  while (from.next(batch)) {
    REQUIRE(batch.size > 0);
    for (std::size_t row = 0; row < batch.size; ++row) {
      Ids& ids = out.emplace_back();
      for (const auto& column : batch.columns) ids.push_back(column[row]);
    }
  }
  return out;
}

std::shared_ptr<base::Budget> spilling_budget(const scenograph::tests::TemporaryFolder& folder) {
  auto budget = std::make_shared<base::Budget>();
  budget->allow_spilling(folder.path(), UINT64_MAX, 1);
  return budget;
}

}  // namespace

TEST_CASE("joins give the same rows when their right side goes to disk") {
  const scenograph::tests::TemporaryFolder folder;
  std::mt19937 random(11);
  std::uint64_t spilled = 0;
  for (int round = 0; round < 400; ++round) {
    const std::size_t shared = random() % 3;
    const auto terms =
        static_cast<unsigned>(random() % 4 == 0 ? 1 : 1 + random() % 40);  // of one term, parts do not get smaller
    const bool are_bound = random() % 2 == 0;
    const bool keeps_unmatched = random() % 2 == 0;
    const bool has_condition = random() % 2 == 0;
    const Case of = random_case(random, shared, terms, are_bound);
    const auto budget = spilling_budget(folder);
    Context context(std::make_shared<sparql::tests::MemoryView>(), budget);
    const auto join = make_hash_join(
        context, std::make_unique<Few>(of.left, shared + 1), {std::make_unique<Few>(of.right, shared + 1), nullptr},
        of.columns, keeps_unmatched, has_condition ? std::make_unique<SameIds>(shared, shared + 1) : nullptr);
    Rows got = all_of(*join);
    std::sort(got.begin(), got.end());
    CAPTURE(round, shared, terms, are_bound, keeps_unmatched, has_condition);
    REQUIRE(got == joined_by_loops(of, keeps_unmatched, has_condition));
    spilled += budget->spilled() > 0 ? 1 : 0;
  }
  CHECK(spilled > 300);
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("semi-joins choose the same rows in the same order when their right side goes to disk") {
  const scenograph::tests::TemporaryFolder folder;
  std::mt19937 random(12);
  std::uint64_t spilled = 0;
  for (int round = 0; round < 400; ++round) {
    const std::size_t shared = random() % 3;
    const bool are_bound = random() % 2 == 0;
    const auto kind = static_cast<SemiJoin>(random() % 3);
    Case of = random_case(random, shared, static_cast<unsigned>(1 + random() % 40), are_bound);
    of.columns.added.clear();
    const auto budget = spilling_budget(folder);
    Context context(std::make_shared<sparql::tests::MemoryView>(), budget);
    const auto join = make_semi_join(context, std::make_unique<Few>(of.left, shared + 1),
                                     {std::make_unique<Few>(of.right, shared + 1), nullptr}, of.columns, kind);
    CAPTURE(round, shared, are_bound, static_cast<int>(kind));
    REQUIRE(all_of(*join) == chosen_by_loops(of, kind));
    spilled += budget->spilled() > 0 ? 1 : 0;
  }
  CHECK(spilled > 300);
}
