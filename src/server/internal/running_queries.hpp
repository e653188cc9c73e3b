#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.hpp"
#include "base/error.hpp"

namespace scenograph::server {

class RunningQueries;

/// One query or update under way: registered for as long as this lives, and logged at its end if it was slow.
/// Thread-safe.
class RunningQuery {
 public:
  RunningQuery(RunningQueries& all, std::uint64_t id, std::string_view text, std::string_view client,
               std::shared_ptr<base::Budget> budget);
  RunningQuery(const RunningQuery&) = delete;
  RunningQuery& operator=(const RunningQuery&) = delete;
  ~RunningQuery();

  /// Tells of rows or triples, of a query, or of quads changed, by an update.
  void add_rows(std::size_t count) noexcept { rows_.fetch_add(count, std::memory_order_relaxed); }

  /// What a part of its work returns; an Error that it throws is noted as the outcome.
  template <typename Work>
  auto note_failure(const Work& work) {
    try {
      return work();
    } catch (const base::Error& error) {
      outcome_ = base::name_of(error.code());
      throw;
    }
  }

  [[nodiscard]] const std::shared_ptr<base::Budget>& budget() const { return budget_; }

 private:
  friend class RunningQueries;

  RunningQueries& all_;
  std::uint64_t id_;
  std::string text_;       ///< its beginning
  std::size_t text_size_;  ///< bytes of all
  std::string client_;
  std::shared_ptr<base::Budget> budget_;
  std::int64_t started_ms_;
  std::chrono::steady_clock::time_point start_;
  std::atomic<std::uint64_t> rows_ = 0;
  std::string_view outcome_ = "ended";  ///< of the query's own thread
};

/// What operators see of a query.
struct RunningQueryInfo {
  std::uint64_t id = 0;
  std::string text;
  std::string client;           ///< its address
  std::int64_t started_ms = 0;  ///< since 1970
  double seconds = 0;
  std::uint64_t rows = 0;  ///< handed on so far
  std::size_t memory = 0;  ///< bytes charged to its budget
  std::size_t peak_memory = 0;
};

/// The queries and updates under way: at most so many. Thread-safe; never waits for one of them.
class RunningQueries {
 public:
  static constexpr std::size_t longest_text = 2000;  ///< bytes of a query's text that are kept

  /// @param slow  what takes longer is logged; zero: nothing is.
  RunningQueries(std::size_t most, std::chrono::milliseconds slow) : most_(most), slow_(slow) {}
  RunningQueries(const RunningQueries&) = delete;
  RunningQueries& operator=(const RunningQueries&) = delete;

  /// Null if as many as may are running. Must not outlive this.
  [[nodiscard]] std::shared_ptr<RunningQuery> start(std::string_view text, std::string_view client,
                                                    std::shared_ptr<base::Budget> budget);

  [[nodiscard]] std::size_t count() const;

  /// In the order in which they began.
  [[nodiscard]] std::vector<RunningQueryInfo> list() const;

  /// Has a query end soon; @return false if there is none of this number.
  bool cancel(std::uint64_t id);

 private:
  friend class RunningQuery;
  void end(const RunningQuery& query) noexcept;

  std::size_t most_;
  std::chrono::milliseconds slow_;
  mutable std::mutex mutex_;
  std::uint64_t last_id_ = 0;
  std::map<std::uint64_t, RunningQuery*> running_;
};

}  // namespace scenograph::server
