#include "base/limited_source.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace scenograph::base {

std::size_t LimitedSource::read(std::span<char> buffer) {
  const std::size_t got = source_.read(buffer);
  count_ += got;
  if (max_bytes_ != 0 && count_ > max_bytes_) {
    const std::string remedy = option_.empty() ? "" : fmt::format("; {} raises the limit", option_);
    throw Error(Code::TooLarge, fmt::format("larger than the {} bytes allowed{}", max_bytes_, remedy), {source_name_});
  }
  return got;
}

}  // namespace scenograph::base
