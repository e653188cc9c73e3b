#include "store/internal/load/numbering.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

#include "base/checked_sort.hpp"
#include "base/error.hpp"
#include "store/internal/load/known_terms.hpp"
#include "store/internal/term_bytes.hpp"
#include "store/internal/vocabulary/merge.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::size_t check_every = std::size_t{1} << 14U;

/// Of the whole work after the last quad.
constexpr double numbering_share = 0.2;

/// What an id is, in the order of ids. What is known to the target has lower numbers than what is new.
enum class Group : std::uint8_t {
  Inlined,
  DefaultGraph,
  KnownBlank,
  Blank,
  KnownIri,
  NewIri,
  KnownLiteral,
  NewLiteral
};

Group group_of_inlined(TermId id) {
  if (id.kind() == IdKind::BlankNode) return Group::KnownBlank;
  return id == default_graph ? Group::DefaultGraph : Group::Inlined;
}

struct Entry {
  std::uint8_t columns : 4;
  std::uint8_t group : 4;
};
static_assert(sizeof(Entry) == 1);

struct KnownId {
  std::uint64_t id;
  std::uint32_t number;
};

/// A batch's terms, as the merge takes them.
class BatchTerms : public Vocabulary::Cursor {
 public:
  explicit BatchTerms(Batch& batch) : batch_(&batch) {}
  bool next(std::string_view& term) override { return batch_->next_term(term); }

 private:
  Batch* batch_;
};

TermMerge merge_terms(std::span<const std::unique_ptr<Batch>> batches) {
  std::vector<std::unique_ptr<Vocabulary::Cursor>> inputs;
  for (const auto& batch : batches) inputs.push_back(std::make_unique<BatchTerms>(*batch));
  return TermMerge(std::move(inputs));
}

/// Numbers terms as the batches are merged, then ranks their ids.
class Numberer {
 public:
  Numberer(const LoadTarget& target, const std::filesystem::path& vocabulary, Work& work)
      : target_(&target), path_(vocabulary), work_(&work) {
    out_.next_term = target.next_term;
    out_.next_blank = target.next_blank;
  }

  void merge(std::span<const std::unique_ptr<Batch>> batches) {
    std::uint64_t terms = 0;
    std::uint64_t ids = 1;
    for (const auto& batch : batches) {
      terms += batch->terms();
      ids += batch->terms() + batch->inlined();
    }
    share_of_term_ = numbering_share / static_cast<double>(ids);
    KnownTerms known(*target_, terms);
    TermMerge merged = merge_terms(batches);
    for (std::string_view term; merged.next(term);) {
      add_term(term, known);
      for (const std::uint32_t holder : merged.holders()) assign(*batches[holder]);
    }
    merge_inlined(batches);
    if (writer_) writer_->finish();
    out_.has_vocabulary = writer_ != nullptr;
  }

  Numbering rank() {
    out_.ranks.resize(entries_.size());
    for (UsedIds& column : out_.columns) column.ranks = PageArray<UsedIds::Word>(entries_.size() / 64 + 1);
    rank_inlined(Group::DefaultGraph);
    rank_inlined(Group::KnownBlank);
    rank_new(Group::Blank, IdKind::BlankNode);
    rank_known(Group::KnownIri);
    rank_new(Group::NewIri, IdKind::Iri);
    rank_known(Group::KnownLiteral);
    rank_new(Group::NewLiteral, IdKind::Literal);
    rank_inlined(Group::Inlined);
    for (UsedIds& column : out_.columns) {
      std::uint32_t before = 0;
      for (UsedIds::Word& word : column.ranks) {
        word.before = before;
        before += static_cast<std::uint32_t>(__builtin_popcountll(word.bits));
      }
    }
    return std::move(out_);
  }

 private:
  void merge_inlined(std::span<const std::unique_ptr<Batch>> batches) {
    using Head = std::pair<TermId, Batch*>;
    std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
    const auto push = [&](Batch* batch) {
      TermId id;
      if (batch->next_inlined(id)) heads.emplace(id, batch);
    };
    for (const auto& batch : batches) push(batch.get());
    while (!heads.empty()) {
      const auto [id, batch] = heads.top();
      heads.pop();
      if (inlined_.empty() || inlined_[inlined_.size() - 1] != id.bits()) {
        inlined_.push_back(id.bits());
        add_entry(group_of_inlined(id));
      }
      assign(*batch);
      push(batch);
    }
  }

