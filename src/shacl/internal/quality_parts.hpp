#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/budget.hpp"
#include "shacl/internal/path_reader.hpp"
#include "store/graph_set.hpp"
#include "store/view.hpp"

namespace scenograph::shacl {

/// Tells parts, which are scored with what refers to them, from entities. One thread.
class QualityParts {
 public:
  static constexpr int max_steps = 4;  ///< from a part to its entity

  /// Everything must outlive it. @param prefix  of IRIs of parts; "": none. @param classes  of further parts
  QualityParts(const store::View& view, const store::GraphSet& graphs, PathReader& reader, base::Budget& budget,
               std::string prefix, std::vector<store::TermId> classes)
      : view_(view),
        graphs_(graphs),
        reader_(reader),
        budget_(budget),
        prefix_(std::move(prefix)),
        classes_(std::move(classes)) {}

  /// Leaves the nodes out that can be no entities whatever their classes: those without an IRI or with the prefix.
  void keep_entities(std::vector<store::TermId>& nodes) const;

  /// Which of some nodes (sorted, each once) are parts, but for entities among the instances of part classes.
  [[nodiscard]] std::vector<bool> are_parts(std::span<const store::TermId> nodes) const;

  /// Finds the entities that parts belong to.
  ///
  /// @param is_entity  of a node
  /// @return           pairs of an entity and the place of its part in `parts`; sorted, each once
  [[nodiscard]] std::vector<std::pair<store::TermId, std::uint32_t>> owners(
      std::span<const store::TermId> parts, const std::function<bool(store::TermId)>& is_entity) const;

 private:
  using Links = std::vector<std::pair<store::TermId, std::uint32_t>>;

  /// Calls `sink(node, subject)` for each subject that refers to one of the nodes (sorted, each once).
  template <typename Sink>
  void each_referrer(std::span<const store::TermId> nodes, const Sink& sink) const;

  const store::View& view_;
  const store::GraphSet& graphs_;
  PathReader& reader_;
  base::Budget& budget_;
  std::string prefix_;
  std::vector<store::TermId> classes_;  // sorted
};

}  // namespace scenograph::shacl
