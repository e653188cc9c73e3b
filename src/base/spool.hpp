#pragma once

#include <cstdio>
#include <memory>
#include <string_view>

#include "base/bytes.hpp"

namespace scenograph::base {

/// A file without a name in the system's folder for such, which goes with it. One thread.
class Spool {
 public:
  /// @throws Error(Code::Io, Code::DiskFull), as all below.
  Spool();

  void append(std::string_view bytes);

  /// All that was appended, from the beginning. This must outlive it; one at a time, and no `append` after.
  [[nodiscard]] std::unique_ptr<ByteSource> read();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace scenograph::base
