#include "store/internal/load/load_quads.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>

#include "base/error.hpp"
#include "rdf/vocab.hpp"
#include "store/internal/inline_term.hpp"
#include "store/internal/term_bytes.hpp"
#include "store/load_support.hpp"
#include "support/temporary_folder.hpp"

// Loads of random quads against a plain set of quads, one after the other into the same target.

namespace scenograph::store::internal {

namespace {

using rdf::Quad;
using rdf::QuadView;
using rdf::Term;
using rdf::TermView;
using scenograph::tests::TemporaryFolder;
namespace fs = std::filesystem;

struct Input {
  Quad quad;
  std::uint32_t document = 0;
};

/// Blank nodes are `label document`, so that equal terms are equal nodes of one load.
Term scoped(Term term, std::uint32_t document) {
  if (term.is_blank()) term.value += " " + std::to_string(document);
  return term;
}

Quad scoped(const Input& input) {
  const Quad& quad = input.quad;
  return {scoped(quad.subject, input.document), quad.predicate, scoped(quad.object, input.document),
          scoped(quad.graph, input.document)};
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

  std::vector<Input> inputs(std::size_t count, std::size_t range) {
    std::vector<Input> all;
    for (std::size_t i = 0; i < count; ++i) {
      const Term graph = below(3) == 0 ? Term() : below(8) == 0 ? Term::blank("g") : iri("g", 4);
      const Term subject = below(5) == 0 ? blank(range) : iri("s", range);
      all.push_back({{subject, iri("p", 6), object(range), graph}, static_cast<std::uint32_t>(below(3))});
    }
    return all;
  }

 private:
  Term iri(const char* kind, std::size_t range) {
    return Term::iri("http://ex.test/a/long/common/prefix/" + std::string(kind) + std::to_string(below(range)));
  }
  Term blank(std::size_t range) { return Term::blank("n" + std::to_string(below(range))); }

  Term object(std::size_t range) {
    const std::string number = std::to_string(below(range));
    switch (below(9)) {
      case 0:
        return iri("s", range);
      case 1:
        return Term::literal(number, rdf::xsd::integer);
      case 2:
        return Term::lang_literal("une chaîne plus longue " + number, "fr");
      case 3:
        return Term::literal("plus longue que sept octets" + std::string(below(12), '\0') + number);
      case 4:
        return blank(range);
      case 5:
        return Term::literal(number);
      case 6:
        return Term::literal("0" + number, rdf::xsd::integer);
      case 7:
        return Term::literal(number + ".5", rdf::xsd::decimal);
      default:
        return Term::literal("2025-12-12T20:30:00Z", below(2) == 0 ? rdf::xsd::dateTime : rdf::xsd::date);
    }
  }

  std::mt19937 random_;
};

QuadView view_of(const Quad& quad) {
  return {TermView(quad.subject), TermView(quad.predicate), TermView(quad.object), TermView(quad.graph)};
}

LoadPaths paths_in(const fs::path& folder) {
  fs::create_directories(folder);
  LoadPaths paths;
  paths.scratch = folder / "scratch";
  paths.vocabulary = folder / "vocabulary";
  for (std::size_t i = 0; i < order_count; ++i) paths.runs[i] = folder / ("run" + std::to_string(i));
  paths.subject_sets = folder / "subjects.sets";
  return paths;
}

void add_all(QuadLoader& loader, std::size_t lanes, const std::vector<Input>& inputs) {
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    loader.lane(i * 7 % lanes).add(view_of(inputs[i].quad), inputs[i].document);
  }
}

std::vector<QuadId> read_run(const Run& run, Order order) {
  std::array<std::vector<std::uint64_t>, 4> columns;
  for (auto& column : columns) column.resize(block_rows);
  std::vector<QuadId> quads;
  for (std::uint64_t at = 0; at < run.size();) {
    const std::size_t count =
        run.read(at, block_rows, {columns[0].data(), columns[1].data(), columns[2].data(), columns[3].data()});
    REQUIRE(count > 0);
    for (std::size_t i = 0; i < count; ++i) {
      std::array<TermId, 4> members;
      for (std::size_t place = 0; place < 4; ++place) {
        members[static_cast<std::size_t>(places_of(order)[place])] = TermId::from_bits(columns[place][i]);
      }
      quads.push_back({members[0], members[1], members[2], members[3]});
    }
    at += count;
  }
  return quads;
}

std::vector<QuadId> read_order(const LoadPaths& paths, Order order) {
  const auto& path = paths.runs[static_cast<std::size_t>(order)];
  if (order != Order::Gspo) return read_run(*open_run(path, order), order);
  return read_run(*open_graph_run(path, open_run(paths.runs[0], Order::Spog)), order);
}

/// What loads were added to, as ids and as a plain set.
struct State {
  tests::ListView view;
  std::set<Quad> model;
  std::vector<std::shared_ptr<const Vocabulary>> vocabularies;
  std::map<std::string, std::uint64_t, std::less<>> overlay;
  std::map<Term, TermId> ids;
  std::uint64_t next_term = 1;
  std::uint64_t next_blank = 1;

