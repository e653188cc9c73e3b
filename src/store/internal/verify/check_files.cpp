#include "store/internal/verify/check_files.hpp"

#include <fmt/format.h>

#include "rdf/vocab.hpp"
#include "store/internal/rows/sources.hpp"
#include "store/internal/term_bytes.hpp"
#include "store/internal/verify/check_index.hpp"

namespace scenograph::store::internal {

using base::Code;
using base::Error;

namespace {

constexpr std::array both_signs = {Sign::Added, Sign::Removed};
constexpr std::array<const char*, order_count> order_names = {"SPOG", "SOPG", "PSOG", "POSG", "OSPG", "OPSG", "GSPO"};

constexpr std::uint64_t mix(std::uint64_t hash) {
  hash = (hash ^ (hash >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  hash = (hash ^ (hash >> 27U)) * 0x94D049BB133111EBULL;
  return hash ^ (hash >> 31U);
}

QuadId to_quad(const Row& row, Order order) {
  std::array<TermId, 4> members;
  for (std::size_t i = 0; i < 4; ++i) {
    members[static_cast<std::size_t>(places_of(order)[i])] = TermId::from_bits(row[i]);
  }
  return {members[0], members[1], members[2], members[3]};
}

template <typename Take>
void for_each_block(RowSource& source, Take take) {
  const auto block = std::make_unique<RowBlock>();
  std::vector<Row> rows(block_rows);
  while (const std::size_t count = source.read(block_rows, block->targets())) {
    for (std::size_t i = 0; i < count; ++i) rows[i] = block->row(i);
    take(std::span<const Row>(rows.data(), count));
  }
}

/// @throws Error(Code::Corrupt) if rows do not ascend.
QuadSum sum_of(RowSource& rows, Order order) {
  QuadSum sum;
  Row before{};
  for_each_block(rows, [&](std::span<const Row> block) {
    for (const Row& row : block) {
      if (row <= before)
        throw Error(Code::Corrupt,
                    fmt::format("quads in the order {} do not ascend", order_names[static_cast<std::size_t>(order)]));
      sum.add(to_quad(row, order));
      before = row;
    }
  });
  return sum;
}

/// The id of rdf:type, 0 if there is none; nullopt if that cannot be found out, which the check of vocabularies tells.
std::optional<std::uint64_t> find_type(const State& state) {
  if (!state.files) return std::nullopt;
  try {
    const auto number = state.find_number(to_term_bytes(rdf::TermView(rdf::Term::iri(rdf::rdf::type))));
    return number ? TermId::make(IdKind::Iri, *number).bits() : 0;
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::string affected_quads(Order order) {
  return fmt::format("queries that read quads in the order {}", order_names[static_cast<std::size_t>(order)]);
}

/// Whether the segment is gone by now, and with it the files that the state does not hold open.
bool merged_meanwhile(const StateSource& source, std::uint64_t segment) {
  const Txn txn = begin_txn(source.environment.get(), MDB_RDONLY);
  const Manifest manifest = read_manifest(txn.get(), source.tables);
  return std::none_of(manifest.segments.begin(), manifest.segments.end(),
                      [&](const SegmentEntry& entry) { return entry.number == segment; });
}

}  // namespace

void QuadSum::add(const QuadId& quad) {
  std::uint64_t first = 0x9E3779B97F4A7C15ULL;
  std::uint64_t second = 0xD1B54A32D192ED03ULL;
  for (const TermId id : {quad.subject, quad.predicate, quad.object, quad.graph}) {
    first = mix(first + id.bits());
    second = mix(second ^ id.bits()) + first;
  }
  ++count;
  low += first;
  high += second;
}

FileChecks::FileChecks(const StateSource& source, const State& state,
                       std::span<const std::shared_ptr<const TermAnalyser>> indexes, Findings& findings)
    : source_(source), state_(state), indexes_(indexes), findings_(findings) {}

std::string FileChecks::name_of(const std::filesystem::path& path) const {
  return path.lexically_relative(source_.folder).string();
}

void FileChecks::add_tasks(std::vector<Task>& tasks) {
  const Manifest manifest = read_manifest(state_.txn.get(), state_.tables);
  for (std::size_t i = 0; i < manifest.segments.size(); ++i) {
    add_segment(manifest.segments[i], state_.files ? state_.files->segments[i].get() : nullptr, tasks);
  }
  for (std::size_t i = 0; i < manifest.vocabularies.size(); ++i) {
    add_vocabulary(manifest.vocabularies[i], state_.files ? state_.files->vocabularies[i] : nullptr, tasks);
  }
}

void FileChecks::add_segment(const SegmentEntry& entry, const Segment* open, std::vector<Task>& tasks) {
  const std::filesystem::path folder = segment_folder(source_.folder, entry.number);
  for (const Sign sign : both_signs) {
    const std::uint64_t wanted = sign == Sign::Added ? entry.added : entry.removed;
    if (wanted == 0) continue;
    OrderSums& sums = *layers_.emplace_back(std::make_unique<OrderSums>());
    sums.file = name_of(folder);
    sums.wanted = wanted;
    std::shared_ptr<const Run> spog;
    for (std::size_t i = 0; i < order_count; ++i) {
      const auto order = static_cast<Order>(i);
      const std::filesystem::path path = run_file(folder, order, sign);
      std::shared_ptr<const Run> run = open != nullptr ? open->run(order, sign) : nullptr;
      const bool sound = run || findings_.guard(name_of(path), affected_quads(order), [&] {
        if (order == Order::Gspo && !spog) return;  // what it points into is gone, and that is told already
        run = order == Order::Gspo ? open_graph_run(path, spog) : open_run(path, order);
      });
      if (!sound || !run) continue;
      if (order == Order::Spog) spog = run;
      ++files_;
      bytes_ += run->file_bytes();
      tasks.push_back({run->file_bytes(), [this, &sums, run, order, path] {
                         findings_.guard(name_of(path), affected_quads(order), [&] {
                           run->verify();
                           sums.sums[static_cast<std::size_t>(order)] = sum_of(*run_rows(run, 0, run->size()), order);
                         });
                       }});
    }
    if (sign == Sign::Added) add_subject_sets(entry.number, spog, tasks);
  }
}

/// The sets are held against those that the run has.
void FileChecks::add_subject_sets(std::uint64_t segment, std::shared_ptr<const Run> spog, std::vector<Task>& tasks) {
  const std::filesystem::path path = subject_sets_file(segment_folder(source_.folder, segment));
  const std::string name = name_of(path);
  constexpr const char* affected = "statistics and the order of joins";
  SubjectSets stored;
  try {
    stored = read_subject_sets(path);
  } catch (const Error& error) {
    if (merged_meanwhile(source_, segment)) return;
    findings_.add({name, error.what(), affected, rewrite_remedy});
    return;
  }
  ++files_;
  std::error_code ignored;
  bytes_ += std::filesystem::file_size(path, ignored);
  const auto type = find_type(state_);
  if (!spog || !type) return;
  tasks.push_back({spog->file_bytes(), [this, spog, name, type = *type, stored = std::move(stored)] {
                     findings_.guard(name, affected, [&] {
                       SubjectSetCounter counter(type);
                       for_each_block(*run_rows(spog, 0, spog->size()), [&](auto rows) { counter.add(rows); });
                       if (counter.finish() == stored) return;
                       findings_.add({name, "its sets are not those of the quads", affected, rewrite_remedy});
                     });
                   }});
}

void FileChecks::add_vocabulary(const VocabularyEntry& entry, std::shared_ptr<const Vocabulary> open,
                                std::vector<Task>& tasks) {
  const std::string name = name_of(vocabulary_file(source_.folder, entry.number));
  const std::string affected =
      fmt::format("the terms with the numbers {} to {}", entry.first, entry.first + entry.size - 1);
  const bool sound = open || findings_.guard(name, affected, [&] {
    open = open_vocabulary(vocabulary_file(source_.folder, entry.number));
  });
  if (!sound) return;
  ++files_;
  bytes_ += open->file_bytes();
  if (open->first_number() != entry.first || open->size() != entry.size) {
    findings_.add({name, "its terms are numbered otherwise than the manifest says", affected, restore_remedy});
  }
  tasks.push_back(
      {open->file_bytes(), [this, open, name, affected] { findings_.guard(name, affected, [&] { open->verify(); }); }});
  add_indexes(entry.number, open, tasks);
}

/// Those that are there are held against the keys that the literals have.
void FileChecks::add_indexes(std::uint64_t number, const std::shared_ptr<const Vocabulary>& vocabulary,
                             std::vector<Task>& tasks) {
  for (const auto& analyser : indexes_) {
    const std::filesystem::path path = index_file(source_.folder, number, analyser->name());
    std::error_code missing;
    const std::uintmax_t size = std::filesystem::file_size(path, missing);
    if (missing) continue;
    ++files_;
    bytes_ += size;
    tasks.push_back({size, [this, path, vocabulary, analyser] {
                       const std::string problem = check_index(path, *vocabulary, *analyser);
                       if (problem.empty()) return;
                       findings_.add({name_of(path), problem, "filters by text and place", index_remedy});
                     }});
  }
}

void FileChecks::compare_orders() {
  for (const auto& sums : layers_) compare(*sums);
}

/// The orders that could be read: against the manifest, and against most of each other.
void FileChecks::compare(const OrderSums& layer) {
  const auto agreeing = [&](const QuadSum& wanted) {
    std::size_t count = 0;
    for (const auto& sum : layer.sums) count += sum == wanted ? 1 : 0;
    return count;
  };
  const QuadSum* usual = nullptr;
  std::size_t most = 0;
  for (const auto& sum : layer.sums) {
    const std::size_t count = sum ? agreeing(*sum) : 0;
    if (count <= most) continue;
    most = count;
    usual = &*sum;
  }
  if (usual == nullptr) return;
  for (std::size_t i = 0; i < order_count; ++i) {
    if (!layer.sums[i] || *layer.sums[i] == *usual) continue;
    findings_.add({layer.file,
                   fmt::format("the order {} holds other quads than most orders: {} against {}", order_names[i],
                               layer.sums[i]->count, usual->count),
                   affected_quads(static_cast<Order>(i)), restore_remedy});
  }
  if (layer.counted && usual->count != layer.wanted) {
    findings_.add({layer.file, fmt::format("it holds {} quads, and the manifest says {}", usual->count, layer.wanted),
                   "all queries", restore_remedy});
  }
}

}  // namespace scenograph::store::internal
