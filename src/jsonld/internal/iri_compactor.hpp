#pragma once

#include <map>
#include <memory>
#include <string>

#include "jsonld/internal/context.hpp"
#include "jsonld/internal/inverse_context.hpp"

namespace scenograph::jsonld {

/// Writes IRIs in the terms of contexts. Source: API, section 6.2.
class IriCompactor {
 public:
  explicit IriCompactor(bool json_ld_1_0) : json_ld_1_0_(json_ld_1_0) {}

  struct Use {
    const Value* value = nullptr;  ///< of the property that is being named
    bool vocab = false;            ///< rather than relative to the base
    bool reverse = false;
  };

  [[nodiscard]] std::string compact(const ContextPtr& active, const std::string& iri, const Use& use);

  /// The context's name of a keyword.
  [[nodiscard]] std::string alias(const ContextPtr& active, const std::string& keyword) {
    return compact(active, keyword, {nullptr, true, false});
  }

 private:
  [[nodiscard]] const InverseContext& inverse(const ContextPtr& active);
  [[nodiscard]] const std::string* select_term(const ContextPtr& active, const std::string& iri, const Use& use);

  bool json_ld_1_0_;
  struct Known {
    ContextPtr context;  // kept, so that no other one gets its address
    InverseContext inverse;
  };
  std::map<const Context*, Known> inverses_;
};

}  // namespace scenograph::jsonld
