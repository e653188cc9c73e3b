#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace scenograph::base {

/// Receives output piece by piece, in order; may throw to stop the sender (a client that went away).
using ByteSink = std::function<void(std::string_view)>;

/// Bytes read once from front to back. One thread.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Fills the front of `buffer`; @return how many bytes, 0 only at the end. @throws Error(Code::Io)
  [[nodiscard]] virtual std::size_t read(std::span<char> buffer) = 0;
};

/// The file's bytes; "-" is standard input. @throws Error(NotFound, Denied, Io) naming the file.
[[nodiscard]] std::unique_ptr<ByteSource> open_file(const std::filesystem::path& path);

/// The bytes of `text`, which must outlive the source.
[[nodiscard]] std::unique_ptr<ByteSource> open_text(std::string_view text);

/// Everything left. @throws Error(Code::TooLarge) past `max_bytes` (0: no limit), in the words of `source_name`,
/// and naming the option that raises the limit, if there is one.
[[nodiscard]] std::string read_all(ByteSource& source, std::size_t max_bytes, std::string_view source_name,
                                   std::string_view option = {});

}  // namespace scenograph::base
