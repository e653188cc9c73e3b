#include <utility>

#include "sparql/exec/operators/row_set.hpp"
#include "sparql/exec/operators/rows.hpp"

namespace scenograph::sparql {

namespace {

class Distinct final : public Operator {
 public:
  Distinct(Context& context, OperatorPtr input, std::size_t width)
      : context_(context), input_(std::move(input)), seen_(context, width), key_(width) {}

  bool next(Batch& batch) override {
    batch.reset(key_.size());
    while (batch.size == 0) {
      context_.budget->check();
      if (!input_->next(rows_)) return false;
      for (std::size_t row = 0; row < rows_.size; ++row) {
        for (std::size_t i = 0; i < key_.size(); ++i) key_[i] = rows_.columns[i][row];
        if (seen_.add(key_).second) batch.append(rows_, row);
      }
    }
    return true;
  }

 private:
  Context& context_;
  OperatorPtr input_;
  RowSet seen_;
  std::vector<store::TermId> key_;
  Batch rows_;
};

}  // namespace

OperatorPtr make_distinct(Context& context, OperatorPtr input, std::size_t width) {
  return std::make_unique<Distinct>(context, std::move(input), width);
}

}  // namespace scenograph::sparql
