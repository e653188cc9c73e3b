#include "store/view.hpp"

namespace scenograph::store {

namespace {

/// Of a view that remembers nothing.
class PlainReader final : public TermReader {
 public:
  explicit PlainReader(const View& view) : view_(view) {}

  rdf::TermView read(TermId id) override {
    term_ = view_.term(id);
    return rdf::TermView(term_);
  }

 private:
  const View& view_;
  rdf::Term term_;
};

}  // namespace

std::unique_ptr<TermReader> View::term_reader() const { return std::make_unique<PlainReader>(*this); }

}  // namespace scenograph::store
