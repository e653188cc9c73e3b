#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "jsonld/internal/context.hpp"

namespace scenograph::jsonld {

/// Expands parts of a document for those who walk it themselves. Throws as `expand` does.
class PartExpander {
 public:
  /// @param options  must outlive this
  explicit PartExpander(const ProcessorOptions& options);
  ~PartExpander();
  PartExpander(const PartExpander&) = delete;
  PartExpander& operator=(const PartExpander&) = delete;

  /// The one that documents begin with.
  [[nodiscard]] ContextPtr initial_context();
  [[nodiscard]] ContextPtr context(const ContextPtr& active, const Value& local);

  /// A value of a property, or with none a node at the top of a graph.
  [[nodiscard]] Value value(const ContextPtr& active, const std::optional<std::string>& property, const Value& value);

  /// What one entry of a node becomes.
  [[nodiscard]] Value::Object entry(const ContextPtr& active, const std::string& key, const Value& value);

  [[nodiscard]] std::optional<std::string> iri(const Context& active, std::string_view text, bool vocab,
                                               bool document_relative);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace scenograph::jsonld
