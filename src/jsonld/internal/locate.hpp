#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace scenograph::jsonld {

/// A step down into JSON: a key of an object, or (where `key` has no data) an index of an array.
struct Step {
  std::string_view key;
  std::size_t index = 0;

  [[nodiscard]] bool is_key() const { return key.data() != nullptr; }
};

using Path = std::vector<Step>;

/// Goes a step down a path for as long as it lives.
class Within {
 public:
  /// @param path  may be null
  Within(Path* path, Step step) : path_(path) {
    if (path_ != nullptr) path_->push_back(step);
  }
  ~Within() {
    if (path_ != nullptr) path_->pop_back();
  }
  Within(const Within&) = delete;
  Within& operator=(const Within&) = delete;

 private:
  Path* path_;
};

/// Finds parts of one text of JSON. Paths that follow each other in the order of the text take linear time all told
/// where the first list they enter is a long one.
class Locator {
 public:
  /// @param text  JSON that a parser has read; must outlive this
  explicit Locator(std::string_view text = {}) : text_(text) {}

  /// Where the value stands to which the path leads, or its key; of what is not there, where the last part of it is.
  [[nodiscard]] std::size_t find(const Path& path, bool key);

 private:
  [[nodiscard]] std::size_t solid(std::size_t at) const;
  [[nodiscard]] std::size_t after_text(std::size_t at) const;
  [[nodiscard]] std::size_t after_value(std::size_t at) const;
  [[nodiscard]] bool is_named(std::size_t begin, std::size_t end, std::string_view key);
  bool enter_object(std::size_t& at, std::string_view key, std::size_t& key_at);
  bool enter_array(std::size_t& at, std::size_t index, bool outermost);

  std::string_view text_;
  unsigned escaped_ = 0;  // keys with escapes that were looked at
  std::size_t list_ = 0;  // where the list last entered first begins
  std::size_t index_ = 0;
  std::size_t element_ = 0;  // where its element `index_` stands; 0: unknown
};

}  // namespace scenograph::jsonld
