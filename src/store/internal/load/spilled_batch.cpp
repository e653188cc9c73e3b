#include <string>
#include <vector>

#include "store/internal/load/batch.hpp"
#include "store/internal/load/scratch.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::size_t quads_at_once = 4096;
constexpr std::uint64_t check_every = std::uint64_t{1} << 16U;

/// A batch whose numbers are the positions of its sorted terms. One file holds the terms with their lengths, the
/// inlined ids, the columns of both, the quads, and, once they are assigned, the numbers among all of the load.
class SpilledBatch : public Batch {
 public:
  explicit SpilledBatch(const std::filesystem::path& folder) : file_(std::make_unique<base::ScratchFile>(folder)) {}

  void write(Batch& batch, const std::function<void()>& check) {
    PageArray<std::uint8_t> columns;
    const auto assign = [&] {
      if (columns.size() % check_every == 0) check();
      columns.push_back(batch.assign(static_cast<std::uint32_t>(columns.size())));
    };
    for (std::string_view term; batch.next_term(term); ++terms_) {
      const auto length = static_cast<std::uint32_t>(term.size());
      file_->append(&length, sizeof length);
      file_->append(term.data(), term.size());
      assign();
    }
    terms_end_ = file_->size();
    for (TermId id; batch.next_inlined(id); ++inlined_) {
      const std::uint64_t bits = id.bits();
      file_->append(&bits, sizeof bits);
      assign();
    }
    inlined_end_ = file_->size();
    file_->append(columns.data(), columns.size());
    columns_end_ = file_->size();
    write_quads(batch, check);
    quads_end_ = file_->size();
    file_->flush();
  }

  [[nodiscard]] std::uint64_t quads() const override { return (quads_end_ - columns_end_) / sizeof(LocalQuad); }
  [[nodiscard]] std::uint64_t terms() const override { return terms_; }
  [[nodiscard]] std::uint64_t inlined() const override { return inlined_; }

  bool next_term(std::string_view& term) override {
    if (!term_reader_) term_reader_ = std::make_unique<base::ScratchReader>(*file_, 0, terms_end_);
    std::uint32_t length = 0;
    if (!term_reader_->read(&length, sizeof length)) return false;
    if (length == 0 || length > terms_end_) throw base::broken_scratch();
    term_.resize(length);
    if (!term_reader_->read(term_.data(), length)) throw base::broken_scratch();
    term = term_;
    return true;
  }

  bool next_inlined(TermId& id) override {
    if (!inlined_reader_) inlined_reader_ = std::make_unique<base::ScratchReader>(*file_, terms_end_, inlined_end_);
    std::uint64_t bits = 0;
    if (!inlined_reader_->read(&bits, sizeof bits)) return false;
    id = TermId::from_bits(bits);
    return true;
  }

  std::uint8_t assign(std::uint32_t number) override {
    if (!column_reader_) column_reader_ = std::make_unique<base::ScratchReader>(*file_, inlined_end_, columns_end_);
    std::uint8_t columns = 0;
    if (!column_reader_->read(&columns, sizeof columns)) throw base::broken_scratch();
    file_->append(&number, sizeof number);
    return columns;
  }

  PageArray<std::uint32_t> take_numbers() override {
    term_reader_.reset();
    inlined_reader_.reset();
    column_reader_.reset();
    file_->flush();
    PageArray<std::uint32_t> numbers(terms_ + inlined_);
    if (file_->read(quads_end_, numbers.data(), numbers.bytes()) != numbers.bytes()) throw base::broken_scratch();
    return numbers;
  }

  void take_quads(const std::function<void(std::span<const LocalQuad>)>& visit) override {
    base::ScratchReader reader(*file_, columns_end_, quads_end_);
    std::vector<LocalQuad> piece;
    for (std::uint64_t left = quads(); left > 0; left -= piece.size()) {
      piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, quads_at_once)));
      if (!reader.read(piece.data(), piece.size() * sizeof(LocalQuad))) throw base::broken_scratch();
      for (const LocalQuad& quad : piece) {
        for (const std::uint32_t number : quad) {
          if (number >= terms_ + inlined_) throw base::broken_scratch();
        }
      }
      visit(piece);
    }
    columns_end_ = quads_end_;
    file_.reset();
  }

 private:
  void write_quads(Batch& batch, const std::function<void()>& check) {
    const PageArray<std::uint32_t> numbers = batch.take_numbers();
    std::vector<LocalQuad> renumbered;
    batch.take_quads([&](std::span<const LocalQuad> quads) {
      renumbered.clear();
      for (const LocalQuad& quad : quads) {
        renumbered.push_back({numbers[quad[0]], numbers[quad[1]], numbers[quad[2]], numbers[quad[3]]});
      }
      file_->append(renumbered.data(), renumbered.size() * sizeof(LocalQuad));
      check();
    });
  }

  std::unique_ptr<base::ScratchFile> file_;
  std::uint64_t terms_end_ = 0;
  std::uint64_t inlined_end_ = 0;
  std::uint64_t columns_end_ = 0;
  std::uint64_t quads_end_ = 0;
  std::uint64_t terms_ = 0;
  std::uint64_t inlined_ = 0;
  std::unique_ptr<base::ScratchReader> term_reader_;
  std::unique_ptr<base::ScratchReader> inlined_reader_;
  std::unique_ptr<base::ScratchReader> column_reader_;
  std::string term_;
};

}  // namespace

std::unique_ptr<Batch> spill_batch(std::unique_ptr<Batch> batch, const std::filesystem::path& folder,
                                   const std::function<void()>& check) {
  auto spilled = std::make_unique<SpilledBatch>(folder);
  spilled->write(*batch, check);
  return spilled;
}

}  // namespace scenograph::store::internal
