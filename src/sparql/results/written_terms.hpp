#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rdf/term_list.hpp"
#include "sparql/query.hpp"

namespace scenograph::sparql::results {

/// The terms of a batch as a syntax has them, each written once however many cells it is in.
class WrittenTerms {
 public:
  /// @param append  called with the text to append to and each term.
  template <typename Append>
  void write(const rdf::TermList& terms, Append append) {
    text_.clear();
    begins_.assign(1, 0);
    for (std::size_t i = 0; i < terms.size(); ++i) {
      append(text_, terms[i]);
      begins_.push_back(text_.size());
    }
  }

  /// REQUIRES: a place in the batch's terms.
  [[nodiscard]] std::string_view operator[](SolutionBatch::Place place) const {
    return {text_.data() + begins_[place], begins_[place + 1] - begins_[place]};
  }

 private:
  std::string text_;
  std::vector<std::size_t> begins_;
};

}  // namespace scenograph::sparql::results
