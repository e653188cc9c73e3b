#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "store/internal/tables.hpp"
#include "store/store.hpp"

namespace scenograph::store::internal {

/// A write transaction.
///
/// @param writer     the lock that lets one transaction in at a time; held as long as the transaction lives.
/// @param committed  called once the commit is durable and visible.
[[nodiscard]] std::unique_ptr<Transaction> begin_transaction(std::shared_ptr<MDB_env> environment, const Tables& tables,
                                                             std::unique_lock<std::mutex> writer,
                                                             std::function<void()> committed);

}  // namespace scenograph::store::internal
