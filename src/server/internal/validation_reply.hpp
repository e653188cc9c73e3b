#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.hpp"
#include "publish/language.hpp"
#include "server/internal/exchange.hpp"
#include "server/internal/services.hpp"
#include "shacl/validate.hpp"
#include "syntax/format.hpp"

namespace scenograph::server {

/// What reading repaired or passed over: the first ones. They name no source, there being one document.
struct Remarks {
  static constexpr std::size_t most = 200;

  void add(base::Diagnostic remark) {
    remark.where.source.clear();
    if (++count <= most) shown.push_back(std::move(remark));
  }

  std::uint64_t count = 0;
  std::vector<base::Diagnostic> shown;
};

/// What came of one document.
struct Validated {
  shacl::Report report;
  Remarks remarks;
  std::uint64_t quads = 0;
  std::string title;  ///< its file's name or address; empty if it has neither
  syntax::Format syntax = syntax::Format::Turtle;

  /// Whether the shapes had something to check.
  [[nodiscard]] bool is_checked() const { return report.focus_nodes > 0 || !report.conforms; }
};

/// How a report is written.
struct ReportSyntax {
  enum class Kind : std::uint8_t { Json, Page, Text, Sarif, Graph };
  Kind kind = Kind::Json;
  syntax::Format graph = syntax::Format::Turtle;  ///< of Graph
};

/// The syntax that `format` names, or else what the Accept header likes best; nullopt if it likes none.
/// @throws  Error(Code::BadArgument) for a format that is none.
[[nodiscard]] std::optional<ReportSyntax> report_syntax(std::string_view format, std::string_view accept);

/// What pages repeat of the request.
struct ValidationForm {
  publish::Language language = publish::Language::French;
  bool takes_addresses = false;
  std::string input;  ///< what was pasted
};

/// The report.
[[nodiscard]] Response validation_reply(const Services& services, const Validated& validated,
                                        const ReportSyntax& syntax, const ValidationForm& form);

/// The form again, with why there is no report.
[[nodiscard]] Response validation_failure(const Services& services, const base::Error& error, int status,
                                          const ValidationForm& form);

}  // namespace scenograph::server
