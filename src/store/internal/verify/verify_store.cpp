#include "store/internal/verify/verify_store.hpp"

#include <algorithm>

#include "store/internal/verify/check_contents.hpp"
#include "store/internal/verify/check_files.hpp"

namespace scenograph::store::internal {

namespace {

/// A state with its files, or without them if they cannot all be opened.
std::shared_ptr<const State> open_what_opens(const StateSource& source) {
  try {
    return open_state(source, nullptr);
  } catch (const base::Error& error) {
    using base::Code;
    const bool damaged =
        error.code() == Code::Corrupt || error.code() == Code::NotFound || error.code() == Code::Unsupported;
    if (!damaged) throw;
  }
  auto state = std::make_shared<State>();
  state->environment = source.environment;
  state->tables = source.tables;
  state->txn = begin_txn(source.environment.get(), MDB_RDONLY);
  touch_tables(state->txn.get(), source.tables);
  state->memory = empty_memory(state->txn.get(), source.tables);
  return state;
}

}  // namespace

VerifyReport verify_store(const StateSource& source, std::span<const std::shared_ptr<const TermAnalyser>> indexes,
                          const VerifyOptions& options) {
  VerifyReport report;
  Findings findings;
  const auto state = open_what_opens(source);
  report.commit = state->memory->commit;
  FileChecks files(source, *state, indexes, findings);
  std::vector<Task> tasks;
  tasks.push_back(
      {1, [&] { findings.guard(data_file_name, "the change log", [&] { check_log(source, *state, findings); }); }});
  files.add_tasks(tasks);
  run_tasks(std::move(tasks), options.threads, options.progress);
  files.compare_orders();
  report.files = files.files() + 1;
  report.bytes = files.bytes() + std::filesystem::file_size(source.folder / data_file_name);
  if (findings.count() == 0) {
    std::vector<Task> contents;
    add_content_tasks(*state, findings, std::max<std::uint64_t>(files.bytes() / order_count, 1), contents);
    run_tasks(std::move(contents), options.threads, options.progress);
    report.quads = read_count(state->layers(), Counter::Quads, {});
  }
  findings.guard(data_file_name, "all that it lists", [&] { check_sum(*state, findings); });
  findings.move_to(report);
  return report;
}

}  // namespace scenograph::store::internal
