#include "shacl/internal/blocks.hpp"

#include <algorithm>
#include <utility>

namespace scenograph::shacl {

using store::TermId;

namespace {

constexpr std::size_t small_block = 1'024;
constexpr std::size_t growth = 4;
constexpr std::size_t findings_at_once = 65'536;

}  // namespace

Blocks::Blocks(const Shapes& shapes, const Options& options, Collector& collector)
    : starts_small_(options.stop_at.has_value()), collector_(&collector) {
  for (std::size_t i = shapes.shapes.size(); i-- > 0;) {
    if (shapes.shapes[i].has_active_targets()) shapes_.push_back(static_cast<ShapeId>(i));
  }
}

std::optional<Blocks::Block> Blocks::next(Validation& finder) {
  const std::scoped_lock lock(mutex_);
  if (has_ended()) return std::nullopt;
  while (dealt_ == focus_.size()) {
    if (!next_shape(finder)) return std::nullopt;
  }
  const auto first = focus_.begin() + static_cast<std::ptrdiff_t>(dealt_);
  const std::size_t size = std::min(size_, focus_.size() - dealt_);
  dealt_ += size;
  nodes_dealt_ += size;
  size_ = std::min(size_ * growth, Validation::block_nodes);
  return Block{next_number_++, shape_, {first, first + static_cast<std::ptrdiff_t>(size)}};
}

bool Blocks::next_shape(Validation& finder) {
  if (shapes_.empty()) return false;
  shape_ = shapes_.back();
  shapes_.pop_back();
  focus_ = finder.focus_nodes(shape_);
  dealt_ = 0;
  size_ = starts_small_ ? small_block : Validation::block_nodes;
  return true;
}

bool Blocks::await_turn(std::unique_lock<std::mutex>& lock, std::uint64_t block) {
  turned_.wait(lock, [&] { return has_ended() || turn_ == block; });
  return !has_ended();
}

void Blocks::collect(std::uint64_t block, std::vector<Finding>& findings) {
  std::unique_lock lock(mutex_);
  if (await_turn(lock, block)) {
    for (Finding& finding : findings) collector_->add(std::move(finding));
  }
  findings.clear();
}

void Blocks::done(std::uint64_t block) {
  std::unique_lock lock(mutex_);
  if (await_turn(lock, block)) ++turn_;
  turned_.notify_all();
}

void Blocks::fail(std::exception_ptr error) {
  const std::scoped_lock lock(mutex_);
  if (!error_) error_ = std::move(error);
  turned_.notify_all();
}

void Blocks::rethrow() const {
  if (error_) std::rethrow_exception(error_);
}

void check_blocks(const store::View& view, const Shapes& shapes, const Options& options, Nodes& nodes,
                  base::Budget& budget, Blocks& blocks) try {
  std::vector<Finding> findings;
  base::Charge charge(budget);
  std::uint64_t number = 0;
  Validation validation(view, shapes, options, nodes, budget, [&](const Finding& finding) {
    if (findings.size() == findings.capacity()) charge.set(2 * (findings.size() + 1) * sizeof(Finding));
    findings.push_back(finding);
    if (findings.size() == findings_at_once) blocks.collect(number, findings);
  });
  while (auto block = blocks.next(validation)) {
    number = block->number;
    validation.check(block->shape, std::move(block->nodes));
    blocks.collect(number, findings);
    blocks.done(number);
  }
} catch (...) {
  blocks.fail(std::current_exception());
}

}  // namespace scenograph::shacl
