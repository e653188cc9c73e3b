#include "base/error.hpp"

#include <catch2/catch.hpp>

#include <cerrno>

using scenograph::base::Code;
using scenograph::base::Error;
using scenograph::base::Where;

TEST_CASE("an error's text starts with its place", "[error]") {
  CHECK(std::string(Error(Code::BadSyntax, "expected a dot", {"a.ttl", 3, 14}).what()) == "a.ttl:3:14: expected a dot");
  CHECK(std::string(Error(Code::BadData, "no title", {"a.csv", 0, 0, 7}).what()) == "a.csv, record 7: no title");
  CHECK(std::string(Error(Code::BadSyntax, "odd", {"", 2, 1}).what()) == "line 2:1: odd");
  CHECK(std::string(Error(Code::Io, "cannot read").what()) == "cannot read");
}

TEST_CASE("system errors keep their kind", "[error]") {
  CHECK(scenograph::base::system_error(ENOSPC, "cannot write x").code() == Code::DiskFull);
  CHECK(scenograph::base::system_error(EROFS, "cannot write x").code() == Code::ReadOnly);
  CHECK(scenograph::base::system_error(ENOENT, "cannot read x").code() == Code::NotFound);
  CHECK(scenograph::base::name_of(Code::Corrupt) == "Corrupt");
}
