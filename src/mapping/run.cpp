#include "mapping/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "mapping/internal/join_table.hpp"
#include "mapping/internal/model.hpp"
#include "mapping/internal/triples_writer.hpp"
#include "sources/csv.hpp"
#include "sources/json.hpp"
#include "syntax/compression.hpp"

namespace scenograph::mapping {

namespace {

using namespace internal;

// Triples maps that share a source, and their iterators without repetition.
struct Pass {
  Source source;
  std::vector<std::size_t> maps;
  std::vector<std::string> iterators;
  std::vector<std::size_t> iterator_of;  // by position in maps
};

std::vector<Pass> plan(const Model& model, const std::vector<bool>& wanted) {
  std::vector<Pass> passes;
  for (std::size_t i = 0; i < model.triples_maps.size(); ++i) {
    if (!wanted[i]) continue;
    const TriplesMap& map = model.triples_maps[i];
    auto pass =
        std::find_if(passes.begin(), passes.end(), [&](const Pass& p) { return p.source.reads_like(map.source); });
    if (pass == passes.end()) pass = passes.insert(pass, {map.source, {}, {}, {}});
    auto iterator = std::find(pass->iterators.begin(), pass->iterators.end(), map.iterator);
    if (iterator == pass->iterators.end()) iterator = pass->iterators.insert(iterator, map.iterator);
    pass->iterator_of.push_back(static_cast<std::size_t>(iterator - pass->iterators.begin()));
    pass->maps.push_back(i);
  }
  return passes;
}

class Run {
 public:
  Run(const Model& model, const RunOptions& options, const rdf::QuadSink& sink)
      : model_(model), options_(options), sink_(sink), tables_of_(model.triples_maps.size()) {}

  RunResult run() {
    build_tables();
    Report report(options_.diagnostics);
    const std::vector<bool> all(model_.triples_maps.size(), true);
    for (const Pass& pass : plan(model_, all)) write(pass, report);
    result_.left_out = report.left_out();
    return result_;
  }

 private:
  [[nodiscard]] std::unique_ptr<sources::RecordReader> open(const Pass& pass, bool silent) const {
    const std::filesystem::path& path = options_.source.empty() ? pass.source.path : options_.source;
    sources::ReadOptions options;
    options.source_name = path.string();
    options.encoding = pass.source.encoding;
    options.max_record = options_.max_record;
    options.max_document = options_.max_document;
    if (!silent) options.diagnostics = options_.diagnostics;
    auto bytes = syntax::decompress(base::open_file(path), path.string());
    if (pass.source.formulation == Formulation::Csv) {
      return sources::open_csv(std::move(bytes), options, pass.source.dialect);
    }
    return sources::open_json(std::move(bytes), options, pass.iterators);
  }

  // Calls `work(position in pass.maps)` for each record and each triples map that it is a record of.
  template <typename Work>
  void read(const Pass& pass, sources::RecordReader& reader, std::deque<Row>& rows, const Work& work) {
    constexpr std::uint64_t batch = 1024;
    for (std::uint64_t count = 1; reader.next(); ++count) {
      if (options_.budget != nullptr && count % batch == 0) options_.budget->check();
      for (std::size_t i = 0; i < pass.maps.size(); ++i) {
        if (pass.iterator_of[i] != reader.iterator()) continue;
        rows[i].reset();
        work(i);
      }
    }
  }

  [[nodiscard]] std::deque<Row> rows_of(const Pass& pass, sources::RecordReader& reader) const {
    std::deque<Row> rows;
    for (const std::size_t map : pass.maps) {
      rows.emplace_back(model_.triples_maps[map], reader, options_.empty_is_null);
    }
    return rows;
  }

  [[nodiscard]] TermMaker maker(std::size_t map, Row& row, Report& report) const {
    const std::string& own = model_.triples_maps[map].base;
    return {own.empty() ? options_.base : own, row, report, map};
  }

  // Reads the parents of joins, before anything is written.
  void build_tables() {
    std::vector<bool> parents(model_.triples_maps.size(), false);
    for (std::size_t i = 0; i < model_.triples_maps.size(); ++i) {
      for (const PredicateObjectMap& properties : model_.triples_maps[i].properties) {
        for (const Join& join : properties.joins) {
          if (join.subject_here) continue;
          parents[join.parent] = true;
          tables_.emplace_back(join, options_.budget);
          tables_of_[i].push_back(&tables_.back());
        }
      }
    }
    Report silent({});
    for (const Pass& pass : plan(model_, parents)) fill_tables(pass, silent);
  }

  void fill_tables(const Pass& pass, Report& silent) {
    const auto reader = open(pass, true);
    std::deque<Row> rows = rows_of(pass, *reader);
    std::deque<TermMaker> makers;
    for (std::size_t i = 0; i < rows.size(); ++i) makers.push_back(maker(pass.maps[i], rows[i], silent));
    std::vector<rdf::Term> subjects;
    read(pass, *reader, rows, [&](std::size_t i) {
      subjects.clear();
      makers[i].make(model_.triples_maps[pass.maps[i]].subject, subjects);
      for (JoinTable& table : tables_) {
        if (table.join().parent == pass.maps[i]) table.add(makers[i], subjects);
      }
    });
  }

  void write(const Pass& pass, Report& report) {
    const auto reader = open(pass, false);
    std::deque<Row> rows = rows_of(pass, *reader);
    std::deque<TriplesWriter> writers;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::size_t map = pass.maps[i];
      writers.emplace_back(model_.triples_maps[map], maker(map, rows[i], report), tables_of_[map], sink_);
    }
    std::uint64_t last = 0;
    std::size_t last_iterator = 0;
    read(pass, *reader, rows, [&](std::size_t i) {
      const std::uint64_t number = reader->where().record;
      if (number != last || reader->iterator() != last_iterator) ++result_.records;
      last = number;
      last_iterator = reader->iterator();
      result_.quads += writers[i].write();
    });
    result_.rejected += reader->rejected();
  }

  const Model& model_;
  const RunOptions& options_;
  const rdf::QuadSink& sink_;
  std::deque<JoinTable> tables_;
  std::vector<std::vector<const JoinTable*>> tables_of_;  // by triples map
  RunResult result_;
};

}  // namespace

RunResult run_mapping(const Mapping& mapping, const RunOptions& options, const rdf::QuadSink& sink) {
  if (const auto sources = mapping.sources(); !options.source.empty() && sources.size() > 1) {
    throw base::Error(
        base::Code::BadArgument,
        fmt::format("the mapping reads {} files, so another source cannot stand for its only one", sources.size()));
  }
  return Run(mapping.model(), options, sink).run();
}

}  // namespace scenograph::mapping
