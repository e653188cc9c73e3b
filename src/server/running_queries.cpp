#include "server/internal/running_queries.hpp"

#include <malloc.h>

#include <utility>

#include "base/log.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"

namespace scenograph::server {

namespace {

std::string beginning_of(std::string_view text) {
  const std::string_view kept = base::cut_utf8(text, RunningQueries::longest_text);
  return std::string(kept) + (kept.size() < text.size() ? "…" : "");
}

/// Gives freed memory back to the system after a query that may have taken much: the allocator would keep some for each
/// thread that ever ran one.
void give_back_memory(std::size_t peak, std::size_t text_size) {
  constexpr std::size_t much = std::size_t{32} << 20U;
  constexpr std::size_t long_text = std::size_t{4} << 10U;  // its algebra and plan are not in the peak
  if (peak >= much || text_size >= long_text) malloc_trim(0);
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

RunningQuery::RunningQuery(RunningQueries& all, std::uint64_t id, std::string_view text, std::string_view client,
                           std::shared_ptr<base::Budget> budget)
    : all_(all),
      id_(id),
      text_(beginning_of(text)),
      text_size_(text.size()),
      client_(client),
      budget_(std::move(budget)),
      started_ms_(base::now_ms()),
      start_(std::chrono::steady_clock::now()) {}

RunningQuery::~RunningQuery() { all_.end(*this); }

std::shared_ptr<RunningQuery> RunningQueries::start(std::string_view text, std::string_view client,
                                                    std::shared_ptr<base::Budget> budget) {
  const std::lock_guard lock(mutex_);
  if (running_.size() >= most_) return nullptr;
  const std::uint64_t id = last_id_ + 1;
  auto out = std::make_shared<RunningQuery>(*this, id, text, client, std::move(budget));
  running_.emplace(id, out.get());
  last_id_ = id;
  return out;
}

std::size_t RunningQueries::count() const {
  const std::lock_guard lock(mutex_);
  return running_.size();
}

std::vector<RunningQueryInfo> RunningQueries::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<RunningQueryInfo> out;
  for (const auto& [id, query] : running_) {
    out.push_back({id, query->text_, query->client_, query->started_ms_, seconds_since(query->start_),
                   query->rows_.load(std::memory_order_relaxed), query->budget_->held(), query->budget_->peak()});
  }
  return out;
}

bool RunningQueries::cancel(std::uint64_t id) {
  const std::lock_guard lock(mutex_);
  const auto at = running_.find(id);
  if (at == running_.end()) return false;
  at->second->budget_->cancel();
  return true;
}

void RunningQueries::end(const RunningQuery& query) noexcept {
  {
    const std::lock_guard lock(mutex_);
    running_.erase(query.id_);
  }
  give_back_memory(query.budget_->peak(), query.text_size_);
  const double seconds = seconds_since(query.start_);
  if (slow_.count() == 0 || seconds < std::chrono::duration<double>(slow_).count()) return;
  base::log(base::LogLevel::Warning, "slow-query",
            {{"id", static_cast<std::int64_t>(query.id_)},
             {"seconds", seconds},
             {"outcome", query.outcome_},
             {"rows", static_cast<std::int64_t>(query.rows_.load())},
             {"peak-memory", static_cast<std::int64_t>(query.budget_->peak())},
             {"client", std::string_view(query.client_)},
             {"text", std::string_view(query.text_)}});
}

}  // namespace scenograph::server
