#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "rdf/term.hpp"

namespace scenograph::sparql {

/// One solution: terms by the number of their variable; nullopt is unbound.
using SolutionRow = std::vector<std::optional<rdf::Term>>;

/// The solutions of a query that another endpoint answers, read once from front to back by one thread.
class RemoteSolutions {
 public:
  RemoteSolutions() = default;
  RemoteSolutions(const RemoteSolutions&) = delete;
  RemoteSolutions& operator=(const RemoteSolutions&) = delete;
  virtual ~RemoteSolutions() = default;

  /// Names without "?"; complete once the last row is read.
  [[nodiscard]] virtual const std::vector<std::string>& variables() const = 0;

  /// Replaces `row` by the next solution, `variables().size()` long; @return false at the end. Blank node labels are
  /// those of the answer.
  [[nodiscard]] virtual bool next(SolutionRow& row) = 0;
};

/// Asks other endpoints what SERVICE patterns ask. Thread-safe.
class ServiceClient {
 public:
  virtual ~ServiceClient() = default;

  /// One that goes on using its connections, for a single query on a single thread; null: this one does as well.
  [[nodiscard]] virtual std::shared_ptr<const ServiceClient> for_query() const { return nullptr; }

  /// Sends a SELECT to the endpoint. The answer streams: work is done as rows are asked for.
  ///
  /// @param budget  deadline and cancellation hold while waiting; memory of a row is charged to it.
  /// @throws  here or while reading: Error(Code::Denied) for an endpoint that may not be asked, naming
  ///          `--allow-service`; Error(Code::Remote) if it cannot be reached, or refuses; Error(Code::BadData) for an
  ///          answer that cannot be read; Error(Code::Timeout, Code::TooLarge) naming the option; what the budget
  ///          throws.
  ///
  /// Source: SPARQL 1.1 Protocol, section 2.1.
  [[nodiscard]] virtual std::unique_ptr<RemoteSolutions> select(const std::string& endpoint, const std::string& query,
                                                                std::shared_ptr<base::Budget> budget) const = 0;
};

}  // namespace scenograph::sparql
