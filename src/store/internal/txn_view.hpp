#pragma once

#include "store/internal/tables.hpp"
#include "store/store.hpp"

namespace scenograph::store::internal {

/// The reading half of snapshots and transactions: a View as of one LMDB transaction.
///
/// `Base` is View or Transaction; the class that derives from this owns the LMDB transaction. `settle` is called before
/// quads are read, so that a transaction can write what it holds back.
template <typename Base>
class TxnView : public Base {
 public:
  [[nodiscard]] std::optional<TermId> find(const rdf::Term& term) const override;
  [[nodiscard]] rdf::Term term(TermId id) const override;
  [[nodiscard]] std::vector<rdf::Term> terms(std::span<const TermId> ids) const override;
  [[nodiscard]] std::unique_ptr<Scan> scan(const ScanRequest& request) const override;
  [[nodiscard]] std::uint64_t count(const QuadId& pattern) const override;
  [[nodiscard]] View::PredicateStatistics statistics(TermId predicate) const override;
  [[nodiscard]] std::vector<TermId> predicates() const override;
  [[nodiscard]] std::vector<TermId> graphs() const override;
  [[nodiscard]] std::uint64_t commit_number() const override;

 protected:
  explicit TxnView(const Tables& tables) : tables_(tables) {}

  [[nodiscard]] virtual MDB_txn* txn() const = 0;
  virtual void settle() const = 0;
  [[nodiscard]] const Tables& tables() const { return tables_; }

 private:
  Tables tables_;
};

extern template class TxnView<View>;
extern template class TxnView<Transaction>;

}  // namespace scenograph::store::internal
