#include <fmt/format.h>

#include <utility>

#include "base/error.hpp"
#include "sparql/custom_functions.hpp"
#include "sparql/exec/evaluator.hpp"

namespace scenograph::sparql {

namespace {

class CustomCall final : public Evaluator {
 public:
  CustomCall(std::string iri, std::vector<EvaluatorPtr> arguments, Context& context)
      : iri_(std::move(iri)),
        arguments_(std::move(arguments)),
        terms_(arguments_.size()),
        context_(context),
        charge_(*context.budget) {}

  const Value& evaluate(const Row& row) override {
    context_.tick();
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
      const Value& value = arguments_[i]->evaluate(row);
      terms_[i] = value.is_error() ? std::nullopt : std::optional(to_term(value));
    }
    const auto term = context_.functions->call(iri_, terms_);
    result_ = term ? value_of(*term) : Value{};
    hold_text(charge_, result_, *context_.budget);
    return result_;
  }

 private:
  std::string iri_;
  std::vector<EvaluatorPtr> arguments_;
  std::vector<CustomFunctions::Argument> terms_;
  Context& context_;
  base::Charge charge_;
  Value result_;
};

}  // namespace

EvaluatorPtr make_custom_function(const std::string& iri, std::vector<EvaluatorPtr>& arguments, Context& context) {
  if (!context.functions) return nullptr;
  const auto most = context.functions->most_arguments(iri);
  if (!most) return nullptr;
  if (arguments.size() > *most) {
    throw base::Error(base::Code::BadSyntax,
                      fmt::format("<{}> takes {} argument(s) at most, here are {}", iri, *most, arguments.size()));
  }
  return std::make_unique<CustomCall>(iri, std::move(arguments), context);
}

}  // namespace scenograph::sparql
