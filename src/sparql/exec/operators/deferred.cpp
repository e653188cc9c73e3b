#include "sparql/exec/operators/deferred.hpp"

#include <utility>

namespace scenograph::sparql {

namespace {

class Deferred final : public Operator {
 public:
  Deferred(std::size_t count, std::function<OperatorPtr(std::size_t)> make) : count_(count), make_(std::move(make)) {}

  bool next(Batch& batch) override {
    for (; at_ < count_; ++at_) {
      if (!current_) current_ = make_(at_);
      if (current_->next(batch)) return true;
      current_.reset();
    }
    batch.reset(0);
    return false;
  }

 private:
  std::size_t count_;
  std::function<OperatorPtr(std::size_t)> make_;
  std::size_t at_ = 0;
  OperatorPtr current_;
};

}  // namespace

OperatorPtr make_deferred(std::size_t count, std::function<OperatorPtr(std::size_t)> make) {
  return std::make_unique<Deferred>(count, std::move(make));
}

}  // namespace scenograph::sparql
