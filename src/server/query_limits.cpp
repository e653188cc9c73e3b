#include "server/internal/query_limits.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/quantity.hpp"

namespace scenograph::server {

namespace {

using Parse = std::uint64_t (*)(std::string_view name, std::string_view text);

/// Whether the parameter asks for less than `limit` (0: none), which then becomes that.
bool lower(std::uint64_t& limit, const Parameters& parameters, std::string_view name, Parse parse) {
  const auto [first, last] = parameters.equal_range(name);
  if (first == last) return false;
  const std::string what = fmt::format("the parameter \"{}\"", name);
  if (std::next(first) != last) throw base::Error(base::Code::BadArgument, what + " is given more than once");
  const std::uint64_t wanted = parse(what, first->second);
  if (wanted == 0 || (limit != 0 && wanted >= limit)) return false;
  limit = wanted;
  return true;
}

}  // namespace

QueryLimits limits_of(const ServerOptions& options, const Parameters& parameters) {
  QueryLimits out;
  auto timeout_ms = static_cast<std::uint64_t>(options.query_timeout.count());
  std::uint64_t memory = options.query_memory;
  out.max_results = options.max_results;
  out.remedies.timeout = "the server's limit, set by --timeout; narrow the request";
  out.remedies.memory = "the server's limit, set by --query-memory; narrow the request";
  out.remedies.spill = "the server's limit, set by --query-spill; narrow the request";
  out.max_results_remedy = "the server's limit, set by --max-results; add LIMIT";
  if (lower(timeout_ms, parameters, "timeout", base::parse_milliseconds)) {
    out.remedies.timeout = "raise it with the parameter \"timeout\", or narrow the request";
  }
  if (lower(memory, parameters, "query-memory", base::parse_bytes)) {
    out.remedies.memory = "raise it with the parameter \"query-memory\", or narrow the request";
  }
  if (lower(out.max_results, parameters, "max-results", base::parse_count)) {
    out.max_results_remedy = "raise it with the parameter \"max-results\", or add LIMIT";
  }
  out.timeout = std::chrono::milliseconds(timeout_ms);
  out.memory = memory;
  return out;
}

}  // namespace scenograph::server
