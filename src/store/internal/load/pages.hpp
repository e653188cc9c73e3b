#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>

namespace scenograph::store::internal {

/// Memory straight from the operating system, in huge pages where it has them: zeroed, and grown without a copy.
class PageMemory {
 public:
  PageMemory() = default;
  PageMemory(const PageMemory&) = delete;
  PageMemory& operator=(const PageMemory&) = delete;
  PageMemory(PageMemory&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  PageMemory& operator=(PageMemory&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~PageMemory();

  /// Room for `bytes` at least; what was there stays, perhaps at another address.
  /// @throws std::bad_alloc
  void reserve(std::size_t bytes);

  [[nodiscard]] void* data() const { return data_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  void* data_ = nullptr;
  std::size_t bytes_ = 0;
};

/// An array for many millions of plain values. New elements are not initialised where `resize` makes them.
template <typename T>
class PageArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  PageArray() = default;
  explicit PageArray(std::size_t size) { resize(size); }
  PageArray(PageArray&& other) noexcept : memory_(std::move(other.memory_)), size_(std::exchange(other.size_, 0)) {}
  PageArray& operator=(PageArray&& other) noexcept {
    std::swap(memory_, other.memory_);
    std::swap(size_, other.size_);
    return *this;
  }

  void resize(std::size_t size) {
    memory_.reserve(size * sizeof(T));
    size_ = size;
  }
  void push_back(const T& value) {
    if ((size_ + 1) * sizeof(T) > memory_.bytes()) grow();
    data()[size_++] = value;
  }
  void clear() { *this = PageArray(); }

  [[nodiscard]] T* data() const { return static_cast<T*>(memory_.data()); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t bytes() const { return size_ * sizeof(T); }
  [[nodiscard]] T& operator[](std::size_t at) const { return data()[at]; }
  [[nodiscard]] T* begin() const { return data(); }
  [[nodiscard]] T* end() const { return data() + size_; }
  [[nodiscard]] std::span<T> span() const { return {data(), size_}; }

 private:
  void grow() { memory_.reserve(memory_.bytes() + memory_.bytes() / 2 + sizeof(T)); }

  PageMemory memory_;
  std::size_t size_ = 0;
};

}  // namespace scenograph::store::internal
