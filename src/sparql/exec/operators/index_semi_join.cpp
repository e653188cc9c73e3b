#include "sparql/exec/operators/index_semi_join.hpp"

#include <utility>
#include <vector>

#include "sparql/exec/operators/index_cursor.hpp"
#include "sparql/exec/operators/index_roles.hpp"

namespace scenograph::sparql {

namespace {

class IndexSemiJoin final : public Operator {
 public:
  IndexSemiJoin(Context& context, OperatorPtr left, std::size_t left_width, const ScanPattern& pattern, bool matching)
      : context_(context),
        left_(std::move(left)),
        left_width_(left_width),
        matching_(matching),
        roles_(pattern, left_width),
        cursor_(context, pattern, roles_.order, roles_.keys, roles_.wanted) {}

  bool next(Batch& batch) override {
    batch.reset(left_width_);
    while (batch.size == 0) {
      context_.budget->check();
      if (!left_->next(input_)) return false;
      find_matches();
      for (std::uint32_t row = 0; row < input_.size; ++row) {
        if (matches_[row] == matching_) batch.append(input_, row);
      }
    }
    return true;
  }

 private:
  void find_matches() {
    roles_.line_up(input_, rows_);
    matches_.assign(input_.size, false);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const bool same = i > 0 && rows_[i].key == rows_[i - 1].key && roles_.equal.empty();
      matches_[rows_[i].row] = same ? matches_[rows_[i - 1].row] : has_match(rows_[i]);
    }
  }

  bool has_match(const KeyedRow& row) {
    for (bool found = cursor_.find(row.key); found; found = cursor_.next(row.key)) {
      if (roles_.agrees(cursor_, input_, row.row)) return true;
    }
    return false;
  }

  Context& context_;
  OperatorPtr left_;
  std::size_t left_width_;
  bool matching_;
  IndexRoles roles_;
  IndexCursor cursor_;
  Batch input_;
  std::vector<KeyedRow> rows_;
  std::vector<bool> matches_;
};

}  // namespace

OperatorPtr make_index_semi_join(Context& context, OperatorPtr left, std::size_t left_width, const ScanPattern& pattern,
                                 bool matching) {
  return std::make_unique<IndexSemiJoin>(context, std::move(left), left_width, pattern, matching);
}

}  // namespace scenograph::sparql
