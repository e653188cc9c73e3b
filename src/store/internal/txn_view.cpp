#include "store/internal/txn_view.hpp"

#include <algorithm>
#include <numeric>

#include "store/internal/counting.hpp"
#include "store/internal/dictionary.hpp"
#include "store/internal/quad_scan.hpp"

namespace scenograph::store::internal {

template <typename Base>
std::optional<TermId> TxnView<Base>::find(const rdf::Term& term) const {
  return find_term(txn(), tables(), term);
}

template <typename Base>
rdf::Term TxnView<Base>::term(TermId id) const {
  return read_term(txn(), tables(), id);
}

/// In the order of their ids, so that neighbours in the dictionary are read from one page, and repeated ids once.
template <typename Base>
std::vector<rdf::Term> TxnView<Base>::terms(std::span<const TermId> ids) const {
  std::vector<std::size_t> by_id(ids.size());
  std::iota(by_id.begin(), by_id.end(), std::size_t{0});
  std::sort(by_id.begin(), by_id.end(), [&](std::size_t a, std::size_t b) { return ids[a] < ids[b]; });
  std::vector<rdf::Term> out(ids.size());
  for (std::size_t i = 0; i < by_id.size(); ++i) {
    const bool repeated = i > 0 && ids[by_id[i]] == ids[by_id[i - 1]];
    out[by_id[i]] = repeated ? out[by_id[i - 1]] : term(ids[by_id[i]]);
  }
  return out;
}

template <typename Base>
std::unique_ptr<Scan> TxnView<Base>::scan(const ScanRequest& request) const {
  settle();
  return scan_quads(txn(), tables(), request);
}

template <typename Base>
std::uint64_t TxnView<Base>::count(const QuadId& pattern) const {
  settle();
  return count_quads(txn(), tables(), pattern);
}

template <typename Base>
View::PredicateStatistics TxnView<Base>::statistics(TermId predicate) const {
  settle();
  return {read_count(txn(), tables(), Counter::Predicate, predicate),
          read_count(txn(), tables(), Counter::Subjects, predicate),
          read_count(txn(), tables(), Counter::Objects, predicate)};
}

template <typename Base>
std::vector<TermId> TxnView<Base>::predicates() const {
  settle();
  return counted_ids(txn(), tables(), Counter::Predicate);
}

template <typename Base>
std::vector<TermId> TxnView<Base>::graphs() const {
  settle();
  return counted_ids(txn(), tables(), Counter::Graph);
}

template <typename Base>
std::uint64_t TxnView<Base>::commit_number() const {
  return read_meta(txn(), tables(), meta::last_commit);
}

template class TxnView<View>;
template class TxnView<Transaction>;

}  // namespace scenograph::store::internal
