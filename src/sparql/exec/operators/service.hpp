#pragma once

#include <string>
#include <vector>

#include "sparql/algebra/algebra.hpp"
#include "sparql/exec/context.hpp"
#include "sparql/exec/operator.hpp"

namespace scenograph::sparql {

/// A question to one endpoint.
struct ServiceCall {
  const algebra::Pattern* pattern = nullptr;  ///< a Service; must outlive the operator
  store::TermId endpoint;
  std::vector<std::string> columns;  ///< variables of the operator's rows

  /// What is known already: terms of the first variables of `known`, all bound, no blank nodes, no row twice. The
  /// endpoint is sent them as VALUES.
  std::vector<std::string> known;
  std::vector<std::vector<store::TermId>> rows;
};

/// The solutions of the pattern at the endpoint that agree with one of the known rows, each joined with it; all of them
/// if nothing is known. Blank nodes of the answer are new ones.
///
/// A SILENT pattern whose endpoint fails has the known rows themselves for solutions, or one that binds nothing; its
/// solutions are held in memory until the last one has come. The query's own limits end it all the same.
///
/// @throws  while reading: what `ServiceClient::select` throws, Error(Code::Remote) for an answer that cannot be read;
///          Error(Code::BadArgument) for an endpoint that is no IRI.
///
/// Source: SPARQL 1.1 Federated Query, sections 2 and 4.
[[nodiscard]] OperatorPtr make_service(Context& context, ServiceCall call);

}  // namespace scenograph::sparql
