#include "syntax/compression.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <vector>

#include "base/error.hpp"

namespace scenograph::syntax {

namespace {

constexpr std::size_t block_size = std::size_t{1} << 16U;

/// Either passes the bytes on or inflates them; which is settled at the first read.
class Decompressed : public base::ByteSource {
 public:
  Decompressed(std::unique_ptr<base::ByteSource> source, std::string name)
      : source_(std::move(source)), name_(std::move(name)), block_(block_size) {}
  Decompressed(const Decompressed&) = delete;
  Decompressed& operator=(const Decompressed&) = delete;
  ~Decompressed() override {
    if (mode_ == Mode::Gzip) inflateEnd(&stream_);
  }

  std::size_t read(std::span<char> buffer) override {
    if (mode_ == Mode::Unknown) choose_mode();
    if (mode_ == Mode::Gzip) return inflate_some(buffer);
    if (left_ == 0) return source_->read(buffer);
    const std::size_t size = std::min(left_, buffer.size());
    std::copy_n(next_, size, buffer.data());
    next_ += size;
    left_ -= size;
    return size;
  }

 private:
  enum class Mode { Unknown, Plain, Gzip };

  void choose_mode() {
    while (left_ < 2) {
      const std::size_t got = source_->read(std::span(block_).subspan(left_));
      if (got == 0) break;
      left_ += got;
    }
    next_ = block_.data();
    mode_ = Mode::Plain;
    if (left_ < 2 || block_[0] != '\x1F' || block_[1] != '\x8B') return;
    if (inflateInit2(&stream_, 16 + MAX_WBITS) != Z_OK) throw std::bad_alloc();
    mode_ = Mode::Gzip;
  }

  bool refill() {
    left_ = source_->read(block_);
    next_ = block_.data();
    return left_ != 0;
  }

  std::size_t inflate_some(std::span<char> buffer) {
    if (buffer.empty()) return 0;
    stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(buffer.size(), block_size));
    const uInt room = stream_.avail_out;
    while (stream_.avail_out == room) {
      if (left_ == 0 && !refill()) {
        if (between_members_) return 0;
        throw damaged("it ends too early");
      }
      step();
    }
    return room - stream_.avail_out;
  }

  void step() {
    if (between_members_) {
      inflateReset(&stream_);
      between_members_ = false;
    }
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(next_));
    stream_.avail_in = static_cast<uInt>(left_);
    const int status = inflate(&stream_, Z_NO_FLUSH);
    next_ += left_ - stream_.avail_in;
    left_ = stream_.avail_in;
    if (status == Z_STREAM_END) {
      between_members_ = true;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      throw damaged(stream_.msg != nullptr ? stream_.msg : "its content is not gzip");
    }
  }

  [[nodiscard]] base::Error damaged(std::string_view why) const {
    return {base::Code::BadData, fmt::format("the gzip data is damaged: {}; fetch or pack it again", why), {name_}};
  }

  std::unique_ptr<base::ByteSource> source_;
  std::string name_;
  std::vector<char> block_;
  const char* next_ = nullptr;
  std::size_t left_ = 0;
  Mode mode_ = Mode::Unknown;
  bool between_members_ = false;
  z_stream stream_{};
};

}  // namespace

std::unique_ptr<base::ByteSource> decompress(std::unique_ptr<base::ByteSource> source, std::string source_name) {
  return std::make_unique<Decompressed>(std::move(source), std::move(source_name));
}

}  // namespace scenograph::syntax
