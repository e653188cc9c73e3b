#include "syntax/compression.hpp"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "base/error.hpp"

namespace scenograph::syntax {

namespace {

using base::Code;
using base::Error;

constexpr std::size_t block_size = std::size_t{1} << 16U;

/// Memory for unpacking zstd: what its own tool allows without being asked.
constexpr int zstd_window_log = 27;

Error damaged(std::string_view format, std::string_view why, const std::string& name) {
  return {Code::BadData, fmt::format("the {} data is damaged: {}; fetch or pack it again", format, why), {name}};
}

/// What a source has left, a block of it at hand.
class Input {
 public:
  explicit Input(std::unique_ptr<base::ByteSource> source) : source_(std::move(source)), block_(block_size) {}

  /// The bytes at hand, once there are `wanted` or the source has no more.
  [[nodiscard]] std::string_view look(std::size_t wanted) {
    if (size_ == 0) start_ = 0;
    while (size_ < wanted) {
      const std::size_t got = source_->read(std::span(block_).subspan(start_ + size_));
      if (got == 0) break;
      size_ += got;
    }
    return {block_.data() + start_, size_};
  }

  void drop(std::size_t size) {
    start_ += size;
    size_ -= size;
  }

  std::size_t read(std::span<char> buffer) {
    if (size_ == 0) return source_->read(buffer);
    const std::size_t size = std::min(size_, buffer.size());
    std::memcpy(buffer.data(), block_.data() + start_, size);
    drop(size);
    return size;
  }

 private:
  std::unique_ptr<base::ByteSource> source_;
  std::vector<char> block_;
  std::size_t start_ = 0;
  std::size_t size_ = 0;
};

/// Undoes a compression piece by piece.
class Unpacker {
 public:
  virtual ~Unpacker() = default;

  /// Takes bytes off the front of `input` and fills the front of `output`; either may be left as it is, not both.
  /// @return  bytes of output. @throws Error(Code::BadData)
  virtual std::size_t step(std::string_view& input, std::span<char> output) = 0;

  /// Whether the input may end here.
  [[nodiscard]] virtual bool at_end() const = 0;

  [[nodiscard]] virtual std::string_view format() const = 0;
};

class GzipUnpacker : public Unpacker {
 public:
  explicit GzipUnpacker(std::string name) : name_(std::move(name)) {
    if (inflateInit2(&stream_, 16 + MAX_WBITS) != Z_OK) throw std::bad_alloc();
  }
  GzipUnpacker(const GzipUnpacker&) = delete;
  GzipUnpacker& operator=(const GzipUnpacker&) = delete;
  ~GzipUnpacker() override { inflateEnd(&stream_); }

  std::size_t step(std::string_view& input, std::span<char> output) override {
    if (between_members_) {
      inflateReset(&stream_);
      between_members_ = false;
    }
    const auto room = static_cast<uInt>(std::min(output.size(), block_size));
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream_.avail_in = static_cast<uInt>(input.size());
    stream_.next_out = reinterpret_cast<Bytef*>(output.data());
    stream_.avail_out = room;
    const int status = inflate(&stream_, Z_NO_FLUSH);
    input.remove_prefix(input.size() - stream_.avail_in);
    if (status == Z_STREAM_END) {
      between_members_ = true;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      throw damaged(format(), stream_.msg != nullptr ? stream_.msg : "its content is not gzip", name_);
    }
    return room - stream_.avail_out;
  }

  [[nodiscard]] bool at_end() const override { return between_members_; }
  [[nodiscard]] std::string_view format() const override { return "gzip"; }

 private:
  std::string name_;
  bool between_members_ = false;
  z_stream stream_{};
};

class ZstdUnpacker : public Unpacker {
 public:
  explicit ZstdUnpacker(std::string name) : name_(std::move(name)), stream_(ZSTD_createDCtx(), ZSTD_freeDCtx) {
    if (!stream_) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, zstd_window_log);
  }

  std::size_t step(std::string_view& input, std::span<char> output) override {
    ZSTD_inBuffer in{input.data(), input.size(), 0};
    ZSTD_outBuffer out{output.data(), output.size(), 0};
    const std::size_t status = ZSTD_decompressStream(stream_.get(), &out, &in);
    if (ZSTD_isError(status) != 0) throw fault(status);
    // zstd calls the next frame's start, when there is none, a frame that is not complete.
    if (in.pos != 0 || out.pos != 0) at_end_ = status == 0;
    input.remove_prefix(in.pos);
    return out.pos;
  }

  [[nodiscard]] bool at_end() const override { return at_end_; }
  [[nodiscard]] std::string_view format() const override { return "zstd"; }

 private:
  [[nodiscard]] Error fault(std::size_t status) const {
    if (ZSTD_getErrorCode(status) != ZSTD_error_frameParameter_windowTooLarge) {
      return damaged(format(), ZSTD_getErrorName(status), name_);
    }
    return {Code::TooLarge,
            fmt::format("unpacking the zstd data takes more than {} MiB; pack it again without --long",
                        (std::size_t{1} << zstd_window_log) >> 20U),
            {name_}};
  }

  std::string name_;
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> stream_;
  bool at_end_ = false;
};

bool is_gzip(std::string_view start) { return start.starts_with("\x1F\x8B"); }

/// A frame of data, or one to be passed over, with which some packers begin.
bool is_zstd(std::string_view start) {
  if (start.starts_with("\x28\xB5\x2F\xFD")) return true;
  return start.size() >= 4 && (static_cast<unsigned char>(start[0]) & 0xF0U) == 0x50U &&
         start.substr(1).starts_with("\x2A\x4D\x18");
}

/// Either passes the bytes on or unpacks them; which is settled at the first read.
class Decompressed : public base::ByteSource {
 public:
  Decompressed(std::unique_ptr<base::ByteSource> source, std::string name)
      : input_(std::move(source)), name_(std::move(name)) {}

  std::size_t read(std::span<char> buffer) override {
    if (!begun_) begin();
    if (!unpacker_) return input_.read(buffer);
    if (buffer.empty()) return 0;
    while (true) {
      std::string_view input = input_.look(1);
      if (input.empty() && unpacker_->at_end()) return 0;
      const std::size_t before = input.size();
      const std::size_t made = unpacker_->step(input, buffer);
      input_.drop(before - input.size());
      if (made != 0) return made;
      if (before == 0) throw damaged(unpacker_->format(), "it ends too early", name_);
    }
  }

 private:
  void begin() {
    const std::string_view start = input_.look(4);
    if (is_gzip(start)) unpacker_ = std::make_unique<GzipUnpacker>(name_);
    if (is_zstd(start)) unpacker_ = std::make_unique<ZstdUnpacker>(name_);
    begun_ = true;
  }

  Input input_;
  std::string name_;
  bool begun_ = false;
  std::unique_ptr<Unpacker> unpacker_;
};

}  // namespace

std::unique_ptr<base::ByteSource> decompress(std::unique_ptr<base::ByteSource> source, std::string source_name) {
  return std::make_unique<Decompressed>(std::move(source), std::move(source_name));
}

}  // namespace scenograph::syntax
