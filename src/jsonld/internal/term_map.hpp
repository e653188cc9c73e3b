#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace scenograph::jsonld {

struct TermDefinition;

/// The terms of a context. A copy shares what it does not change: documents put contexts of a few terms upon one of
/// thousands for every node. One thread, copies included.
class TermMap {
 public:
  using Definition = std::shared_ptr<const TermDefinition>;

  /// nullptr if the term is not defined.
  [[nodiscard]] const Definition* find(std::string_view term) const;

  void set(const std::string& term, Definition definition);
  void erase(const std::string& term);

  [[nodiscard]] bool has_protected() const { return protected_ != 0; }

  /// Makes the copies to come, and look-ups in them, cheap. Cost: amortised, logarithmic for each term set.
  void settle();

  /// Calls `visit(term, definition)` for each term, in no order.
  template <typename Visit>
  void for_each(const Visit& visit) const {
    for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
      for (const auto& [term, definition] : *layers_[layer]) {
        if (definition != nullptr && !is_hidden(term, layer)) visit(term, *definition);
      }
    }
  }

 private:
  using Layer = std::map<std::string, Definition, std::less<>>;  // null: not defined, whatever lies below

  [[nodiscard]] bool is_hidden(std::string_view term, std::size_t layer) const;
  void put(const std::string& term, Definition definition);

  std::vector<std::shared_ptr<Layer>> layers_;  ///< later ones go first; settled, each is less than half the one before
  std::size_t protected_ = 0;
};

}  // namespace scenograph::jsonld
