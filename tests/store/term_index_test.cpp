#include "store/term_index.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "base/error.hpp"
#include "store/backup.hpp"
#include "store/internal/index/term_indexes.hpp"
#include "store/small_store.hpp"
#include "store/verify.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::store {

namespace {

namespace fs = std::filesystem;

/// Keys are words between spaces.
class SpaceKeys final : public KeyMaker {
 public:
  void make_keys(const rdf::TermView& literal, std::vector<std::string>& keys) override {
    std::set<std::string> words;
    std::string word;
    for (const char c : std::string(literal.value) + ' ') {
      if (c != ' ') {
        word.push_back(c);
      } else if (!word.empty()) {
        words.insert(std::exchange(word, {}));
      }
    }
    keys.assign(words.begin(), words.end());
  }
};

class SpaceAnalyser final : public TermAnalyser {
 public:
  explicit SpaceAnalyser(std::uint32_t version = 1) : version_(version) {}
  std::string_view name() const override { return "spaces"; }
  std::uint32_t version() const override { return version_; }
  const LiteralKinds& kinds() const override { return kinds_; }
  std::unique_ptr<KeyMaker> make_key_maker() const override { return std::make_unique<SpaceKeys>(); }

 private:
  std::uint32_t version_;
  LiteralKinds kinds_{true, true, {"http://ex.test/type"}};
};

StoreOptions with_index(IndexWriting writing = IndexWriting::OnUse, std::uint32_t version = 1) {
  StoreOptions options;
  options.memtable_quads = 500;
  options.background_merges = false;
  options.indexes = {std::make_shared<SpaceAnalyser>(version)};
  options.index_writing = writing;
  return options;
}

/// Literals that have the key, as the index has it.
std::set<std::string> find(const View& view, const std::string& key) {
  const auto index = view.term_index("spaces", [] {});
  REQUIRE(index);
  std::vector<TermId> ids;
  REQUIRE(index->find(KeyRange::exactly(key), ids));
  std::set<std::string> out;
  for (const TermId id : ids) out.insert(view.term(id).value);
  return out;
}

/// The same, by looking at each quad; inlined ones left out.
std::set<std::string> find_by_scan(const View& view, const std::string& key) {
  std::set<std::string> out;
  std::vector<std::string> keys;
  const auto scan = view.scan({});
  for (QuadBatch batch; scan->next(batch);) {
    for (const TermId id : batch.column(Position::Object)) {
      if (id.kind() != IdKind::Literal) continue;
      const rdf::Term term = view.term(id);
      SpaceKeys().make_keys(rdf::TermView(term), keys);
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) out.insert(term.value);
    }
  }
  return out;
}

/// All literals of quads that are there are found; others may be found too, as long as they have the key.
void check(const View& view) {
  for (const std::string key : {"show", "numbered", "17", "9000", "20100", "30050", "nothing", "late"}) {
    CAPTURE(key);
    const auto found = find(view, key);
    const auto wanted = find_by_scan(view, key);
    CHECK(std::includes(found.begin(), found.end(), wanted.begin(), wanted.end()));
    for (const std::string& text : found) CHECK(text.find(key) != std::string::npos);
  }
}

void insert_literal(Store& store, const rdf::Term& literal) {
  const auto transaction = store.begin();
  transaction->insert({transaction->intern(rdf::Term::iri("http://ex.test/s")),
                       transaction->intern(rdf::Term::iri("http://ex.test/p")), transaction->intern(literal),
                       default_graph});
  transaction->commit({});
}

fs::path only_index(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder / "vocabularies")) {
    if (entry.path().extension() == ".spaces") return entry.path();
  }
  return {};
}

std::size_t files_of(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

void change_byte(const fs::path& path, std::streamoff at) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(at);
  const char byte = static_cast<char>(file.get());
  file.seekp(at);
  file.put(static_cast<char>(byte ^ 0x55));
}

}  // namespace

