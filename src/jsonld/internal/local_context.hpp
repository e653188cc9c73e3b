#pragma once

#include <map>
#include <string>

#include "jsonld/internal/context.hpp"

namespace scenograph::jsonld {

/// A context whose terms are being worked into `active`; `defined` is false for those under way.
struct ContextProcessor::Local {
  Context& active;
  const Value::Object& entries;
  const std::string& base_url;
  const Remote& remote;
  const ContextFlags& flags;
  bool is_protected = false;
  std::map<std::string, bool> defined;
  unsigned depth = 0;

  [[nodiscard]] bool is_undefined(const std::string& term) const {
    const auto found = defined.find(term);
    return entries.count(term) != 0 && (found == defined.end() || !found->second);
  }
};

}  // namespace scenograph::jsonld
