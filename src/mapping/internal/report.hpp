#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/diagnostic.hpp"
#include "base/utf8.hpp"

namespace scenograph::mapping::internal {

/// Tells diagnostics of a run and counts what was left out.
class Report {
 public:
  explicit Report(base::DiagnosticSink sink) : sink_(std::move(sink)) {}

  /// A value that yields no term.
  void leave_out(base::Severity severity, base::Where where, std::string_view field, std::string_view found,
                 base::Phrase message) {
    ++left_out_;
    if (!sink_) return;
    sink_({severity,
           std::move(where),
           std::string(field),
           std::string(base::cut_utf8(found, 200)),
           {},
           std::move(message)});
  }

  [[nodiscard]] std::uint64_t left_out() const { return left_out_; }

 private:
  base::DiagnosticSink sink_;
  std::uint64_t left_out_ = 0;
};

}  // namespace scenograph::mapping::internal
