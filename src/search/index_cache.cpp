#include "search/index_cache.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string_view>
#include <thread>

#include "base/log.hpp"
#include "base/priority.hpp"

namespace scenograph::search {

namespace {

/// A snapshot and what of it may be searched.
struct Content {
  store::Snapshot snapshot;
  store::GraphSet readable;
};

struct Built {
  std::shared_ptr<const NameIndex> index;
  std::uint64_t commit;
  store::GraphSet readable;
};

bool is_latest(const Built& built, const Content& content) {
  return built.commit == content.snapshot->commit_number() && built.readable == content.readable;
}

}  // namespace

struct IndexCache::State {
  explicit State(IndexOptions its_options) : options(std::move(its_options)) {}

  std::shared_ptr<const Built> latest() {
    const std::lock_guard lock(mutex);
    return built;
  }

  /// REQUIRES: `building` is held.
  std::shared_ptr<const Built> build(const Content& content, std::stop_token stop) {
    IndexOptions stoppable = options;
    stoppable.stop = std::move(stop);
    auto made = std::make_shared<const Built>(Built{NameIndex::build(*content.snapshot, content.readable, stoppable),
                                                    content.snapshot->commit_number(), content.readable});
    const std::lock_guard lock(mutex);
    if (!built || built->commit <= made->commit) built = made;
    return made;
  }

  void build_unless_latest(const Content& content, const std::stop_token& stop) {
    const std::lock_guard one_at_a_time(building);
    const auto before = latest();
    if (!before || !is_latest(*before, content)) build(content, stop);
  }

  std::optional<Content> next(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    if (!changed.wait(lock, stop, [this] { return wanted.has_value(); })) return std::nullopt;
    return std::exchange(wanted, std::nullopt);
  }

  void rest(const std::stop_token& stop, std::chrono::steady_clock::duration time) {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, stop, time, [] { return false; });
  }

  void work(const std::stop_token& stop) {
    base::give_way();
    const auto warn = [](std::string_view reason) {
      base::log(base::LogLevel::Warning, "search-index-failed", {{"reason", reason}});
    };
    while (auto content = next(stop)) {
      const auto start = std::chrono::steady_clock::now();
      try {
        build_unless_latest(*content, stop);
      } catch (const std::exception& failure) {  // no request waits for it; the next search asks again
        if (!stop.stop_requested()) warn(failure.what());
      }
      content.reset();  // a snapshot kept while resting would keep its files
      rest(stop, std::chrono::steady_clock::now() - start);
    }
  }

  const IndexOptions options;
  std::stop_source ended;  ///< of all building
  std::mutex building;     ///< taken before `mutex`
  std::mutex mutex;        ///< of what follows
  std::condition_variable_any changed;
  std::shared_ptr<const Built> built;
  std::optional<Content> wanted;
  std::jthread worker;  // last: it uses all of the above
};

IndexCache::IndexCache(IndexOptions options) : state_(std::make_unique<State>(std::move(options))) {}

IndexCache::~IndexCache() = default;

void IndexCache::stop() noexcept {
  state_->ended.request_stop();
  const std::lock_guard lock(state_->mutex);
  state_->worker.request_stop();
}

void IndexCache::refresh(store::Snapshot snapshot, store::GraphSet readable) {
  State& state = *state_;
  const std::lock_guard lock(state.mutex);
  if (state.ended.stop_requested()) return;
  if (state.wanted && state.wanted->snapshot->commit_number() > snapshot->commit_number()) return;
  Content content{std::move(snapshot), std::move(readable)};
  if (state.built && is_latest(*state.built, content)) return;
  state.wanted = std::move(content);
  // Not in the constructor: a thread inherits the signals that are blocked, and a server blocks them later.
  if (!state.worker.joinable()) state.worker = std::jthread([&state](std::stop_token stop) { state.work(stop); });
  state.changed.notify_all();
}

std::shared_ptr<const NameIndex> IndexCache::get(const store::Snapshot& snapshot, const store::GraphSet& readable) {
  const Content content{snapshot, readable};
  auto found = state_->latest();
  if (!found || !found->readable.is_within(readable)) {
    const std::lock_guard one_at_a_time(state_->building);
    found = state_->latest();  // whoever had the lock may have built it
    if (!found || !found->readable.is_within(readable)) {
      return state_->build(content, state_->ended.get_token())->index;
    }
  }
  if (!is_latest(*found, content)) refresh(snapshot, readable);
  return found->index;
}

}  // namespace scenograph::search
