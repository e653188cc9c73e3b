#include "sparql/exec/functions/function.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "sparql/exec/evaluator.hpp"
#include "sparql/exec/functions/extensions.hpp"
#include "sparql/exec/regex.hpp"

namespace scenograph::sparql {

namespace {

class Call final : public Evaluator {
 public:
  Call(const Function& function, std::vector<EvaluatorPtr> arguments, Context& context)
      : function_(function),
        arguments_(std::move(arguments)),
        values_(arguments_.size()),
        context_(context),
        charge_(*context.budget) {}

  const Value& evaluate(const Row& row) override {
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
      values_[i] = &arguments_[i]->evaluate(row);
      if (values_[i]->is_error()) {
        result_ = Value{};
        return result_;
      }
    }
    result_ = function_.call(values_, context_);
    hold_text(charge_, result_, *context_.budget);
    return result_;
  }

 private:
  const Function& function_;
  std::vector<EvaluatorPtr> arguments_;
  std::vector<const Value*> values_;
  Context& context_;
  base::Charge charge_;
  Value result_;
};

/// REGEX and REPLACE: the expression is compiled once for as long as pattern and flags stay the same.
class RegexCall final : public Evaluator {
 public:
  RegexCall(bool replaces, std::vector<EvaluatorPtr> arguments, Context& context)
      : replaces_(replaces), arguments_(std::move(arguments)), budget_(*context.budget), charge_(budget_) {}

  const Value& evaluate(const Row& row) override {
    result_ = compute(row);
    hold_text(charge_, result_, budget_);
    return result_;
  }

 private:
  Value compute(const Row& row) {
    const Value& text = arguments_[0]->evaluate(row);
    const Value& pattern = arguments_[1]->evaluate(row);
    if (!text.is_string() || pattern.kind != ValueKind::String) return {};
    const std::size_t flags_at = replaces_ ? 3 : 2;
    std::string_view flags;
    if (arguments_.size() > flags_at) {
      const Value& given = arguments_[flags_at]->evaluate(row);
      if (given.kind != ValueKind::String) return {};
      flags = given.text;
    }
    if (!compile(pattern.text, flags)) return {};
    if (!replaces_) return Value::boolean(regex_->search(text.text));
    const Value& replacement = arguments_[2]->evaluate(row);
    if (replacement.kind != ValueKind::String) return {};
    const auto replaced = regex_->replace(text.text, replacement.text, budget_);
    if (!replaced) return {};
    return text.kind == ValueKind::String ? Value::string(*replaced) : Value::lang_string(*replaced, text.modifier);
  }

  bool compile(std::string_view pattern, std::string_view flags) {
    if (compiled_ && pattern == pattern_ && flags == flags_) return regex_.has_value();
    compiled_ = true;
    pattern_ = pattern;
    flags_ = flags;
    auto made = Regex::compile(pattern, flags);
    regex_.reset();
    if (auto* regex = std::get_if<Regex>(&made)) regex_.emplace(std::move(*regex));
    return regex_.has_value();
  }

  bool replaces_;
  std::vector<EvaluatorPtr> arguments_;
  base::Budget& budget_;
  base::Charge charge_;
  bool compiled_ = false;
  std::string pattern_;
  std::string flags_;
  std::optional<Regex> regex_;
  Value result_;
};

const Function* find_function(std::string_view name) {
  for (const auto table : {term_functions(), string_functions(), number_functions(), time_functions(), hash_functions(),
                           cast_functions()}) {
    for (const Function& function : table) {
      if (function.name == name) return &function;
    }
  }
  return nullptr;
}

std::string capitals(std::string_view name) {
  std::string out(name);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

}  // namespace

EvaluatorPtr make_function(std::string_view name, std::vector<EvaluatorPtr> arguments, Context& context) {
  const bool is_iri = name.find(':') != std::string_view::npos;
  const std::string key = is_iri ? std::string(name) : capitals(name);
  const bool replaces = key == "REPLACE";
  if (replaces || key == "REGEX") {
    const std::size_t least = replaces ? 3 : 2;
    if (arguments.size() >= least && arguments.size() <= least + 1) {
      return std::make_unique<RegexCall>(replaces, std::move(arguments), context);
    }
    throw base::Error(base::Code::BadSyntax, fmt::format("{} takes {} or {} arguments", key, least, least + 1));
  }
  if (is_iri) {
    if (auto made = make_text_function(key, arguments, context)) return made;
    if (auto made = make_place_function(key, arguments, context)) return made;
  }
  const Function* function = find_function(key);
  if (function == nullptr) return nullptr;
  if (arguments.size() < function->least || arguments.size() > function->most) {
    throw base::Error(base::Code::BadSyntax, fmt::format("{} does not take {} argument(s)", name, arguments.size()));
  }
  return std::make_unique<Call>(*function, std::move(arguments), context);
}

}  // namespace scenograph::sparql
