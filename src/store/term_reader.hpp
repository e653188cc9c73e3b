#pragma once

#include "rdf/term_view.hpp"
#include "store/term_id.hpp"

namespace scenograph::store {

/// Reads the terms of ids one after the other. It remembers where in the dictionary it has been, so that ids near those
/// it read lately cost less than `View::term`, and it makes no strings. One thread; the view must outlive it.
class TermReader {
 public:
  virtual ~TermReader() = default;

  /// REQUIRES: as `View::term`. @return the term, whose text is valid until the next call. @throws as that does.
  [[nodiscard]] virtual rdf::TermView read(TermId id) = 0;

  /// Tells that the id is about to be read, a handful of others before it: its bytes are fetched meanwhile, unless they
  /// are in the processor's cache. What `read` returned is no longer valid. REQUIRES and @throws as `read`.
  virtual void expect(TermId /*id*/) {}
};

}  // namespace scenograph::store
