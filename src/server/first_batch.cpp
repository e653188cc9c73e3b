#include "server/internal/first_batch.hpp"

#include <utility>

namespace scenograph::server {

namespace {

class FirstBatch final : public sparql::QueryResult {
 public:
  FirstBatch(std::unique_ptr<QueryResult> result, std::shared_ptr<RunningQuery> query)
      : query_(std::move(query)), result_(std::move(result)) {
    switch (result_->form()) {
      case sparql::QueryForm::Select:
        more_ = read(solutions_);
        break;
      case sparql::QueryForm::Ask:
        answer_ = query_->note_failure([&] { return result_->boolean(); });
        break;
      case sparql::QueryForm::Construct:
      case sparql::QueryForm::Describe:
        more_ = read(triples_);
        break;
    }
  }

  sparql::QueryForm form() const override { return result_->form(); }
  const std::vector<std::string>& variables() const override { return result_->variables(); }
  bool boolean() override { return answer_; }
  std::string explain(sparql::ExplainFormat format) const override { return result_->explain(format); }
  bool next(sparql::SolutionBatch& batch) override { return hand_on(batch, solutions_); }
  bool next(std::vector<rdf::Triple>& triples) override { return hand_on(triples, triples_); }

 private:
  static std::size_t size_of(const sparql::SolutionBatch& batch) { return batch.size; }
  static std::size_t size_of(const std::vector<rdf::Triple>& triples) { return triples.size(); }

  template <typename Batch>
  bool read(Batch& out) {
    const bool more = query_->note_failure([&] { return result_->next(out); });
    query_->add_rows(more ? size_of(out) : 0);
    return more;
  }

  template <typename Batch>
  bool hand_on(Batch& out, Batch& first) {
    if (is_first_) {
      is_first_ = false;
      out = std::exchange(first, {});
      return more_;
    }
    return more_ && (more_ = read(out));
  }

  std::shared_ptr<RunningQuery> query_;
  std::unique_ptr<QueryResult> result_;
  sparql::SolutionBatch solutions_;
  std::vector<rdf::Triple> triples_;
  bool answer_ = false;
  bool is_first_ = true;
  bool more_ = false;
};

}  // namespace

std::unique_ptr<sparql::QueryResult> read_first_batch(std::unique_ptr<sparql::QueryResult> result,
                                                      std::shared_ptr<RunningQuery> query) {
  return std::make_unique<FirstBatch>(std::move(result), std::move(query));
}

}  // namespace scenograph::server
