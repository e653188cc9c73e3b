#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/budget.hpp"
#include "rdf/date_time.hpp"
#include "sparql/custom_functions.hpp"
#include "sparql/exec/term_table.hpp"
#include "sparql/service_client.hpp"
#include "store/view.hpp"

namespace scenograph::sparql {

/// What all operators and expressions of one running query share. One thread.
struct Context {
  Context(std::shared_ptr<const store::View> the_view, std::shared_ptr<base::Budget> the_budget);

  /// Checks the budget at every eighth call: for loops that run expressions, which may be long, over rows.
  void tick() {
    if ((++ticks_ & 7U) == 0) budget->check();
  }

  std::shared_ptr<const store::View> view;
  std::shared_ptr<base::Budget> budget;
  TermTable terms;
  rdf::DateTime now;                              ///< of NOW(): one moment for the whole query, UTC
  std::string base;                               ///< IRI that IRI() resolves against; may be empty
  std::shared_ptr<const ServiceClient> services;  ///< asks what SERVICE asks; may be null
  std::shared_ptr<CustomFunctions> functions;     ///< besides those of the engine; may be null

 private:
  std::uint32_t ticks_ = 0;
};

}  // namespace scenograph::sparql