  void add_term(std::string_view term, KnownTerms& known) {
    if (term.front() == blank_mark) {
      ++out_.next_blank;
      return add_entry(Group::Blank);
    }
    const bool is_iri = term.front() == iri_mark;
    if (const auto number = known.find(term)) {
      const TermId id = TermId::make(is_iri ? IdKind::Iri : IdKind::Literal, *number);
      known_.push_back({id.bits(), static_cast<std::uint32_t>(entries_.size())});
      return add_entry(is_iri ? Group::KnownIri : Group::KnownLiteral);
    }
    if (!writer_) writer_ = make_vocabulary_writer(path_, target_->next_term);
    writer_->append(term);
    ++out_.next_term;
    add_entry(is_iri ? Group::NewIri : Group::NewLiteral);
  }

  void add_entry(Group group) {
    if (entries_.size() == 0xFFFFFFFE) {
      throw base::Error(base::Code::TooLarge, "one load holds at most 4,294,967,294 distinct terms: load it in parts");
    }
    if (entries_.size() % check_every == check_every - 1) {
      work_->check();
      work_->advance(share_of_term_ * check_every);
    }
    entries_.push_back({0, static_cast<std::uint8_t>(static_cast<unsigned>(group) & 0xFU)});
  }

  void assign(Batch& batch) {
    const std::size_t number = entries_.size() - 1;
    const unsigned columns = batch.assign(static_cast<std::uint32_t>(number));
    entries_[number].columns = static_cast<std::uint8_t>((entries_[number].columns | columns) & 0xFU);
  }

  void rank_next(std::size_t number, std::uint64_t id) {
    if (rank_ % check_every == 0) work_->check();
    out_.ranks[number] = rank_;
    for (std::size_t column = 0; column < 4; ++column) {
      if ((entries_[number].columns >> column & 1U) == 0) continue;
      out_.columns[column].ranks[rank_ / 64].bits |= std::uint64_t{1} << rank_ % 64;
      out_.columns[column].ids.push_back(id);
    }
    ++rank_;
  }

  [[nodiscard]] Group group_of(std::size_t number) const { return static_cast<Group>(entries_[number].group); }

  void rank_new(Group group, IdKind kind) {
    std::uint64_t next = group == Group::Blank ? target_->next_blank : target_->next_term;
    for (std::size_t number = 0; number < entries_.size() - inlined_.size(); ++number) {
      const Group here = group_of(number);
      if (here == group) rank_next(number, TermId::make(kind, next).bits());
      if (here == group || (group != Group::Blank && (here == Group::NewIri || here == Group::NewLiteral))) ++next;
    }
  }

  void rank_known(Group group) {
    if (!known_sorted_) {
      base::checked_sort(
          known_.begin(), known_.end(), [this] { work_->check(); },
          [](const KnownId& a, const KnownId& b) { return a.id < b.id; });
      known_sorted_ = true;
    }
    for (const KnownId& known : known_) {
      if (group_of(known.number) == group) {
        rank_next(known.number, known.id);
      }
    }
  }

  void rank_inlined(Group group) {
    const std::size_t terms = entries_.size() - inlined_.size();
    for (std::size_t i = 0; i < inlined_.size(); ++i) {
      if (group_of(terms + i) == group) rank_next(terms + i, inlined_[i]);
    }
  }

  const LoadTarget* target_;
  std::filesystem::path path_;
  Work* work_;
  std::unique_ptr<VocabularyWriter> writer_;
  PageArray<Entry> entries_;
  PageArray<std::uint64_t> inlined_;
  PageArray<KnownId> known_;
  bool known_sorted_ = false;
  double share_of_term_ = 0;
  std::uint32_t rank_ = 0;
  Numbering out_;
};

}  // namespace

Numbering number_terms(std::span<const std::unique_ptr<Batch>> batches, const LoadTarget& target,
                       const std::filesystem::path& vocabulary, Work& work) {
  Numberer numberer(target, vocabulary, work);
  numberer.merge(batches);
  return numberer.rank();
}

}  // namespace scenograph::store::internal
