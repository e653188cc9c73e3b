#include "sparql/exec/operators/id_list.hpp"

#include <algorithm>
#include <utility>

namespace scenograph::sparql {

namespace {

class IdList final : public Operator {
 public:
  IdList(Context& context, std::vector<store::TermId> ids)
      : context_(context), charge_(*context.budget), ids_(std::move(ids)) {
    charge_.set(ids_.capacity() * sizeof(store::TermId));
  }

  bool next(Batch& batch) override {
    context_.budget->check();
    batch.reset(1);
    batch.size = std::min(Batch::capacity, ids_.size() - at_);
    const auto from = ids_.begin() + static_cast<std::ptrdiff_t>(at_);
    batch.columns[0].assign(from, from + static_cast<std::ptrdiff_t>(batch.size));
    at_ += batch.size;
    return batch.size > 0;
  }

 private:
  Context& context_;
  base::Charge charge_;
  std::vector<store::TermId> ids_;
  std::size_t at_ = 0;
};

}  // namespace

OperatorPtr make_id_list(Context& context, std::vector<store::TermId> ids) {
  return std::make_unique<IdList>(context, std::move(ids));
}

}  // namespace scenograph::sparql
