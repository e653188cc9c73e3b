#include <algorithm>
#include <cassert>
#include <future>
#include <utility>
#include <vector>

#include "store/internal/vocabulary/bucket.hpp"
#include "store/internal/vocabulary/layout.hpp"
#include "store/internal/vocabulary/paged_file.hpp"
#include "store/internal/vocabulary/section.hpp"
#include "store/internal/vocabulary/vocabulary.hpp"

namespace scenograph::store::internal {

namespace vocabulary {

namespace {

constexpr std::size_t group_bytes = std::size_t{1} << 20U;    ///< a group of long terms ends early, to bound memory
constexpr std::size_t section_bytes = std::size_t{4} << 20U;  ///< what is compressed with one symbol table

class Writer final : public VocabularyWriter {
 public:
  Writer(const std::filesystem::path& path, std::uint64_t first_number) : output_(path) {
    Header header;
    header.first_number = first_number;
    header.checksum = checksum_of(header);
    output_.append(as_bytes(header));
  }

  void append(std::string_view term) override {
    assert(!term.empty() && (terms_ == 0 || previous_ < term));
    const std::size_t shared = shared_bytes(previous_, term);
    if (terms_ == 0 || section_.terms_of_group() == group_terms || section_.bytes_of_group() >= group_bytes) {
      begin_group(term.substr(0, terms_ == 0 ? 0 : shared + 1));
    }
    section_.add(term, shared);
    ++terms_;
    previous_.resize(shared);
    previous_.append(term.substr(shared));
  }

  void finish() override {
    encode_section();
    write_encoded();
    Footer footer;
    footer.terms = terms_;
    footer.groups = directory_.size();
    footer.tables = tables_.size();
    footer.tables_offset = output_.offset();
    for (const SymbolTable& table : tables_) output_.append(as_bytes(table));
    write_directory(footer);
    output_.append(separators_);
    output_.finish(footer);
  }

 private:
  void begin_group(std::string_view separator) {
    if (section_.bytes() >= section_bytes) encode_section();
    section_.begin_group();
    directory_.push_back({.data = 0, .separator = separators_.size(), .term = terms_});
    separators_.append(separator);
  }

  /// Leaves the section to a thread, once that is done with the one before.
  void encode_section() {
    write_encoded();
    encoding_ =
        std::async(std::launch::async, [section = std::exchange(section_, {}), table = tables_.size() + 1]() mutable {
          return section.encode(table);
        });
  }

  void write_encoded() {
    if (!encoding_.valid()) return;
    const EncodedSection encoded = encoding_.get();
    if (encoded.table) tables_.push_back(*encoded.table);
    for (const std::uint64_t start : encoded.starts) directory_[written_groups_++].data = output_.offset() + start;
    output_.append(encoded.bytes);
  }

  void write_directory(Footer& footer) {
    directory_.push_back({.data = footer.tables_offset, .separator = separators_.size(), .term = terms_});
    footer.directory_offset = output_.offset();
    footer.separators_offset = footer.directory_offset + directory_.size() * sizeof(DirectoryEntry);
    for (DirectoryEntry& entry : directory_) {
      entry.separator += footer.separators_offset;
      output_.append(as_bytes(entry));
    }
  }

  PagedOutput output_;
  Section section_;
  std::future<EncodedSection> encoding_;
  std::string previous_;
  std::vector<SymbolTable> tables_;
  std::vector<DirectoryEntry> directory_;
  std::string separators_;
  std::size_t written_groups_ = 0;
  std::uint64_t terms_ = 0;
};

}  // namespace

}  // namespace vocabulary

std::unique_ptr<VocabularyWriter> make_vocabulary_writer(const std::filesystem::path& path,
                                                         std::uint64_t first_number) {
  return std::make_unique<vocabulary::Writer>(path, first_number);
}

}  // namespace scenograph::store::internal
