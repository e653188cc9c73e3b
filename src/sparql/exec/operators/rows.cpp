#include "sparql/exec/operators/rows.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace scenograph::sparql {

using store::TermId;

namespace {

class Values final : public Operator {
 public:
  Values(std::vector<std::vector<TermId>> rows, std::size_t width) : rows_(std::move(rows)), width_(width) {}

  bool next(Batch& batch) override {
    batch.reset(width_);
    for (; at_ < rows_.size() && !batch.is_full(); ++at_) {
      for (std::size_t i = 0; i < width_; ++i) batch.columns[i].push_back(rows_[at_][i]);
      ++batch.size;
    }
    return batch.size > 0;
  }

 private:
  std::vector<std::vector<TermId>> rows_;
  std::size_t width_;
  std::size_t at_ = 0;
};

class Filter final : public Operator {
 public:
  Filter(Context& context, OperatorPtr input, std::vector<Condition> conditions)
      : context_(context), input_(std::move(input)), conditions_(std::move(conditions)) {}

  bool next(Batch& batch) override {
    do {
      context_.budget->check();
      if (!input_->next(batch)) return false;
      keep(batch);
    } while (batch.size == 0);
    return true;
  }

 private:
  void keep(Batch& batch) {
    kept_.resize(batch.size);
    std::iota(kept_.begin(), kept_.end(), std::size_t{0});
    for (Condition& condition : conditions_) {
      std::erase_if(kept_, [&](std::size_t row) { return !holds_for(condition, batch, row); });
    }
    if (kept_.size() == batch.size) return;
    for (auto& column : batch.columns) {
      for (std::size_t i = 0; i < kept_.size(); ++i) column[i] = column[kept_[i]];
      column.resize(kept_.size());
    }
    batch.size = kept_.size();
  }

  bool holds_for(Condition& condition, const Batch& batch, std::size_t row) {
    if (condition.test) {
      const Answer answer = (*condition.test)(batch.columns[static_cast<std::size_t>(condition.column)][row]);
      if (answer != Answer::Unknown) return answer == Answer::Yes;
    }
    context_.tick();
    return holds(*condition.expression, Row{batch, row});
  }

  Context& context_;
  OperatorPtr input_;
  std::vector<Condition> conditions_;
  std::vector<std::size_t> kept_;
};

class Extend final : public Operator {
 public:
  Extend(Context& context, OperatorPtr input, std::vector<EvaluatorPtr> expressions)
      : context_(context), input_(std::move(input)), expressions_(std::move(expressions)) {}

  bool next(Batch& batch) override {
    context_.budget->check();
    if (!input_->next(batch)) return false;
    const std::size_t width = batch.columns.size();
    for (std::size_t i = 0; i < expressions_.size(); ++i) batch.columns.emplace_back(batch.size);
    for (std::size_t row = 0; row < batch.size; ++row) {
      context_.tick();
      for (std::size_t i = 0; i < expressions_.size(); ++i) {
        batch.columns[width + i][row] = expressions_[i]->evaluate_id(Row{batch, row}, context_.terms);
      }
    }
    return true;
  }

 private:
  Context& context_;
  OperatorPtr input_;
  std::vector<EvaluatorPtr> expressions_;
};

class Project final : public Operator {
 public:
  Project(OperatorPtr input, std::vector<int> columns) : input_(std::move(input)), columns_(std::move(columns)) {}

  bool next(Batch& batch) override {
    batch.reset(columns_.size());
    if (!input_->next(rows_)) return false;
    batch.size = rows_.size;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i] < 0) {
        batch.columns[i].resize(rows_.size);
        continue;
      }
      auto& from = rows_.columns[static_cast<std::size_t>(columns_[i])];
      const bool again = std::find(columns_.begin() + static_cast<std::ptrdiff_t>(i) + 1, columns_.end(),
                                   columns_[i]) != columns_.end();
      if (again) {
        batch.columns[i].assign(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(rows_.size));
      } else {
        std::swap(batch.columns[i], from);
      }
    }
    return true;
  }

 private:
  OperatorPtr input_;
  std::vector<int> columns_;
  Batch rows_;
};

class Union final : public Operator {
 public:
  explicit Union(std::vector<OperatorPtr> inputs) : inputs_(std::move(inputs)) {}

  bool next(Batch& batch) override {
    for (; at_ < inputs_.size(); ++at_) {
      if (inputs_[at_]->next(batch)) return true;
      inputs_[at_].reset();
    }
    batch.reset(0);
    return false;
  }

 private:
  std::vector<OperatorPtr> inputs_;
  std::size_t at_ = 0;
};

class Slice final : public Operator {
 public:
  Slice(OperatorPtr input, std::uint64_t offset, std::uint64_t limit)
      : input_(std::move(input)), offset_(offset), limit_(limit) {}

  bool next(Batch& batch) override {
    while (limit_ > 0 && input_->next(batch)) {
      if (offset_ >= batch.size) {
        offset_ -= batch.size;
        continue;
      }
      const auto first = static_cast<std::ptrdiff_t>(offset_);
      const std::size_t kept = std::min<std::uint64_t>(batch.size - offset_, limit_);
      for (auto& column : batch.columns) {
        column.erase(column.begin(), column.begin() + first);
        column.resize(kept);
      }
      batch.size = kept;
      limit_ -= kept;
      offset_ = 0;
      return true;
    }
    batch.reset(0);
    return false;
  }

 private:
  OperatorPtr input_;
  std::uint64_t offset_;
  std::uint64_t limit_;
};

class Fix final : public Operator {
 public:
  Fix(OperatorPtr input, std::size_t column, TermId term) : input_(std::move(input)), column_(column), term_(term) {}

  bool next(Batch& batch) override {
    do {
      if (!input_->next(rows_)) {
        batch.reset(0);
        return false;
      }
      batch.reset(rows_.columns.size());
      for (std::size_t row = 0; row < rows_.size; ++row) {
        TermId& id = rows_.columns[column_][row];
        if (id.is_undefined()) id = term_;
        if (id == term_) batch.append(rows_, row);
      }
    } while (batch.size == 0);
    return true;
  }

 private:
  OperatorPtr input_;
  std::size_t column_;
  TermId term_;
  Batch rows_;
};

}  // namespace

OperatorPtr make_unit() { return make_values({{}}, 0); }

OperatorPtr make_values(std::vector<std::vector<TermId>> rows, std::size_t width) {
  return std::make_unique<Values>(std::move(rows), width);
}

OperatorPtr make_filter(Context& context, OperatorPtr input, std::vector<Condition> conditions) {
  return std::make_unique<Filter>(context, std::move(input), std::move(conditions));
}

OperatorPtr make_extend(Context& context, OperatorPtr input, std::vector<EvaluatorPtr> expressions) {
  return std::make_unique<Extend>(context, std::move(input), std::move(expressions));
}

OperatorPtr make_project(OperatorPtr input, std::vector<int> columns) {
  return std::make_unique<Project>(std::move(input), std::move(columns));
}

OperatorPtr make_union(std::vector<OperatorPtr> inputs) { return std::make_unique<Union>(std::move(inputs)); }

OperatorPtr make_slice(OperatorPtr input, std::uint64_t offset, std::uint64_t limit) {
  return std::make_unique<Slice>(std::move(input), offset, limit);
}

OperatorPtr make_fix(OperatorPtr input, std::size_t column, TermId term) {
  return std::make_unique<Fix>(std::move(input), column, term);
}

}  // namespace scenograph::sparql
