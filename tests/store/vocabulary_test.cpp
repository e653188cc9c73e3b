#include "store/internal/vocabulary/vocabulary.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <set>

#include "base/error.hpp"
#include "base/file.hpp"
#include "support/temporary_folder.hpp"

namespace scenograph::store::internal {

namespace {

using Terms = std::vector<std::string>;

constexpr std::uint64_t first_number = 1000;

std::shared_ptr<const Vocabulary> write(const std::filesystem::path& path, const Terms& terms) {
  const auto writer = make_vocabulary_writer(path, first_number);
  for (const std::string& term : terms) writer->append(term);
  writer->finish();
  return open_vocabulary(path);
}

Terms sorted(const std::vector<std::string>& terms) {
  const std::set<std::string> distinct(terms.begin(), terms.end());
  return {distinct.begin(), distinct.end()};
}

std::string random_bytes(std::mt19937_64& random, std::size_t size, unsigned letters) {
  std::string bytes(size, 'x');
  for (char& byte : bytes) byte = static_cast<char>(letters == 256 ? random() : 'a' + random() % letters);
  return bytes;
}

/// Terms as loads have them: long shared prefixes, random and running tails, texts, typed values.
Terms typical(std::size_t count) {
  std::mt19937_64 random(7);
  const std::vector<std::string> words = {"nuit",   "danse",   "création", "pour",     "deux",    "La",    "théâtre",
                                          "saison", "musique", "et",       "Festival", "concert", "scène", "Ville"};
  Terms terms;
  for (std::size_t i = 0; terms.size() < count; ++i) {
    terms.push_back("<https://data.example.org/id/event/" + random_bytes(random, 13, 26));
    terms.push_back(fmt::format("<https://data.example.org/id/place/{}", i));
    terms.push_back(fmt::format("^http://www.w3.org/2001/XMLSchema#dateTime{}20{:02}-05-01T20:{:02}:00.{}", '\0',
                                random() % 30, random() % 60, i));
    std::string text = i % 2 == 0 ? "\"" : std::string("@fr") + '\0';
    for (std::size_t word = 0; word <= random() % 40; ++word) text += words[random() % words.size()] + " ";
    terms.push_back(text + std::to_string(i % 1000));
  }
  return sorted(terms);
}

/// Terms that stress lengths, bounds of buckets and bytes.
Terms adversarial() {
  std::mt19937_64 random(11);
  Terms terms;
  for (unsigned byte = 0; byte < 256; ++byte) terms.push_back(std::string(1, static_cast<char>(byte)));
  for (std::size_t size = 1; size < 700; size += size < 40 ? 1 : 13) {
    const std::string shared = random_bytes(random, size, 256);
    terms.push_back(shared);
    for (unsigned i = 0; i < 20; ++i) terms.push_back(shared + random_bytes(random, random() % 5, 2));
    terms.push_back(std::string(size, '\0'));
    terms.push_back(std::string(size, '\xFF'));
    terms.push_back(std::string(size, 'a'));
  }
  for (unsigned i = 0; i < 3; ++i) terms.push_back("long" + random_bytes(random, 100'000, 256) + std::to_string(i));
  const std::string longer = "longer" + random_bytes(random, 1'500'000, 3);
  for (const char* tail : {"", "a", "b", "ba"}) terms.push_back(longer + tail);
  return sorted(terms);
}

/// In order, backwards, the same again, in several stretches at once, and anywhere.
void check_lookup(const Vocabulary& vocabulary, const Terms& terms) {
  const auto lookup = vocabulary.lookup();
  const auto check = [&](std::size_t i) { REQUIRE(lookup->read(first_number + i) == terms[i]); };
  std::mt19937_64 random(5);
  const std::size_t count = terms.size();
  for (std::size_t i = 0; i < count; ++i) check(i);
  for (std::size_t i = count; i > 0; --i) check(i - 1);
  for (std::size_t i = 0; i < count; i += 1 + random() % 4) {
    check(i);
    check(i);
    check((i + count / 3) % count);
    check((i * 7 + count / 2) % count);
    check(random() % count);
    lookup->expect(first_number + random() % count);
    lookup->expect(first_number + (i + 1) % count);
    check((i + 1) % count);
  }
}

void check_against_model(const Vocabulary& vocabulary, const Terms& terms) {
  REQUIRE(vocabulary.size() == terms.size());
  REQUIRE(vocabulary.first_number() == first_number);
  vocabulary.verify();
  const auto cursor = vocabulary.cursor(first_number);
  std::string_view term;
  std::string out;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const std::uint64_t number = first_number + i;
    REQUIRE(cursor->next(term));
    REQUIRE(term == terms[i]);
    out = "before";
    vocabulary.append_term(number, out);
    REQUIRE(std::string_view(out).substr(6) == terms[i]);
    REQUIRE(vocabulary.find(terms[i]) == number);
    REQUIRE(vocabulary.lower_bound(terms[i]) == number);
  }
  REQUIRE_FALSE(cursor->next(term));
  REQUIRE_FALSE(cursor->next(term));
  check_lookup(vocabulary, terms);
}

void check_absent(const Vocabulary& vocabulary, const Terms& terms, const std::string& probe) {
  const auto at = std::lower_bound(terms.begin(), terms.end(), probe);
  const std::uint64_t number = first_number + static_cast<std::uint64_t>(at - terms.begin());
  REQUIRE(vocabulary.lower_bound(probe) == number);
  const bool held = at != terms.end() && *at == probe;
  REQUIRE(vocabulary.find(probe).has_value() == held);
}

/// Looks for what is nearly there: longer, shorter and changed terms.
void check_neighbours(const Vocabulary& vocabulary, const Terms& terms) {
  std::mt19937_64 random(3);
  check_absent(vocabulary, terms, "");
  check_absent(vocabulary, terms, std::string(2000, '\xFF'));
  for (const std::string& term : terms) {
    if (term.size() > 5000 && random() % 4 != 0) continue;
    check_absent(vocabulary, terms, term + '\0');
    check_absent(vocabulary, terms, term.substr(0, term.size() - 1));
    check_absent(vocabulary, terms, term.substr(0, random() % term.size()));
    std::string changed = term;
    changed[random() % term.size()] = static_cast<char>(random());
    check_absent(vocabulary, terms, changed);
  }
}

TEST_CASE("a vocabulary gives back its terms, by number and by bytes") {
  const tests::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "vocabulary";
  const auto check = [&](const Terms& terms) {
    const auto vocabulary = write(path, terms);
    REQUIRE(vocabulary->file_bytes() == std::filesystem::file_size(path));
    check_against_model(*vocabulary, terms);
    check_neighbours(*vocabulary, terms);
  };
  SECTION("none") { check({}); }
  SECTION("one") { check({"<http://ex.test/"}); }
  SECTION("one of one byte") { check({std::string(1, '\0')}); }
  SECTION("typical") { check(typical(20'000)); }
  SECTION("adversarial") { check(adversarial()); }
  SECTION("around the bounds of buckets and groups") {
    const Terms terms = typical(1100);
    for (const std::size_t size : {2, 15, 16, 17, 31, 32, 33, 511, 512, 513, 527, 528, 529, 1024, 1025}) {
      check(Terms(terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(size)));
    }
  }
  SECTION("random, of few letters") {
    std::mt19937_64 random(5);
    for (unsigned round = 0; round < 30; ++round) {
      Terms terms;
      for (unsigned i = 0; i < 1500; ++i) terms.push_back(random_bytes(random, 1 + random() % 12, 1 + random() % 4));
      check(sorted(terms));
    }
  }
  SECTION("random bytes") {
    std::mt19937_64 random(6);
    Terms terms;
    for (unsigned i = 0; i < 5000; ++i) terms.push_back(random_bytes(random, 1 + random() % 60, 256));
    check(sorted(terms));
  }
}

TEST_CASE("a cursor starts at any term") {
  const tests::TemporaryFolder folder;
  const Terms terms = typical(1500);
  const auto vocabulary = write(folder.path() / "vocabulary", terms);
  std::string_view term;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const auto cursor = vocabulary->cursor(first_number + i);
    for (std::size_t j = i; j < std::min(i + 20, terms.size()); ++j) {
      REQUIRE(cursor->next(term));
      REQUIRE(term == terms[j]);
    }
  }
  REQUIRE_FALSE(vocabulary->cursor(first_number + terms.size())->next(term));
}

TEST_CASE("a writer that is not finished leaves no file") {
  const tests::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "vocabulary";
  make_vocabulary_writer(path, 1)->append("<http://ex.test/");
  REQUIRE_FALSE(std::filesystem::exists(path));
}

/// Reads everything each way. @return whether all was right; damage that is told of counts as right.
bool reads_right_or_refuses(const std::filesystem::path& path, const Terms& terms) {
  try {
    const auto vocabulary = open_vocabulary(path);
    std::string out;
    std::string_view term;
    const auto cursor = vocabulary->cursor(vocabulary->first_number());
    for (std::size_t i = 0; i < terms.size(); ++i) {
      if (!cursor->next(term) || term != terms[i] || vocabulary->find(terms[i]) != first_number + i) return false;
      out.clear();
      vocabulary->append_term(first_number + i, out);
      if (out != terms[i]) return false;
    }
    vocabulary->verify();
    return false;  // the change was not seen
  } catch (const base::Error& error) {
    return error.code() == base::Code::Corrupt && error.where().source == path.string() &&
           error.message().find("backup") != std::string::npos;
  }
}

void put(const std::filesystem::path& path, std::string_view content) {
  std::ofstream(path, std::ios::binary) << content;
}

TEST_CASE("a damaged vocabulary is refused, wherever the damage is") {
  const tests::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "vocabulary";
  const Terms terms = typical(100);
  static_cast<void>(write(path, terms));
  const std::string whole = base::read_file(path);
  SECTION("a bit flipped") {
    for (std::size_t at = 0; at < whole.size(); ++at) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ (1U << (at % 8)));
      put(path, damaged);
      INFO("byte " << at);
      REQUIRE(reads_right_or_refuses(path, terms));
    }
  }
  SECTION("cut short") {
    for (std::size_t size = 0; size < whole.size(); size += 7) {
      put(path, std::string_view(whole).substr(0, size));
      INFO("size " << size);
      REQUIRE(reads_right_or_refuses(path, terms));
    }
  }
}

TEST_CASE("a vocabulary that is not there is not found") {
  const tests::TemporaryFolder folder;
  REQUIRE_THROWS_AS(open_vocabulary(folder.path() / "absent"), base::Error);
}

}  // namespace

}  // namespace scenograph::store::internal
