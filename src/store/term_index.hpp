#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term_view.hpp"
#include "store/term_id.hpp"

// Indexes from keys to literals of the dictionary. Which keys a literal has is the caller's: words of a text, cells of
// a map. A term never changes and neither do its keys, so an index holds good for every snapshot; whether a quad with
// the literal is there, and may be read, is for the join with quads to tell.

namespace scenograph::store {

/// The literals that an index is about.
struct LiteralKinds {
  bool strings = false;                ///< xsd:string
  bool with_language = false;          ///< rdf:langString
  std::vector<std::string> datatypes;  ///< IRIs of others
};

/// Finds keys. One thread.
class KeyMaker {
 public:
  virtual ~KeyMaker() = default;

  /// Replaces `keys` by those of the literal, each once, in any order. A key is not empty and has neither the byte 0
  /// nor the byte 255.
  virtual void make_keys(const rdf::TermView& literal, std::vector<std::string>& keys) = 0;
};

/// Which keys literals have. Thread-safe.
class TermAnalyser {
 public:
  virtual ~TermAnalyser() = default;

  /// Of the index: a few lower-case letters, which end the names of its files.
  [[nodiscard]] virtual std::string_view name() const = 0;

  /// Another number whenever some literal gets other keys than before: files of other versions are made anew.
  [[nodiscard]] virtual std::uint32_t version() const = 0;

  [[nodiscard]] virtual const LiteralKinds& kinds() const = 0;
  [[nodiscard]] virtual std::unique_ptr<KeyMaker> make_key_maker() const = 0;
};

/// Keys from `from` on, up to but not with `to`.
struct KeyRange {
  std::string from;
  std::string to;

  [[nodiscard]] static KeyRange exactly(std::string key) {
    std::string to = key;
    to.push_back('\0');
    return {std::move(key), std::move(to)};
  }
  [[nodiscard]] static KeyRange starting_with(std::string beginning) {
    std::string to = beginning;
    to.push_back('\xFF');
    return {std::move(beginning), std::move(to)};
  }
};

/// An index as of a snapshot. Thread-safe.
class TermIndex {
 public:
  virtual ~TermIndex() = default;

  /// Appends the ids of all literals of the snapshot's dictionary that have a key in the range, in no order, some more
  /// than once. Literals that are inlined in their ids are in no dictionary: they are not found.
  ///
  /// @return  false if a file of the index cannot be read; it is then made anew, and the log says so. What was appended
  ///          is not all.
  /// Cost: one search in the index of each vocabulary, and some ns for each id.
  [[nodiscard]] virtual bool find(const KeyRange& range, std::vector<TermId>& out) const = 0;
};

}  // namespace scenograph::store
