#include "base/hash.hpp"

#include <catch2/catch.hpp>

using namespace scenograph::base;

TEST_CASE("identifiers made of hashes never change", "[hash]") {
  CHECK(to_base32(0) == "0000000000000");
  CHECK(to_base32(31) == "000000000000z");
  CHECK(to_base32(~std::uint64_t{0}) == "fzzzzzzzzzzzz");
  CHECK(stable_hash("") != stable_hash(std::string_view("\0", 1)));
  CHECK(to_base32(stable_hash("Phèdre")) == "0aq9g52adh5hd");
  CHECK(to_base32(stable_hash("")) == "faagnx6mvbt4v");
}
