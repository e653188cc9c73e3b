#include "sparql/results/input.hpp"

#include <fmt/format.h>

#include <utility>

namespace scenograph::sparql::results {

Input::Input(std::unique_ptr<base::ByteSource> source, std::string name, std::shared_ptr<base::Budget> budget)
    : source_(std::move(source)), name_(std::move(name)), budget_(std::move(budget)), row_(*budget_) {}

bool Input::fill() {
  budget_->check();
  at_ = 0;
  filled_ = source_->read(buffer_);
  return filled_ > 0;
}

std::string_view Input::take_piece() {
  if (at_ == filled_ && !fill()) return {};
  const std::string_view out(buffer_.data() + at_, filled_ - at_);
  at_ = filled_;
  return out;
}

void Input::fail(const std::string& message) const { fail(message, line_, 0); }

void Input::fail(const std::string& message, std::uint64_t line, std::uint64_t column) const {
  throw base::Error(base::Code::BadData, fmt::format("the results cannot be read: {}", message), {name_, line, column});
}

}  // namespace scenograph::sparql::results
