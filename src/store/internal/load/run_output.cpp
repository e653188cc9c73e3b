#include "store/internal/load/run_output.hpp"

#include <algorithm>

#include "base/file.hpp"

namespace scenograph::store::internal {

namespace {

constexpr std::size_t rows_at_once = 2048;
constexpr std::size_t graph_run_memory = std::size_t{64} << 20U;

/// Reading a row along with others costs about a two-hundredth of opening a scan.
constexpr std::uint64_t rows_read_per_scan = 200;

}  // namespace

ExistingQuads::ExistingQuads(const LoadTarget& target, const Numbering& numbering)
    : target_(&target), size_(target.view.count({})) {
  if (size_ == 0) return;
  for (std::size_t column = 0; column < 4; ++column) {
    for (const std::uint64_t id : numbering.columns[column].ids) {
      if (may_hold(id)) ++shared_ids_[column];
    }
  }
}

bool ExistingQuads::may_hold(std::uint64_t id) const {
  const TermId term = TermId::from_bits(id);
  if (term.kind() == IdKind::BlankNode) return term.payload() < target_->next_blank;
  if (term.kind() == IdKind::Iri || term.kind() == IdKind::Literal) return term.payload() < target_->next_term;
  return true;
}

std::optional<ViewRows> ExistingQuads::rows(Order order) const {
  if (size_ == 0) return std::nullopt;
  const auto& at = places_of(order);
  const std::size_t bound = at[0] == Position::Predicate ? 1 : 0;
  const bool many = size_ / rows_read_per_scan < shared_ids_[static_cast<std::size_t>(at[bound])];
  return ViewRows(target_->view, order, many ? bound : bound + 1);
}

std::unordered_map<TermId, std::uint64_t> by_id(const std::vector<std::uint64_t>& counts, const UsedIds& column) {
  std::unordered_map<TermId, std::uint64_t> found;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] != 0) found.emplace(TermId::from_bits(column.ids[i]), counts[i]);
  }
  return found;
}

RunOutput::RunOutput(const LoadPaths& paths, Order order, const KeyLayout& layout, const Numbering& numbering,
                     const ExistingQuads& existing, Work& work, double share_of_quad)
    : order_(order),
      layout_(layout),
      numbering_(&numbering),
      existing_(&existing),
      work_(&work),
      share_of_quad_(share_of_quad),
      indexes_(rows_at_once),
      rows_(rows_at_once),
      writer_(make_run_writer(paths.runs[static_cast<std::size_t>(order)], order)),
      counts_distinct_(order == Order::Psog || order == Order::Posg),
      counts_first_(order == Order::Spog || order == Order::Ospg) {
  for (std::size_t place = 0; place < 4; ++place) {
    places_[place] = static_cast<std::size_t>(places_of(order)[place]);
    ids_[place] = numbering.columns[places_[place]].ids.data();
  }
  if (counts_distinct_) distinct_.resize(numbering.columns[1].ids.size());
  if (counts_distinct_ || counts_first_) before_ = existing.rows(order);
  if (order != Order::Spog) return;
  graph_writer_ = make_graph_run_writer(paths.runs[static_cast<std::size_t>(Order::Gspo)], graph_run_memory);
  predicates_.resize(numbering.columns[1].ids.size());
  graphs_.resize(numbering.columns[3].ids.size());
  sets_.emplace(numbering.type);
  sets_path_ = paths.subject_sets;
}

/// The ids are all over the memory: a loop that does nothing but fetch them waits for many at a time.
void RunOutput::put_rows(std::size_t count) {
  for (std::size_t place = 0; place < 4; ++place) {
    const std::uint64_t* const ids = ids_[place];
    const std::size_t position = places_[place];
    for (std::size_t i = 0; i < count; ++i) rows_[i][place] = ids[indexes_[i][position]];
  }
  for (std::size_t i = 0; i < count; ++i) count_row(rows_[i], indexes_[i]);
  write({rows_.data(), count});
}

void RunOutput::count_row(const Row& row, const Indexes& indexes) {
  if (order_ == Order::Spog) {
    ++predicates_[indexes[1]];
    ++graphs_[indexes[3]];
  }
  if (counts_first_ && row[0] != last_[0]) count_first(row);
  if (counts_distinct_) count_distinct(row, indexes[1]);
}

void RunOutput::count_first(const Row& row) {
  last_ = row;
  if (before_ && existing_->may_hold(row[0]) && before_->has(row, 1)) return;
  ++first_;
}

void RunOutput::count_distinct(const Row& row, std::uint32_t predicate) {
  if (row[0] == last_[0] && row[1] == last_[1]) return;
  last_ = row;
  if (before_ && existing_->may_hold(row[0]) && existing_->may_hold(row[1]) && before_->has(row, 2)) return;
  ++distinct_[predicate];
}

void RunOutput::write(std::span<const Row> rows) {
  work_->check();
  writer_->append(rows);
  if (graph_writer_) graph_writer_->append(rows);
  if (sets_) sets_->add(rows);
  written_ += rows.size();
  work_->advance(share_of_quad_ * static_cast<double>(rows.size()));
}

void RunOutput::finish() {
  if (!writer_) return;
  writer_->finish();
  writer_.reset();
  if (graph_writer_) graph_writer_->finish();
  graph_writer_.reset();
  if (sets_) base::write_file(sets_path_, encode(sets_->finish()));
}

void RunOutput::add_to(LoadCounts& counts) const {
  if (order_ == Order::Spog) {
    counts.quads = written_;
    counts.predicates = by_id(predicates_, numbering_->columns[1]);
    counts.graphs = by_id(graphs_, numbering_->columns[3]);
    counts.all_subjects = first_;
  }
  if (order_ == Order::Ospg) counts.all_objects = first_;
  if (order_ == Order::Psog) counts.subjects = by_id(distinct_, numbering_->columns[1]);
  if (order_ == Order::Posg) counts.objects = by_id(distinct_, numbering_->columns[1]);
}

}  // namespace scenograph::store::internal
