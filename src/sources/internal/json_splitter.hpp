#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "sources/internal/window.hpp"
#include "sources/reader.hpp"

namespace scenograph::sources::internal {

/// The members to go down from the root of a document to the array (or object) whose elements are wanted.
using Route = std::vector<std::string>;

/// Cuts a JSON text into the elements at the ends of some routes, reading no further than it must.
///
/// It matches brackets and strings only; whoever parses the elements finds the other faults. Without routes each
/// top-level value is one element.
class JsonSplitter {
 public:
  struct Element {
    std::size_t route = 0;  ///< index of the route that led here
    std::string_view text;  ///< until the next call; Window::padding bytes follow
    std::uint64_t line = 0;
    std::uint64_t column = 0;
  };

  /// @param routes  none leads through the end of another.
  JsonSplitter(std::unique_ptr<base::ByteSource> source, std::vector<Route> routes, const ReadOptions& options);

  /// The next element; nullopt at the end. @throws Error(BadSyntax, TooLarge)
  [[nodiscard]] std::optional<Element> next();

 private:
  struct Frame {
    char closing = ']';
    bool every = false;  // its children are elements wanted
    std::size_t route = 0;
    bool first = true;
  };

  [[nodiscard]] char peek_token();
  [[nodiscard]] bool more(std::size_t offset);
  void check_size(std::size_t size) const;
  std::size_t string_end(std::size_t offset);
  std::size_t value_end(std::size_t offset);
  std::optional<Element> top_level();
  std::optional<Element> child();
  std::optional<Element> enter_or_skip(bool wanted);
  [[nodiscard]] bool leads_further() const;
  [[nodiscard]] std::optional<std::size_t> route_here() const;
  std::string member_name();
  Element element(std::size_t route);
  [[noreturn]] void fail(std::size_t offset, const std::string& message) const;

  Window window_;
  std::vector<Route> routes_;
  ReadOptions options_;
  std::vector<Frame> open_;
  Route path_;             // member names from the root to the innermost frame
  std::size_t taken_ = 0;  // bytes of the element handed out last
};

}  // namespace scenograph::sources::internal
