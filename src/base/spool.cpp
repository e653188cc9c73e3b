#include "base/spool.hpp"

#include <cerrno>

#include "base/error.hpp"

namespace scenograph::base {

namespace {

class SpoolSource final : public ByteSource {
 public:
  explicit SpoolSource(std::FILE* file) : file_(file) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file_);
    if (got == 0 && std::ferror(file_) != 0) throw system_error(errno, "cannot read the temporary file");
    return got;
  }

 private:
  std::FILE* file_;
};

}  // namespace

Spool::Spool() : file_(std::tmpfile()) {
  if (file_ == nullptr) throw system_error(errno, "cannot make a temporary file");
}

void Spool::append(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) {
    throw system_error(errno, "cannot write to the temporary file");
  }
}

std::unique_ptr<ByteSource> Spool::read() {
  if (std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0) {
    throw system_error(errno, "cannot write to the temporary file");
  }
  return std::make_unique<SpoolSource>(file_.get());
}

}  // namespace scenograph::base
