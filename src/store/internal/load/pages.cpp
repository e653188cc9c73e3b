#include "store/internal/load/pages.hpp"

#include <sys/mman.h>

#include <new>

namespace scenograph::store::internal {

namespace {

constexpr std::size_t small_page = std::size_t{4} << 10U;
constexpr std::size_t huge_page = std::size_t{2} << 20U;

std::size_t rounded(std::size_t bytes) {
  const std::size_t page = bytes < huge_page ? small_page : huge_page;
  return (bytes + page - 1) / page * page;
}

}  // namespace

PageMemory::~PageMemory() {
  if (data_ != nullptr) ::munmap(data_, bytes_);
}

void PageMemory::reserve(std::size_t bytes) {
  if (bytes <= bytes_) return;
  bytes = rounded(bytes);
  void* fresh = data_ == nullptr ? ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                                 : ::mremap(data_, bytes_, bytes, MREMAP_MAYMOVE);
  if (fresh == MAP_FAILED) throw std::bad_alloc();
  data_ = fresh;
  bytes_ = bytes;
  if (bytes >= huge_page) ::madvise(data_, bytes_, MADV_HUGEPAGE);
}

}  // namespace scenograph::store::internal
