#include <optional>
#include <string>
#include <utility>

#include "sparql/exec/functions/extensions.hpp"
#include "sparql/functions.hpp"
#include "text/matcher.hpp"

namespace scenograph::sparql {

namespace {

/// scgf:matches and scgf:score: the query is understood once for as long as it stays the same.
class TextCall final : public Evaluator {
 public:
  TextCall(bool scores, std::vector<EvaluatorPtr> arguments, Context& context)
      : scores_(scores), arguments_(std::move(arguments)), context_(context) {}

  const Value& evaluate(const Row& row) override {
    result_ = compute(row);
    return result_;
  }

 private:
  Value compute(const Row& row) {
    context_.budget->check();  // texts may be long
    const Value& text = arguments_[0]->evaluate(row);
    if (!text.is_string()) return {};
    const Value& query = arguments_[1]->evaluate(row);
    const auto asked = text_query(query, arguments_.size() > 2 ? &arguments_[2]->evaluate(row) : nullptr);
    if (!asked) return {};
    if (!matcher_ || asked->text != text_ || asked->language != language_) {
      text_ = asked->text;
      language_ = asked->language;
      matcher_.emplace(text::parse_query(text_), language_);
    }
    const std::string_view tag = text.kind == ValueKind::LangString ? std::string_view(text.modifier) : "";
    if (scores_) return Value::number(ValueKind::Double, matcher_->score(text.text, tag));
    return Value::boolean(matcher_->matches(text.text, tag));
  }

  bool scores_;
  std::vector<EvaluatorPtr> arguments_;
  Context& context_;
  std::string text_;
  std::string language_;
  std::optional<text::Matcher> matcher_;
  Value result_;
};

}  // namespace

std::optional<TextQuery> text_query(const Value& query, const Value* language) {
  if (!query.is_string()) return std::nullopt;
  if (language == nullptr) {
    return TextQuery{query.text, query.kind == ValueKind::LangString ? std::string_view(query.modifier) : ""};
  }
  if (language->kind != ValueKind::String) return std::nullopt;
  return TextQuery{query.text, language->text};
}

EvaluatorPtr make_text_function(std::string_view iri, std::vector<EvaluatorPtr>& arguments, Context& context) {
  if (iri != functions::matches && iri != functions::score) return nullptr;
  check_arguments(iri, arguments.size());
  return std::make_unique<TextCall>(iri == functions::score, std::move(arguments), context);
}

}  // namespace scenograph::sparql
