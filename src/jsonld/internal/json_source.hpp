#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "jsonld/html.hpp"
#include "jsonld/json.hpp"
#include "syntax/reader.hpp"

namespace scenograph::jsonld {

/// Parses the JSON of documents and of scripts inside pages, with places of the whole input.
class JsonSource {
 public:
  /// @param options  must outlive this
  explicit JsonSource(const syntax::ReadOptions& options) : options_(options) {}

  /// @throws as `parse_json`; where reading is lenient, only for what cannot be repaired
  [[nodiscard]] Value parse(const Script& script) const;

  void report(base::Severity severity, const base::Where& where, std::string_view found, std::string made,
              std::string message) const;

  /// The fault, at its place in the page.
  [[nodiscard]] base::Error placed(const base::Error& fault, const Script& script) const;

 private:
  [[nodiscard]] Value parse_repaired(const Script& script, const base::Error& fault) const;
  [[nodiscard]] base::Where place(const Script& script, std::size_t offset) const;

  const syntax::ReadOptions& options_;
};

}  // namespace scenograph::jsonld
