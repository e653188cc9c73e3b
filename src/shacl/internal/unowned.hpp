#pragma once

#include <memory>

namespace scenograph::shacl {

/// A pointer for who wants to share what outlives it.
template <typename T>
[[nodiscard]] std::shared_ptr<T> unowned(T& object) {
  return std::shared_ptr<T>(std::shared_ptr<void>(), &object);
}

}  // namespace scenograph::shacl