TEST_CASE("An index finds the literals of loads, of commits and of the log") {
  const scenograph::tests::TemporaryFolder folder;
  const auto store = Store::open(folder.path(), with_index());
  CHECK(find(*store->snapshot(), "show").empty());
  tests::load_bulk(*store, 0, 9000);
  tests::load_bulk(*store, 9000, 12'000);
  check(*store->snapshot());
  tests::remove_some(*store, 9);
  tests::add(*store, 20'000, 20'800);
  tests::add(*store, 30'000, 30'100);
  check(*store->snapshot());
  CHECK(store->snapshot()->term_index("others", [] {}) == nullptr);
}

TEST_CASE("An index is as of its snapshot") {
  const scenograph::tests::TemporaryFolder folder;
  const auto store = Store::open(folder.path(), with_index());
  tests::load_bulk(*store, 0, 900);
  insert_literal(*store, rdf::Term::literal("a late arrival"));
  const Snapshot before = store->snapshot();
  CHECK(find(*before, "late") == std::set<std::string>{"a late arrival"});
  insert_literal(*store, rdf::Term::lang_literal("a later one, not late", "en"));
  insert_literal(*store, rdf::Term::literal("late and typed", "http://ex.test/type"));
  insert_literal(*store, rdf::Term::literal("late but not looked at", "http://ex.test/other"));
  const Snapshot after = store->snapshot();
  CHECK(find(*after, "late") == std::set<std::string>{"a late arrival", "a later one, not late", "late and typed"});
  CHECK(find(*before, "late") == std::set<std::string>{"a late arrival"});
  store->compact({});
  CHECK(find(*store->snapshot(), "late").size() == 3);
  CHECK(find(*before, "late") == std::set<std::string>{"a late arrival"});
  CHECK(find(*after, "late").size() == 3);
  CHECK(files_of(folder.path() / "vocabularies") == 2);  // none of vocabularies that only snapshots hold
  insert_literal(*store, rdf::Term::literal("late after all"));
  CHECK(find(*store->snapshot(), "late").size() == 4);
}

TEST_CASE("Making an index stops when the time of its query is up, and begins again") {
  const scenograph::tests::TemporaryFolder folder;
  const auto store = Store::open(folder.path(), with_index());
  tests::load_bulk(*store, 0, 9000);
  CHECK_THROWS_WITH(
      store->snapshot()->term_index("spaces", [] { throw base::Error(base::Code::Timeout, "stopped after 5 ms"); }),
      Catch::Contains("stopped after 5 ms") && Catch::Contains("making the index \"spaces\""));
  CHECK(files_of(folder.path() / "vocabularies") == 1);
  check(*store->snapshot());
}

TEST_CASE("What a stopped query has read of late terms is not read again") {
  /// Calls of `check` until the index is there, or until it throws at the one of this number.
  const auto calls = [](const Store& store, int last) {
    int count = 0;
    const auto check = [&] {
      if (++count == last) throw base::Error(base::Code::Timeout, "stopped");
    };
    if (last == 0) CHECK(store.snapshot()->term_index("spaces", check) != nullptr);
    if (last != 0) CHECK_THROWS_WITH(store.snapshot()->term_index("spaces", check), "stopped");
    return count;
  };
  const scenograph::tests::TemporaryFolder folder;
  auto store = Store::open(folder.path(), with_index());
  tests::add(*store, 0, 20'000);
  const int all = calls(*store, 0);
  CHECK(all > 4);
  CHECK(calls(*store, 0) == 1);
  store.reset();
  store = Store::open(folder.path(), with_index());
  CHECK(calls(*store, 3) == 3);
  CHECK(calls(*store, 0) == all - 2);
  check(*store->snapshot());
}

TEST_CASE("An index stays right over flushes, merges, compactions and reopening") {
  const scenograph::tests::TemporaryFolder folder;
  auto store = Store::open(folder.path(), with_index());
  for (std::uint64_t round = 0; round < 6; ++round) {
    tests::add(*store, 20'000 + round * 300, 20'300 + round * 300);
    check(*store->snapshot());
    if (round == 1) tests::load_bulk(*store, 0, 3000);
    if (round == 2) store->merge();
    if (round == 3) store->compact({});
    if (round == 4) {
      store.reset();
      store = Store::open(folder.path(), with_index());
    }
    check(*store->snapshot());
  }
  store.reset();
  StoreOptions reading = with_index();
  reading.read_only = true;
  check(*Store::open(folder.path(), reading)->snapshot());
}

TEST_CASE("Another process that reads sees what is written meanwhile") {
  const scenograph::tests::TemporaryFolder folder;
  const auto writer = Store::open(folder.path(), with_index());
  tests::load_bulk(*writer, 0, 900);
  StoreOptions reading = with_index();
  reading.read_only = true;
  const auto reader = Store::open(folder.path(), reading);
  check(*reader->snapshot());
  insert_literal(*writer, rdf::Term::literal("a late arrival"));
  CHECK(find(*reader->snapshot(), "late") == std::set<std::string>{"a late arrival"});
  writer->compact({});
  insert_literal(*writer, rdf::Term::literal("late again"));
  CHECK(find(*reader->snapshot(), "late").size() == 2);
}

TEST_CASE("In the background an index comes by itself") {
  const scenograph::tests::TemporaryFolder folder;
  const auto store = Store::open(folder.path(), with_index(IndexWriting::InBackground));
  tests::load_bulk(*store, 0, 9000);
  for (int tries = 0; tries < 2000 && store->snapshot()->term_index("spaces", [] {}) == nullptr; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  check(*store->snapshot());
  CHECK(store->info().index_bytes > 0);
}

TEST_CASE("Readers look things up while others write, load and compact") {
  const scenograph::tests::TemporaryFolder folder;
  StoreOptions options = with_index(IndexWriting::InBackground);
  options.background_merges = true;
  const auto store = Store::open(folder.path(), options);
  tests::load_bulk(*store, 0, 3000);
  std::atomic<bool> done = false;
  std::atomic<std::size_t> wrong = 0;
  std::atomic<std::size_t> looked_up = 0;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 2; ++reader) {
    readers.emplace_back([&] {
      while (!done) {
        const Snapshot snapshot = store->snapshot();
        const auto index = snapshot->term_index("spaces", [] {});
        std::vector<TermId> ids;
        if (index == nullptr || !index->find(KeyRange::exactly("17"), ids)) continue;
        ++looked_up;
        for (const TermId id : ids) wrong += snapshot->term(id).value.find("17") == std::string::npos ? 1 : 0;
      }
    });
  }
  for (std::uint64_t round = 0; round < 12; ++round) {
    tests::add(*store, 20'000 + round * 100, 20'100 + round * 100);
    if (round % 3 == 0) tests::load_bulk(*store, 3000 + round * 100, 3300 + round * 100);
    if (round % 4 == 3) store->compact({});
  }
  for (int tries = 0; tries < 2000 && looked_up == 0; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  CHECK(looked_up > 0);
  CHECK(wrong == 0);
}

TEST_CASE("Files of an index go with their vocabulary") {
  const scenograph::tests::TemporaryFolder folder;
  auto store = Store::open(folder.path(), with_index());
  tests::load_bulk(*store, 0, 900);
  tests::load_bulk(*store, 900, 1800);
  check(*store->snapshot());
  CHECK(files_of(folder.path() / "vocabularies") == 4);
  store->compact({});
  CHECK(files_of(folder.path() / "vocabularies") == 1);
  check(*store->snapshot());
  CHECK(files_of(folder.path() / "vocabularies") == 2);
  std::ofstream(only_index(folder.path()).string() + ".draft-1") << "half";
  store.reset();
  store = Store::open(folder.path(), with_index());
  CHECK(files_of(folder.path() / "vocabularies") == 2);
}

TEST_CASE("A damaged, foreign or old index is made anew") {
  const scenograph::tests::TemporaryFolder folder;
  {
    const auto store = Store::open(folder.path(), with_index());
    tests::load_bulk(*store, 0, 9000);
    check(*store->snapshot());
  }
  const fs::path path = only_index(folder.path());
  const auto size = static_cast<std::streamoff>(fs::file_size(path));
  SECTION("Its beginning") {
    change_byte(path, 3);
    check(*Store::open(folder.path(), with_index())->snapshot());
  }
  SECTION("Its end") {
    change_byte(path, size - 3);
    check(*Store::open(folder.path(), with_index())->snapshot());
  }
  SECTION("Cut short") {
    fs::resize_file(path, static_cast<std::uintmax_t>(size) / 2);
    check(*Store::open(folder.path(), with_index())->snapshot());
  }
  SECTION("Empty") {
    fs::resize_file(path, 0);
    check(*Store::open(folder.path(), with_index())->snapshot());
  }
  SECTION("Of another version") {
    const auto before = fs::last_write_time(path);
    check(*Store::open(folder.path(), with_index(IndexWriting::OnUse, 2))->snapshot());
    CHECK(fs::last_write_time(path) != before);
  }
  SECTION("In its entries: the look-up says so, and the next one works") {
    REQUIRE(size > 20'000);
    change_byte(path, 9000);
    const auto store = Store::open(folder.path(), with_index());
    const auto index = store->snapshot()->term_index("spaces", [] {});
    REQUIRE(index);
    std::vector<TermId> ids;
    CHECK_FALSE(index->find(KeyRange{"\x01", "\xFF"}, ids));
    check(*store->snapshot());
  }
}

TEST_CASE("Verify holds an index against the literals") {
  const scenograph::tests::TemporaryFolder folder;
  {
    const auto store = Store::open(folder.path(), with_index());
    tests::load_bulk(*store, 0, 9000);
    check(*store->snapshot());
    CHECK(store->verify({}).found == 0);
  }
  const fs::path path = only_index(folder.path());
  SECTION("Damaged") {
    change_byte(path, static_cast<std::streamoff>(fs::file_size(path)) / 3);
    const auto report = Store::open(folder.path(), with_index())->verify({});
    REQUIRE(report.found == 1);
    CHECK(report.findings.front().file == "vocabularies/" + path.filename().string());
    CHECK(report.findings.front().remedy.find("delete the file") != std::string::npos);
  }
  SECTION("Sound, and of other literals") {
    const scenograph::tests::TemporaryFolder other;
    const auto donor = Store::open(other.path(), with_index());
    const auto load = donor->begin_load({});
    for (std::uint64_t i = 0; i < 9000; ++i) {
      rdf::Quad quad = tests::quad_of(i);
      if (i == 8) quad.object = rdf::Term::literal("The title of the show numbered 8b");
      load->lane(0).add({rdf::TermView(quad.subject), rdf::TermView(quad.predicate), rdf::TermView(quad.object),
                         rdf::TermView(quad.graph)},
                        0);
    }
    load->commit({});
    check(*donor->snapshot());
    fs::copy_file(only_index(other.path()), path, fs::copy_options::overwrite_existing);
    const auto report = Store::open(folder.path(), with_index())->verify({});
    REQUIRE(report.found == 1);
    CHECK(report.findings.front().problem == "its keys are not those of the literals");
  }
  SECTION("Missing is no fault") {
    fs::remove(path);
    CHECK(Store::open(folder.path(), with_index())->verify({}).found == 0);
  }
}

TEST_CASE("A backup leaves indexes out, and a restored store makes them anew") {
  const scenograph::tests::TemporaryFolder folder;
  const scenograph::tests::TemporaryFolder backups;
  const auto store = Store::open(folder.path(), with_index());
  tests::load_bulk(*store, 0, 900);
  check(*store->snapshot());
  (void)store->backup(backups.path() / "backup", {});
  (void)restore(backups.path() / "backup", backups.path() / "restored");
  CHECK(only_index(backups.path() / "restored").empty());
  check(*Store::open(backups.path() / "restored", with_index())->snapshot());
}

namespace internal {

TEST_CASE("Index files hold what was gathered, whatever memory there was") {
  const scenograph::tests::TemporaryFolder folder;
  std::mt19937_64 random(5);
  std::set<std::string> terms;
  for (int i = 0; i < 6000; ++i) {
    std::string text = "\"all";
    for (std::uint64_t word = random() % 6; word > 0; --word)
      text += fmt::format(" w{}", random() % (random() % 3000 + 1));
    terms.insert(text + fmt::format(" n{}", i));
    if (i % 50 == 0) terms.insert(fmt::format("<http://ex.test/all/{}", i));
    if (i % 70 == 0) terms.insert(fmt::format("@fr{}all in French {}", '\0', i));
    if (i % 90 == 0) terms.insert(fmt::format("^http://ex.test/other{}all others {}", '\0', i));
  }
  const fs::path vocabulary_path = folder.path() / "1.voc";
  const auto writer = make_vocabulary_writer(vocabulary_path, 41);
  for (const std::string& term : terms) writer->append(term);
  writer->finish();
  const auto vocabulary = open_vocabulary(vocabulary_path);
  const SpaceAnalyser analyser;
  std::map<std::string, std::vector<std::uint64_t>> wanted;
  make_all_keys(
      *vocabulary, analyser,
      [&](std::string_view key, std::uint64_t number) { wanted[std::string(key)].push_back(number); }, [] {});
  REQUIRE(wanted["all"].size() > 6000);
  for (const std::size_t memory : {std::size_t{1} << 30U, std::size_t{200'000}, std::size_t{20'000}}) {
    const fs::path path = folder.path() / "1.spaces";
    write_index(path, *vocabulary, analyser, memory, [] {});
    CHECK(files_of(folder.path()) == 2);
    const IndexFile index(path, *vocabulary, analyser);
    std::map<std::string, std::vector<std::uint64_t>> got;
    index.read_all([&](std::string_view key, std::uint64_t number) { got[std::string(key)].push_back(number); });
    CHECK(got == wanted);
    for (const std::string key : {"all", "w1", "w17", "w", "nothing", "~"}) {
      CAPTURE(key);
      std::vector<std::uint64_t> numbers;
      index.find(KeyRange::exactly(key), numbers);
      CHECK(numbers == (wanted.contains(key) ? wanted[key] : std::vector<std::uint64_t>()));
    }
    std::vector<std::uint64_t> numbers;
    index.find(KeyRange::starting_with("w1"), numbers);
    std::size_t beginning = 0;
    for (const auto& [key, all] : wanted) beginning += key.starts_with("w1") ? all.size() : 0;
    CHECK(numbers.size() == beginning);
  }
}

TEST_CASE("Writing an index can be stopped, and leaves nothing") {
  const scenograph::tests::TemporaryFolder folder;
  const auto writer = make_vocabulary_writer(folder.path() / "1.voc", 1);
  for (int i = 10'000; i < 30'000; ++i) writer->append(fmt::format("\"word {}", i));
  writer->finish();
  const auto vocabulary = open_vocabulary(folder.path() / "1.voc");
  const auto stop = [] { throw base::Error(base::Code::Cancelled, "enough"); };
  CHECK_THROWS(write_index(folder.path() / "1.spaces", *vocabulary, SpaceAnalyser(), 1000, stop));
  CHECK(files_of(folder.path()) == 1);
}

}  // namespace internal

}  // namespace scenograph::store
