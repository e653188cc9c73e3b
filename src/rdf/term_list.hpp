#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term_view.hpp"

namespace scenograph::rdf {

/// Terms in a row whose text lies in one piece: no memory is taken for each.
class TermList {
 public:
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

  /// Of the text of all terms.
  [[nodiscard]] std::size_t bytes() const { return text_.size(); }

  /// Valid until the list changes. REQUIRES: index < size().
  [[nodiscard]] TermView operator[](std::size_t index) const {
    const Entry& entry = entries_[index];
    const std::string_view text = std::string_view(text_).substr(entry.begin);
    TermView term(entry.type, text.substr(0, entry.value));
    term.datatype = text.substr(entry.value, entry.datatype);
    term.language = text.substr(entry.value + entry.datatype, entry.language);
    return term;
  }

  void add(const TermView& term) {
    entries_.push_back({term.type, text_.size(), term.value.size(), term.datatype.size(), term.language.size()});
    text_.append(term.value).append(term.datatype).append(term.language);
  }

  /// Keeps the memory for the next terms.
  void clear() {
    entries_.clear();
    text_.clear();
  }

 private:
  struct Entry {
    TermType type;
    std::size_t begin;  ///< in text_; the sizes of the three parts follow
    std::size_t value;
    std::size_t datatype;
    std::size_t language;
  };

  std::vector<Entry> entries_;
  std::string text_;
};

}  // namespace scenograph::rdf
