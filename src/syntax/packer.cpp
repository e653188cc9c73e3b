#include "syntax/packer.hpp"

#include <zlib.h>
#include <zstd.h>

#include <array>
#include <new>
#include <stdexcept>
#include <string>

#include "base/error.hpp"

namespace scenograph::syntax {

namespace {

constexpr std::size_t block_size = std::size_t{1} << 16U;
using Block = std::array<char, block_size>;

class Plain : public Packer {
 public:
  explicit Plain(base::ByteSink sink) : sink_(std::move(sink)) {}
  void write(std::string_view bytes) override { sink_(bytes); }
  void finish() override {}

 private:
  base::ByteSink sink_;
};

class GzipPacker : public Packer {
 public:
  GzipPacker(base::ByteSink sink, Effort effort) : sink_(std::move(sink)) {
    constexpr int memory_level = 8;
    const int level = effort == Effort::Little ? Z_BEST_SPEED : Z_DEFAULT_COMPRESSION;
    if (deflateInit2(&stream_, level, Z_DEFLATED, 16 + MAX_WBITS, memory_level, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  GzipPacker(const GzipPacker&) = delete;
  GzipPacker& operator=(const GzipPacker&) = delete;
  ~GzipPacker() override { deflateEnd(&stream_); }

  void write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const std::string_view piece = bytes.substr(0, block_size);
      bytes.remove_prefix(piece.size());
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
      stream_.avail_in = static_cast<uInt>(piece.size());
      while (stream_.avail_in > 0) step(Z_NO_FLUSH);
    }
  }

  void finish() override {
    while (step(Z_FINISH) != Z_STREAM_END) {
    }
  }

 private:
  int step(int flush) {
    stream_.next_out = reinterpret_cast<Bytef*>(block_.data());
    stream_.avail_out = static_cast<uInt>(block_.size());
    const int status = deflate(&stream_, flush);
    if (status == Z_STREAM_ERROR) throw std::logic_error("deflate was called in the wrong order");
    const std::size_t made = block_.size() - stream_.avail_out;
    if (made > 0) sink_({block_.data(), made});
    return status;
  }

  base::ByteSink sink_;
  z_stream stream_{};
  Block block_;
};

class ZstdPacker : public Packer {
 public:
  ZstdPacker(base::ByteSink sink, Effort effort) : sink_(std::move(sink)), stream_(ZSTD_createCCtx(), ZSTD_freeCCtx) {
    if (!stream_) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(stream_.get(), ZSTD_c_checksumFlag, 1);
    if (effort == Effort::Little) ZSTD_CCtx_setParameter(stream_.get(), ZSTD_c_compressionLevel, 1);
  }

  void write(std::string_view bytes) override {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    while (in.pos < in.size) step(in, ZSTD_e_continue);
  }

  void finish() override {
    ZSTD_inBuffer in{nullptr, 0, 0};
    while (step(in, ZSTD_e_end) != 0) {
    }
  }

 private:
  std::size_t step(ZSTD_inBuffer& in, ZSTD_EndDirective directive) {
    ZSTD_outBuffer out{block_.data(), block_.size(), 0};
    const std::size_t left = ZSTD_compressStream2(stream_.get(), &out, &in, directive);
    if (ZSTD_isError(left) != 0) throw std::bad_alloc();  // all that can go wrong with the default parameters
    if (out.pos > 0) sink_({block_.data(), out.pos});
    return left;
  }

  base::ByteSink sink_;
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> stream_;
  Block block_;
};

}  // namespace

Packing parse_packing(std::string_view name) {
  if (name == "gzip" || name == "gz") return Packing::Gzip;
  if (name == "zstd" || name == "zst") return Packing::Zstd;
  throw base::Error(base::Code::BadArgument, "data is packed with gzip or zstd, not \"" + std::string(name) + "\"");
}

std::unique_ptr<Packer> make_packer(Packing packing, base::ByteSink sink, Effort effort) {
  switch (packing) {
    case Packing::None:
      break;
    case Packing::Gzip:
      return std::make_unique<GzipPacker>(std::move(sink), effort);
    case Packing::Zstd:
      return std::make_unique<ZstdPacker>(std::move(sink), effort);
  }
  return std::make_unique<Plain>(std::move(sink));
}

}  // namespace scenograph::syntax
