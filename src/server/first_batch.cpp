#include "server/internal/first_batch.hpp"

#include <utility>

namespace scenograph::server {

namespace {

class FirstBatch final : public sparql::QueryResult {
 public:
  explicit FirstBatch(std::unique_ptr<QueryResult> result) : result_(std::move(result)) {
    switch (result_->form()) {
      case sparql::QueryForm::Select:
        more_ = result_->next(solutions_);
        break;
      case sparql::QueryForm::Ask:
        answer_ = result_->boolean();
        break;
      case sparql::QueryForm::Construct:
      case sparql::QueryForm::Describe:
        more_ = result_->next(triples_);
        break;
    }
  }

  sparql::QueryForm form() const override { return result_->form(); }
  const std::vector<std::string>& variables() const override { return result_->variables(); }
  bool boolean() override { return answer_; }
  std::string explain() const override { return result_->explain(); }
  bool next(sparql::SolutionBatch& batch) override { return hand_on(batch, solutions_); }
  bool next(std::vector<rdf::Triple>& triples) override { return hand_on(triples, triples_); }

 private:
  template <typename Batch>
  bool hand_on(Batch& out, Batch& first) {
    if (is_first_) {
      is_first_ = false;
      out = std::exchange(first, {});
      return more_;
    }
    return more_ && (more_ = result_->next(out));
  }

  std::unique_ptr<QueryResult> result_;
  sparql::SolutionBatch solutions_;
  std::vector<rdf::Triple> triples_;
  bool answer_ = false;
  bool is_first_ = true;
  bool more_ = false;
};

}  // namespace

std::unique_ptr<sparql::QueryResult> read_first_batch(std::unique_ptr<sparql::QueryResult> result) {
  return std::make_unique<FirstBatch>(std::move(result));
}

}  // namespace scenograph::server
