#include "store/internal/load/pages.hpp"

#include <sys/mman.h>

#include <cstring>
#include <new>

namespace scenograph::store::internal {

namespace {

constexpr std::size_t small_page = std::size_t{4} << 10U;
constexpr std::size_t huge_page = std::size_t{2} << 20U;

std::size_t rounded(std::size_t bytes) {
  const std::size_t page = bytes < huge_page ? small_page : huge_page;
  return (bytes + page - 1) / page * page;
}

void* new_pages(std::size_t bytes) {
  return ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

#ifdef __SANITIZE_THREAD__
/// The thread sanitizer does not see mremap, and takes what others once read at the new address for a race.
void* grown_pages(void* old, std::size_t old_bytes, std::size_t bytes) {
  void* fresh = new_pages(bytes);
  if (fresh == MAP_FAILED) return fresh;
  std::memcpy(fresh, old, old_bytes);
  ::munmap(old, old_bytes);
  return fresh;
}
#else
void* grown_pages(void* old, std::size_t old_bytes, std::size_t bytes) {
  return ::mremap(old, old_bytes, bytes, MREMAP_MAYMOVE);
}
#endif

}  // namespace

PageMemory::~PageMemory() {
  if (data_ != nullptr) ::munmap(data_, bytes_);
}

void PageMemory::reserve(std::size_t bytes) {
  if (bytes <= bytes_) return;
  bytes = rounded(bytes);
  void* fresh = data_ == nullptr ? new_pages(bytes) : grown_pages(data_, bytes_, bytes);
  if (fresh == MAP_FAILED) throw std::bad_alloc();
  data_ = fresh;
  bytes_ = bytes;
  if (bytes >= huge_page) ::madvise(data_, bytes_, MADV_HUGEPAGE);
}

}  // namespace scenograph::store::internal
