#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "store/bulk_load.hpp"
#include "store/store.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::tests {

/// Quads in a store, some by each commit; some are in segments and some in memory.
class LayeredStore {
 public:
  explicit LayeredStore(std::span<const rdf::Quad> quads) {
    store::StoreOptions options;
    options.durability = store::Durability::Relaxed;
    options.memtable_quads = 4;
    options.background_merges = false;
    store_ = store::Store::open(folder_.path(), options);
    std::map<std::string, store::TermId> blanks;
    for (std::size_t at = 0; at < quads.size();) {
      const auto transaction = store_->begin();
      const auto id_of = [&](const rdf::Term& term) {
        if (!term.is_blank()) return transaction->intern(term);
        const auto [known, is_new] = blanks.try_emplace(term.value);
        if (is_new) known->second = transaction->fresh_blank();
        return known->second;
      };
      const std::size_t end = std::min(quads.size(), at + (at % 2 == 0 ? 2 : 7));
      for (; at < end; ++at) {
        const rdf::Quad& quad = quads[at];
        transaction->insert({id_of(quad.subject), id_of(quad.predicate), id_of(quad.object), id_of(quad.graph)});
      }
      transaction->commit({});
    }
    for (const auto& [label, id] : blanks) labels_[store_->snapshot()->term(id).value] = label;
  }

  /// Puts all in one layer; blank nodes get labels that `labels` does not tell of.
  void compact() { store_->compact({}); }
  [[nodiscard]] store::Snapshot snapshot() const { return store_->snapshot(); }

  /// Labels of blank nodes as the store gives them, and as the quads had them.
  [[nodiscard]] const std::map<std::string, std::string>& labels() const { return labels_; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
  std::map<std::string, std::string> labels_;
};

}  // namespace scenograph::tests
