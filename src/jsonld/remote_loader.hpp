#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "jsonld/document.hpp"

namespace scenograph::jsonld {

/// Where documents of JSON-LD that others name may come from, beside those the program holds.
struct RemoteOptions {
  std::map<std::string, std::string> files;            ///< by address: a file in its place
  std::vector<std::string> allow_hosts;                ///< fetched over HTTP; each "HOST" or "HOST:PORT"
  std::chrono::milliseconds timeout{30'000};           ///< of one transfer; 0: none
  std::uint64_t max_bytes = std::uint64_t{64} << 20U;  ///< of one document; 0: any
};

/// Takes documents from files first, then from the program, then over HTTP from hosts that are allowed. Others it
/// refuses by Error(Code::Denied) that names `--context-file` and `--allow-context`.
///
/// Thread-safe. @param budget  held; checked while waiting. @throws Error(Code::BadArgument) naming the option.
[[nodiscard]] DocumentLoader make_loader(const RemoteOptions& options, std::shared_ptr<base::Budget> budget);

}  // namespace scenograph::jsonld
