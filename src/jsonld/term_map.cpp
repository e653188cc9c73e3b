#include "jsonld/internal/term_map.hpp"

#include <utility>

#include "jsonld/internal/context.hpp"

namespace scenograph::jsonld {

const TermMap::Definition* TermMap::find(std::string_view term) const {
  for (std::size_t layer = layers_.size(); layer-- > 0;) {
    const auto found = layers_[layer]->find(term);
    if (found != layers_[layer]->end()) return found->second == nullptr ? nullptr : &found->second;
  }
  return nullptr;
}

void TermMap::set(const std::string& term, Definition definition) {
  if (definition->is_protected) ++protected_;
  put(term, std::move(definition));
}

void TermMap::erase(const std::string& term) { put(term, nullptr); }

void TermMap::put(const std::string& term, Definition definition) {
  if (const Definition* before = find(term); before != nullptr && (*before)->is_protected) --protected_;
  if (layers_.empty() || layers_.back().use_count() > 1) layers_.push_back(std::make_shared<Layer>());
  layers_.back()->insert_or_assign(term, std::move(definition));
}

void TermMap::settle() {
  while (layers_.size() > 1 && layers_[layers_.size() - 2]->size() <= 2 * layers_.back()->size()) {
    const auto above = std::move(layers_.back());
    layers_.pop_back();
    auto& below = layers_.back();
    if (below.use_count() > 1) below = std::make_shared<Layer>(*below);
    for (const auto& [term, definition] : *above) below->insert_or_assign(term, definition);
  }
}

bool TermMap::is_hidden(std::string_view term, std::size_t layer) const {
  while (++layer < layers_.size()) {
    if (layers_[layer]->find(term) != layers_[layer]->end()) return true;
  }
  return false;
}

}  // namespace scenograph::jsonld
