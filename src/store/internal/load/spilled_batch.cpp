#include <string>

#include "base/error.hpp"
#include "store/internal/load/batch.hpp"
#include "store/internal/load/scratch.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::size_t buffer_bytes = std::size_t{256} << 10U;
constexpr std::uint64_t check_every = std::uint64_t{1} << 16U;

base::Error broken() {
  return base::Error(base::Code::Io, "an intermediate file of the load does not hold what was written: check the disk");
}

/// A batch whose numbers are the positions of its sorted terms.
class SpilledBatch : public Batch {
 public:
  explicit SpilledBatch(const std::filesystem::path& folder)
      : quad_file_(folder), term_file_(folder), inlined_file_(folder), column_file_(folder), number_file_(folder) {}

  void write(Batch& batch, const std::function<void()>& check) {
    std::uint32_t number = 0;
    const auto assign = [&] {
      if (number % check_every == 0) check();
      const std::uint8_t columns = batch.assign(number++);
      column_file_.append(&columns, sizeof columns);
    };
    for (std::string_view term; batch.next_term(term); ++terms_) {
      const auto length = static_cast<std::uint32_t>(term.size());
      term_file_.append(&length, sizeof length);
      term_file_.append(term.data(), term.size());
      assign();
    }
    for (TermId id; batch.next_inlined(id); ++inlined_) {
      const std::uint64_t bits = id.bits();
      inlined_file_.append(&bits, sizeof bits);
      assign();
    }
    column_file_.flush();
    term_file_.flush();
    inlined_file_.flush();
    write_quads(batch, check);
  }

  [[nodiscard]] std::uint64_t quads() const override { return quad_file_.size() / sizeof(LocalQuad); }
  [[nodiscard]] std::uint64_t terms() const override { return terms_; }
  [[nodiscard]] std::uint64_t inlined() const override { return inlined_; }

  bool next_term(std::string_view& term) override {
    if (!reader_) reader_ = std::make_unique<ScratchReader>(term_file_, buffer_bytes);
    std::uint32_t length = 0;
    if (!reader_->read(&length, sizeof length)) return false;
    if (length > term_file_.size()) throw broken();
    term_.resize(length);
    if (length == 0 || !reader_->read(term_.data(), length)) throw broken();
    term = term_;
    return true;
  }

  bool next_inlined(TermId& id) override {
    if (!inlined_reader_) inlined_reader_ = std::make_unique<ScratchReader>(inlined_file_, buffer_bytes);
    std::uint64_t bits = 0;
    if (!inlined_reader_->read(&bits, sizeof bits)) return false;
    id = TermId::from_bits(bits);
    return true;
  }

  std::uint8_t assign(std::uint32_t number) override {
    if (!column_reader_) column_reader_ = std::make_unique<ScratchReader>(column_file_, buffer_bytes);
    std::uint8_t columns = 0;
    if (!column_reader_->read(&columns, sizeof columns)) throw broken();
    number_file_.append(&number, sizeof number);
    return columns;
  }

  PageArray<std::uint32_t> take_numbers() override {
    reader_.reset();
    inlined_reader_.reset();
    column_reader_.reset();
    number_file_.flush();
    PageArray<std::uint32_t> numbers(terms_ + inlined_);
    if (number_file_.read(0, numbers.data(), numbers.bytes()) != numbers.bytes()) throw broken();
    return numbers;
  }

  void take_quads(const std::function<void(std::span<const LocalQuad>)>& visit) override {
    std::vector<LocalQuad> piece(buffer_bytes / sizeof(LocalQuad));
    for (std::uint64_t at = 0; at < quad_file_.size();) {
      const std::size_t bytes = quad_file_.read(at, piece.data(), piece.size() * sizeof(LocalQuad));
      const std::span<const LocalQuad> quads(piece.data(), bytes / sizeof(LocalQuad));
      if (quads.empty()) throw broken();
      for (const LocalQuad& quad : quads) {
        for (const std::uint32_t number : quad) {
          if (number >= terms_ + inlined_) throw broken();
        }
      }
      visit(quads);
      at += quads.size_bytes();
    }
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
      quad_file_.append(renumbered.data(), renumbered.size() * sizeof(LocalQuad));
      check();
    });
    quad_file_.flush();
  }

  ScratchFile quad_file_;
  ScratchFile term_file_;
  ScratchFile inlined_file_;
  ScratchFile column_file_;
  ScratchFile number_file_;
  std::uint64_t terms_ = 0;
  std::uint64_t inlined_ = 0;
  std::unique_ptr<ScratchReader> reader_;
  std::unique_ptr<ScratchReader> inlined_reader_;
  std::unique_ptr<ScratchReader> column_reader_;
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