  [[nodiscard]] LoadTarget target() const {
    LoadTarget out{view, vocabularies, {}, next_term, next_blank};
    out.find_overlay = [this](std::string_view term) {
      const auto at = overlay.find(term);
      return at == overlay.end() ? std::optional<std::uint64_t>() : at->second;
    };
    return out;
  }
};

/// A new blank node or term of a load gets the next number, in the order of documents and labels or of bytes.
void number_terms(State& state, const std::set<Term>& terms) {
  std::map<std::pair<std::string, std::string>, Term> blanks;
  std::map<std::string, Term> others;
  for (const Term& term : terms) {
    if (term.is_default_graph()) {
      state.ids[term] = default_graph;
    } else if (term.is_blank()) {
      const std::size_t space = term.value.find(' ');
      blanks[{term.value.substr(space), term.value.substr(0, space)}] = term;
    } else if (const auto id = to_inline(term)) {
      state.ids[term] = *id;
    } else if (!state.ids.contains(term)) {
      others[to_term_bytes(TermView(term))] = term;
    }
  }
  for (const auto& [key, term] : blanks) state.ids[term] = TermId::make(IdKind::BlankNode, state.next_blank++);
  for (const auto& [key, term] : others) {
    state.ids[term] = TermId::make(term.is_iri() ? IdKind::Iri : IdKind::Literal, state.next_term++);
  }
}

void check_vocabulary(const LoadPaths& paths, State& state, std::uint64_t first, bool has_vocabulary) {
  REQUIRE(has_vocabulary == (first < state.next_term));
  REQUIRE(fs::exists(paths.vocabulary) == has_vocabulary);
  if (!has_vocabulary) return;
  const auto vocabulary = open_vocabulary(paths.vocabulary);
  CHECK(vocabulary->first_number() == first);
  CHECK(vocabulary->size() == state.next_term - first);
  for (const auto& [term, id] : state.ids) {
    if ((term.is_iri() || term.is_literal()) && !id.is_inline() && id.payload() >= first) {
      CHECK(vocabulary->find(to_term_bytes(TermView(term))) == id.payload());
    }
  }
  state.vocabularies.push_back(vocabulary);
}

using Counts = std::map<TermId, std::uint64_t>;

Counts sorted(const std::unordered_map<TermId, std::uint64_t>& counts) { return {counts.begin(), counts.end()}; }

void check_counts(const LoadCounts& counts, const std::set<QuadId>& fresh, const tests::ListView& before) {
  Counts predicates;
  Counts graphs;
  Counts subjects;
  Counts objects;
  std::set<std::pair<TermId, TermId>> seen_subjects;
  std::set<std::pair<TermId, TermId>> seen_objects;
  std::set<TermId> new_subjects;
  std::set<TermId> new_objects;
  for (const QuadId& quad : fresh) {
    ++predicates[quad.predicate];
    ++graphs[quad.graph];
    const bool has_subject = before.count({quad.subject, quad.predicate, {}, {}}) > 0;
    if (!has_subject && seen_subjects.insert({quad.predicate, quad.subject}).second) ++subjects[quad.predicate];
    const bool has_object = before.count({{}, quad.predicate, quad.object, {}}) > 0;
    if (!has_object && seen_objects.insert({quad.predicate, quad.object}).second) ++objects[quad.predicate];
    if (before.count({quad.subject, {}, {}, {}}) == 0) new_subjects.insert(quad.subject);
    if (before.count({{}, {}, quad.object, {}}) == 0) new_objects.insert(quad.object);
  }
  CHECK(counts.quads == fresh.size());
  CHECK(sorted(counts.predicates) == predicates);
  CHECK(sorted(counts.graphs) == graphs);
  CHECK(sorted(counts.subjects) == subjects);
  CHECK(sorted(counts.objects) == objects);
  CHECK(counts.all_subjects == new_subjects.size());
  CHECK(counts.all_objects == new_objects.size());
}

void check_runs(const LoadPaths& paths, const std::set<QuadId>& fresh) {
  for (std::size_t i = 0; i < order_count; ++i) {
    REQUIRE(fs::exists(paths.runs[i]) == !fresh.empty());
    if (fresh.empty()) continue;
    const auto order = static_cast<Order>(i);
    std::vector<QuadId> wanted(fresh.begin(), fresh.end());
    std::sort(wanted.begin(), wanted.end(),
              [&](const QuadId& a, const QuadId& b) { return row_of(a, order) < row_of(b, order); });
    CHECK((read_order(paths, order) == wanted));
  }
}

/// Loads into `state` and checks all that comes of it.
void load(State& state, const fs::path& folder, const std::vector<Input>& inputs, std::size_t lanes,
          std::size_t memory) {
  const LoadPaths paths = paths_in(folder);
  BulkLoadOptions options;
  options.lanes = lanes;
  options.memory = memory;
  double done = 0;
  options.progress = [&](double share) {
    CHECK(share >= done);
    done = share;
  };
  LoadedFiles files;
  {
    const auto loader = make_quad_loader(options, paths.scratch);
    add_all(*loader, lanes, inputs);
    files = loader->finish(state.target(), paths);
  }
  CHECK(done == 1.0);
  CHECK_FALSE(fs::exists(paths.scratch));

  std::set<Quad> quads;
  std::set<Term> terms;
  for (const Input& input : inputs) {
    const Quad quad = scoped(input);
    quads.insert(quad);
    terms.insert({quad.subject, quad.predicate, quad.object, quad.graph});
  }
  std::erase_if(state.ids, [](const auto& entry) { return entry.first.is_blank(); });
  const std::uint64_t first = state.next_term;
  number_terms(state, terms);
  CHECK(files.next_term == state.next_term);
  CHECK(files.next_blank == state.next_blank);
  check_vocabulary(paths, state, first, files.has_vocabulary);

  std::set<QuadId> fresh;
  for (const Quad& quad : quads) {
    const QuadId ids{state.ids.at(quad.subject), state.ids.at(quad.predicate), state.ids.at(quad.object),
                     state.ids.at(quad.graph)};
    if (state.view.count(ids) == 0) fresh.insert(ids);
  }
  check_counts(files.counts, fresh, state.view);
  check_runs(paths, fresh);
  for (const QuadId& quad : fresh) state.view.insert(quad);
}

constexpr std::size_t plenty = std::size_t{64} << 20U;

TEST_CASE("loads agree with a set of quads") {
  struct Case {
    std::size_t lanes;
    std::size_t memory;
    std::size_t range;
  };
  const auto [lanes, memory, range] = GENERATE(values<Case>(
      {{1, plenty, 20}, {3, plenty, 400}, {2, 1, 30}, {1, 400'000, 300}, {3, 300'000, 60}, {2, 60'000, 100}}));
  INFO("lanes " << lanes << ", memory " << memory << ", range " << range);
  const TemporaryFolder folder;
  Generator generator(static_cast<unsigned>(lanes + memory + range));
  State state;
  state.overlay["<http://ex.test/a/long/common/prefix/s7"] = 1;
  state.ids[Term::iri("http://ex.test/a/long/common/prefix/s7")] = TermId::make(IdKind::Iri, 1);
  state.next_term = 2;
  for (const std::size_t count :
       {std::size_t{0}, std::size_t{1}, std::size_t{3000}, std::size_t{1000}, std::size_t{5}, std::size_t{2}}) {
    load(state, folder.path() / ("load" + std::to_string(count)), generator.inputs(count, range), lanes, memory);
  }
}

TEST_CASE("quads of many different terms need wider keys") {
  const TemporaryFolder folder;
  const std::size_t memory = GENERATE(plenty, std::size_t{2} << 20U);
  std::vector<Input> inputs;
  for (std::size_t i = 0; i < 66'000; ++i) {
    const auto iri = [&](const char* kind) { return Term::iri("x:" + (kind + std::to_string(i * 7919 % 66'000))); };
    inputs.push_back({{iri("s"), iri("p"), iri("o"), iri("g")}, 0});
  }
  State state;
  load(state, folder.path(), inputs, 2, memory);
  CHECK(state.view.count({}) == inputs.size());
}

TEST_CASE("a load of what is there writes nothing") {
  const TemporaryFolder folder;
  Generator generator(3);
  std::vector<Input> inputs = generator.inputs(800, 30);
  std::erase_if(inputs, [](const Input& input) {
    return input.quad.subject.is_blank() || input.quad.object.is_blank() || input.quad.graph.is_blank();
  });
  State state;
  load(state, folder.path() / "first", inputs, 2, plenty);
  load(state, folder.path() / "again", inputs, 1, 1);
  CHECK(state.vocabularies.size() == 1);
}

std::string content(const fs::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

TEST_CASE("how quads are spread over lanes and disk does not show in the files") {
  const TemporaryFolder folder;
  Generator generator(4);
  const std::vector<Input> inputs = generator.inputs(4000, 500);
  const tests::ListView nothing;
  std::vector<LoadPaths> all;
  for (const auto& [lanes, memory] :
       std::vector<std::pair<std::size_t, std::size_t>>{{1, plenty}, {2, plenty}, {5, plenty}, {2, 1}, {1, 400'000}}) {
    const LoadPaths paths = paths_in(folder.path() / std::to_string(all.size()));
    BulkLoadOptions options;
    options.lanes = lanes;
    options.memory = memory;
    const auto loader = make_quad_loader(options, paths.scratch);
    add_all(*loader, lanes, inputs);
    CHECK(loader->finish({nothing, {}, {}, 1, 1}, paths).has_vocabulary);
    all.push_back(paths);
  }
  for (const LoadPaths& paths : all) {
    CHECK((content(paths.vocabulary) == content(all[0].vocabulary)));
    for (std::size_t i = 0; i < order_count; ++i) {
      CHECK_FALSE(content(paths.runs[i]).empty());
      CHECK((content(paths.runs[i]) == content(all[0].runs[i])));
    }
    CHECK((content(paths.subject_sets) == content(all[0].subject_sets)));
  }
}

TEST_CASE("a load that is cancelled leaves nothing") {
  const TemporaryFolder folder;
  Generator generator(5);
  const std::vector<Input> inputs = generator.inputs(3000, 300);
  const tests::ListView nothing;
  const std::size_t memory = GENERATE(std::size_t{1}, plenty);
  bool ended = false;
  for (int calls = 0; !ended; calls = calls * 5 / 4 + 1) {
    const LoadPaths paths = paths_in(folder.path());
    BulkLoadOptions options;
    options.memory = memory;
    options.lanes = 2;
    int left = calls;
    options.check = [&] {
      if (--left < 0) throw std::runtime_error("enough");
    };
    try {
      const auto loader = make_quad_loader(options, paths.scratch);
      add_all(*loader, options.lanes, inputs);
      (void)loader->finish({nothing, {}, {}, 1, 1}, paths);
      ended = true;
    } catch (const std::runtime_error& error) {
      CHECK(std::string_view(error.what()) == "enough");
      CHECK(fs::is_empty(folder.path()));
    }
  }
  CHECK_FALSE(fs::is_empty(folder.path()));
}

TEST_CASE("a load looks often whether it is to go on") {
  const TemporaryFolder folder;
  const LoadPaths paths = paths_in(folder.path());
  BulkLoadOptions options;
  std::atomic<int> checks = 0;
  options.check = [&checks] { ++checks; };
  const auto loader = make_quad_loader(options, paths.scratch);
  constexpr int quads = 200'000;
  for (int i = 0; i < quads; ++i) {
    const std::string subject = fmt::format("http://ex.test/{}", i * 7919 % quads);
    const TermView iri(rdf::TermType::Iri, subject);
    loader->lane(0).add({iri, iri, iri, {}}, 0);
  }
  checks = 0;
  const tests::ListView nothing;
  (void)loader->finish({nothing, {}, {}, 1, 1}, paths);
  CHECK(checks > 5 * quads / 2048);  // each of the orders is written some rows at a time
}

/// Files cannot grow past `bytes` as long as this lives.
class FileLimit {
 public:
  explicit FileLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;
  ~FileLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

TEST_CASE("a load that cannot write says so and leaves nothing") {
  const TemporaryFolder folder;
  Generator generator(6);
  const std::vector<Input> inputs = generator.inputs(3000, 2000);
  const tests::ListView nothing;
  const LoadPaths paths = paths_in(folder.path());
  const std::size_t memory = GENERATE(std::size_t{1}, plenty);
  const rlim_t bytes = GENERATE(rlim_t{100}, rlim_t{2'000}, rlim_t{6'000});
  const auto write = [&] {
    const FileLimit limit(bytes);
    BulkLoadOptions options;
    options.memory = memory;
    const auto loader = make_quad_loader(options, paths.scratch);
    add_all(*loader, 1, inputs);
    (void)loader->finish({nothing, {}, {}, 1, 1}, paths);
  };
  try {
    write();
    FAIL("nothing was thrown");
  } catch (const base::Error& error) {
    CHECK(error.code() == base::Code::Io);
  }
  CHECK(fs::is_empty(folder.path()));
}

}  // namespace

}  // namespace scenograph::store::internal
