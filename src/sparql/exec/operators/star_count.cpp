#include "sparql/exec/operators/star_count.hpp"

#include <memory>
#include <utility>

#include "base/error.hpp"
#include "sparql/exec/operators/index_cursor.hpp"

namespace scenograph::sparql {

using store::TermId;

namespace {

store::Order order_of(const StarMemberPattern& member) {
  std::array<bool, 3> then{};
  then.at(member.shared) = true;
  return order_for(member.pattern.bound, then);
}

class StarCount final : public Operator {
 public:
  StarCount(Context& context, std::vector<StarMemberPattern> members)
      : context_(context), first_(std::move(members.front())) {
    for (std::size_t i = 1; i < members.size(); ++i) {
      const std::array<int, 2> keys = {static_cast<int>(members[i].shared), ScanPattern::none};
      cursors_.push_back(std::make_unique<IndexCursor>(context, members[i].pattern, order_of(members[i]), keys,
                                                       std::array<bool, 4>{}));
    }
  }

  bool next(Batch& batch) override {
    batch.reset(1);
    if (std::exchange(done_, true)) return false;
    const std::uint64_t count = count_rows();
    batch.columns[0].push_back(context_.terms.intern(Value::integer(static_cast<std::int64_t>(count))));
    batch.size = 1;
    return true;
  }

 private:
  std::uint64_t count_rows() {
    std::array<bool, 4> wanted{};
    wanted.at(first_.shared) = true;
    const ScanPattern& pattern = first_.pattern;
    const auto scan =
        context_.view->scan({pattern.bound, order_of(first_), pattern.graphs, pattern.distinct_triples, wanted});
    store::QuadBatch quads;
    TermId term;
    std::uint64_t here = 0;
    while (scan->next(quads)) {
      context_.budget->check();
      for (std::size_t i = 0; i < quads.size; ++i) {
        const TermId next = quads.columns[first_.shared][i];
        if (next != term && here > 0) add(multiplied(here, others(term)));
        if (next != term) here = 0;
        term = next;
        ++here;
      }
    }
    if (here > 0) add(multiplied(here, others(term)));
    return total_;
  }

  /// The product of how many quads each of the other patterns has for the term.
  std::uint64_t others(TermId term) {
    std::uint64_t product = 1;
    const IndexKey key = {term, {}};
    for (const auto& cursor : cursors_) {
      std::uint64_t here = 0;
      for (bool found = cursor->find(key); found; found = cursor->next(key)) ++here;
      if (here == 0) return 0;
      product = multiplied(product, here);
    }
    return product;
  }

  static std::uint64_t multiplied(std::uint64_t a, std::uint64_t b) {
    std::uint64_t product = 0;
    if (__builtin_mul_overflow(a, b, &product)) fail();
    return product;
  }

  void add(std::uint64_t rows) {
    if (__builtin_add_overflow(total_, rows, &total_) || total_ > INT64_MAX) fail();
  }

  [[noreturn]] static void fail() {
    throw base::Error(base::Code::TooLarge, "there are more rows than can be counted (2^63)");
  }

  Context& context_;
  StarMemberPattern first_;
  std::vector<std::unique_ptr<IndexCursor>> cursors_;
  std::uint64_t total_ = 0;
  bool done_ = false;
};

}  // namespace

OperatorPtr make_star_count(Context& context, std::vector<StarMemberPattern> members) {
  return std::make_unique<StarCount>(context, std::move(members));
}

}  // namespace scenograph::sparql
