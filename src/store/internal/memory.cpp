#include "store/internal/memory.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "store/internal/wal/wal.hpp"

namespace scenograph::store::internal {

namespace {

/// A layer not even so many times as large as the next is merged with it.
constexpr std::size_t least_growth = 4;

std::vector<Edit> net_of(std::span<const LoggedCommit> commits) {
  std::unordered_map<QuadId, bool, QuadIdHash> net;
  for (const LoggedCommit& commit : commits) {
    for (const Edit& edit : commit.record.edits) {
      const auto [at, is_new] = net.try_emplace(edit.quad, edit.added);
      if (!is_new) net.erase(at);
    }
  }
  std::vector<Edit> edits;
  edits.reserve(net.size());
  for (const auto& [quad, added] : net) edits.push_back({quad, added});
  return edits;
}

FrozenEdits::Counts counts_of(std::span<const LoggedCommit> commits) {
  FrozenEdits::Counts counts;
  for (const LoggedCommit& commit : commits) {
    for (const CountChange& count : commit.record.counts) counts[{count.counter, count.id}] += count.change;
  }
  return counts;
}

}  // namespace

FrozenEdits::FrozenEdits(std::vector<Edit> edits, Counts counts)
    : edits_(std::move(edits)), counts_(std::move(counts)) {
  std::sort(edits_.begin(), edits_.end(), [](const Edit& a, const Edit& b) { return a.quad < b.quad; });
}

std::shared_ptr<const FrozenEdits> FrozenEdits::merge(const FrozenEdits& older, const FrozenEdits& newer) {
  std::vector<Edit> edits;
  edits.reserve(older.edits_.size() + newer.edits_.size());
  auto a = older.edits_.begin();
  auto b = newer.edits_.begin();
  while (a != older.edits_.end() && b != newer.edits_.end()) {
    if (a->quad == b->quad) {
      ++a;
      ++b;
    } else {
      edits.push_back(a->quad < b->quad ? *a++ : *b++);
    }
  }
  edits.insert(edits.end(), a, older.edits_.end());
  edits.insert(edits.end(), b, newer.edits_.end());
  Counts counts = older.counts_;
  for (const auto& [key, change] : newer.counts_) counts[key] += change;
  return std::make_shared<const FrozenEdits>(std::move(edits), std::move(counts));
}

int FrozenEdits::sign(const QuadId& quad) const {
  const auto at = std::lower_bound(edits_.begin(), edits_.end(), quad,
                                   [](const Edit& edit, const QuadId& wanted) { return edit.quad < wanted; });
  if (at == edits_.end() || at->quad != quad) return 0;
  return at->added ? 1 : -1;
}

std::span<const Row> FrozenEdits::rows(Order order, Sign sign) const {
  Sorted& sorted = orders_[static_cast<std::size_t>(order)];
  std::call_once(sorted.once, [&] {
    for (const Edit& edit : edits_) (edit.added ? sorted.added : sorted.removed).push_back(row_of(edit.quad, order));
    if (order == Order::Spog) return;
    std::sort(sorted.added.begin(), sorted.added.end());
    std::sort(sorted.removed.begin(), sorted.removed.end());
  });
  return sign == Sign::Added ? sorted.added : sorted.removed;
}

std::int64_t FrozenEdits::count_change(Counter counter, TermId id) const {
  const auto at = counts_.find({counter, id});
  return at == counts_.end() ? 0 : at->second;
}

const SubjectSetIndex* FrozenEdits::subject_sets(std::uint64_t type) const {
  std::call_once(sets_once_, [&] {
    SubjectSetCounter counter(type);
    counter.add(rows(Order::Spog, Sign::Added));
    sets_.emplace(counter.finish());
  });
  return &*sets_;
}

void LiveTerms::add(const std::vector<std::pair<std::uint64_t, std::string>>& terms) {
  const std::lock_guard lock(mutex_);
  for (const auto& [number, bytes] : terms) terms_.add(bytes, number);
}

std::optional<std::uint64_t> LiveTerms::find(std::string_view bytes) const {
  const std::shared_lock lock(mutex_);
  return terms_.find(bytes);
}

std::optional<std::string> LiveTerms::bytes_of(std::uint64_t number) const {
  const std::shared_lock lock(mutex_);
  const std::string* bytes = terms_.bytes_of(number);
  return bytes == nullptr ? std::nullopt : std::optional(*bytes);
}

std::vector<std::pair<std::uint64_t, std::string>> LiveTerms::all() const {
  const std::shared_lock lock(mutex_);
  return terms_.all();
}

void LiveLog::add(Entry entry) {
  const std::lock_guard lock(mutex_);
  entries_.push_back(std::move(entry));
}

std::vector<LiveLog::Entry> LiveLog::entries(std::uint64_t first, std::uint64_t last) const {
  const std::lock_guard lock(mutex_);
  std::vector<Entry> found;
  for (const Entry& entry : entries_) {
    if (entry.info.number >= first && entry.info.number <= last) found.push_back(entry);
  }
  return found;
}

std::size_t Memory::size() const {
  std::size_t size = 0;
  for (const auto& layer : layers) size += layer->size();
  return size;
}

std::shared_ptr<const Memory> with_commits(const Memory& before, std::vector<LoggedCommit> commits, std::uint64_t end) {
  auto memory = std::make_shared<Memory>(before);
  memory->end = end;
  if (commits.empty()) return memory;
  memory->last_at = commits.back().at;
  memory->checksum = commits.back().checksum;
  memory->commit = commits.back().record.info.number;
  memory->next_term = commits.back().record.next_term;
  memory->next_blank = commits.back().record.next_blank;
  auto& layers = memory->layers;
  layers.push_back(std::make_shared<const FrozenEdits>(net_of(commits), counts_of(commits)));
  while (layers.size() > 1 &&
         (*(layers.end() - 2))->size() <= least_growth * std::max<std::size_t>(layers.back()->size(), 1)) {
    auto merged = FrozenEdits::merge(**(layers.end() - 2), *layers.back());
    layers.pop_back();
    layers.back() = std::move(merged);
  }
  for (LoggedCommit& commit : commits) {
    memory->terms->add(commit.record.terms);
    memory->log->add({std::move(commit.record.info), commit.at});
  }
  return memory;
}

std::filesystem::path wal_file(const std::filesystem::path& store, std::uint64_t number) {
  return store / "wal" / fmt::format("{:08}.log", number);
}

std::string describe_damage(const std::filesystem::path& store, const Memory& memory) {
  const auto path = wal_file(store, memory.wal);
  const std::vector<std::string> lost = lost_records(path, memory.end);
  if (lost.empty()) return "";
  const std::uint64_t first = decode(lost.front()).info.number;
  const std::uint64_t last = decode(lost.back()).info.number;
  return fmt::format("{} is damaged at byte {}, where commit {} begins; {} commits behind it are whole, from {} to {}",
                     path.string(), memory.end, memory.commit + 1, lost.size(), first, last);
}

std::shared_ptr<const Memory> replay(const std::filesystem::path& store, std::shared_ptr<const Memory> before,
                                     LogDamage damage) {
  const auto path = wal_file(store, before->wal);
  std::vector<LoggedCommit> commits;
  std::uint64_t last = before->commit;
  const std::uint64_t end = read_wal(path, before->end, [&](const WalRecord& record) {
    commits.push_back({decode(record.bytes), record.at, record.checksum});
    const std::uint64_t number = commits.back().record.info.number;
    if (number != last + 1) {
      throw base::Error(
          base::Code::Corrupt,
          fmt::format("{}: commit {} follows commit {}: restore the store from a backup", path.string(), number, last));
    }
    last = number;
  });
  const bool from_start = before->end == 0;
  auto memory = commits.empty() ? std::move(before) : with_commits(*before, std::move(commits), end);
  if (!from_start || damage == LogDamage::Cut) return memory;
  const std::string problem = describe_damage(store, *memory);
  if (problem.empty()) return memory;
  throw base::Error(base::Code::Corrupt, problem + ": " + cut_log_remedy);
}

bool is_in_log(const std::filesystem::path& store, const Memory& memory) {
  return memory.end == 0 || wal_checksum(wal_file(store, memory.wal), memory.last_at) == memory.checksum;
}

}  // namespace scenograph::store::internal
