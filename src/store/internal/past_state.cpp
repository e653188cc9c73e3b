#include "store/internal/past_state.hpp"

#include <fmt/format.h>

#include "store/internal/change_log.hpp"

namespace scenograph::store::internal {

using base::Code;
using base::Error;

namespace {

constexpr std::size_t most_undone = std::size_t{4} << 20U;

/// Quads on their way to a sink, whose terms are read together.
class QuadTerms {
 public:
  QuadTerms(const View& view, std::function<void(bool, rdf::Quad&&)> sink) : view_(view), sink_(std::move(sink)) {}

  void add(const QuadId& quad, bool added) {
    for (const TermId id : {quad.subject, quad.predicate, quad.object, quad.graph}) ids_.push_back(id);
    added_.push_back(added);
    if (added_.size() == QuadBatch::capacity) flush();
  }

  void flush() {
    std::vector<rdf::Term> terms = view_.terms(ids_);
    for (std::size_t i = 0; i < added_.size(); ++i) {
      sink_(added_[i], {std::move(terms[4 * i]), std::move(terms[4 * i + 1]), std::move(terms[4 * i + 2]),
                        std::move(terms[4 * i + 3])});
    }
    ids_.clear();
    added_.clear();
  }

 private:
  const View& view_;
  std::function<void(bool, rdf::Quad&&)> sink_;
  std::vector<TermId> ids_;
  std::vector<bool> added_;
};

/// A view of a state that somebody else keeps.
Snapshot view_of(const State& state) {
  return make_snapshot(std::shared_ptr<const State>(std::shared_ptr<const State>(), &state));
}

}  // namespace

void read_state_at(const StateSource& source, const State& state, std::uint64_t commit, const rdf::QuadSink& sink) {
  EditSet undone;
  std::size_t count = 0;
  for (std::uint64_t number = state.memory->commit; number > commit; --number) {
    read_edits(state, source.folder, number, [&](const Edit& edit) {
      if (++count > most_undone) {
        throw Error(Code::TooLarge, fmt::format("the state of commit {} cannot be given: more than {} quads came or "
                                                "went since; begin with commit {}",
                                                commit, most_undone, commit + 1));
      }
      undone.apply(edit.quad, !edit.added);
    });
  }
  Layers layers = state.layers();
  layers.edits.push_back(&undone);
  const Snapshot view = view_of(state);
  QuadTerms terms(*view, [&](bool /*added*/, rdf::Quad&& quad) { sink(quad); });
  const auto scan = scan_layers(layers, {});
  for (QuadBatch batch; scan->next(batch);) {
    for (std::size_t i = 0; i < batch.size; ++i) {
      terms.add({batch.columns[0][i], batch.columns[1][i], batch.columns[2][i], batch.columns[3][i]}, true);
    }
  }
  terms.flush();
}

void read_changes(const StateSource& source, const State& state, std::uint64_t commit,
                  const std::function<void(const Change&)>& sink) {
  const Snapshot view = view_of(state);
  QuadTerms terms(*view, [&](bool added, rdf::Quad&& quad) { sink({added, std::move(quad)}); });
  read_edits(state, source.folder, commit, [&](const Edit& edit) { terms.add(edit.quad, edit.added); });
  terms.flush();
}

}  // namespace scenograph::store::internal
