#include "ingest/patch.hpp"

#include <unordered_map>

namespace scenograph::ingest {

namespace {

class Applier final : public syntax::PatchSink {
 public:
  Applier(store::Store& store, const store::CommitNote& note) : store_(store), note_(note) {}

  void begin() override { transaction_ = store_.begin(); }

  void change(bool added, const rdf::Quad& quad) override {
    if (added) {
      transaction_->insert({intern(quad.subject), intern(quad.predicate), intern(quad.object), intern(quad.graph)});
      return;
    }
    const auto subject = find(quad.subject);
    const auto predicate = find(quad.predicate);
    const auto object = find(quad.object);
    const auto graph = find(quad.graph);
    if (subject && predicate && object && graph) transaction_->remove({*subject, *predicate, *object, *graph});
  }

  void commit() override {
    const store::CommitResult result = transaction_->commit(note_);
    transaction_.reset();
    // Nodes of a commit that changed nothing were never given out.
    if (result.inserted + result.removed > 0) {
      nodes_.merge(fresh_);
      ++result_.commits;
    }
    fresh_.clear();
    result_.inserted += result.inserted;
    result_.removed += result.removed;
  }

  void abort() override {
    transaction_.reset();
    fresh_.clear();
  }

  [[nodiscard]] const PatchResult& result() const { return result_; }

 private:
  [[nodiscard]] std::optional<store::TermId> known_node(const std::string& label) const {
    for (const auto* nodes : {&nodes_, &fresh_}) {
      if (const auto at = nodes->find(label); at != nodes->end()) return at->second;
    }
    return std::nullopt;
  }

  store::TermId intern(const rdf::Term& term) {
    if (!term.is_blank()) return transaction_->intern(term);
    if (const auto own = transaction_->blank(term.value)) return *own;
    if (const auto known = known_node(term.value)) return *known;
    return fresh_[term.value] = transaction_->fresh_blank();
  }

  std::optional<store::TermId> find(const rdf::Term& term) const {
    if (term.is_blank()) {
      if (const auto known = known_node(term.value)) return known;
    }
    return transaction_->find(term);
  }

  store::Store& store_;
  store::CommitNote note_;
  std::unique_ptr<store::Transaction> transaction_;
  std::unordered_map<std::string, store::TermId> nodes_;  ///< by their labels in the patch
  std::unordered_map<std::string, store::TermId> fresh_;  ///< of the open transaction
  PatchResult result_;
};

}  // namespace

PatchResult apply_patch(store::Store& store, base::ByteSource& source, const syntax::PatchOptions& options,
                        const store::CommitNote& note) {
  Applier applier(store, note);
  syntax::read_patch(source, options, applier);
  return applier.result();
}

}  // namespace scenograph::ingest
