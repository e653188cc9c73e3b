#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace scenograph::mapping {

namespace internal {
struct Model;
}

/// How records of some sources become quads: a checked RML document. Cheap to copy; immutable; safe to share.
class Mapping {
 public:
  explicit Mapping(std::shared_ptr<const internal::Model> model) : model_(std::move(model)) {}

  /// The files it reads, each once, in the order of the document.
  [[nodiscard]] std::vector<std::filesystem::path> sources() const;

  /// The IRIs of its triples maps ("_:label" for blank nodes), in the order of the document.
  [[nodiscard]] std::vector<std::string> triples_maps() const;

  [[nodiscard]] const internal::Model& model() const { return *model_; }

 private:
  std::shared_ptr<const internal::Model> model_;
};

/// Loads RML from a Turtle file: the modules Core, IO (files) and FNML, in the namespace http://w3id.org/rml/ or in the
/// older ones of R2RML and RML. Relative source paths start at the file's folder.
///
/// @throws  Error(Code::BadSyntax) for faulty Turtle, templates and paths; Error(Code::BadData) naming the triples map
///          and what is wrong with it; Error(Code::Unsupported) for references other than CSV and JSONPath and for
///          unknown functions.
///
/// Source: RML-Core, RML-IO and RML-FNML of the W3C Knowledge Graph Construction Community Group; docs/mapping.md.
[[nodiscard]] Mapping load_mapping(const std::filesystem::path& path);

/// As above, from a text; relative source paths start at `folder`.
[[nodiscard]] Mapping parse_mapping(std::string_view turtle, const std::filesystem::path& folder,
                                    std::string_view source_name = {});

}  // namespace scenograph::mapping
