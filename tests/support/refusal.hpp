#pragma once

#include <catch2/catch.hpp>

#include <cstddef>
#include <string>

#include "base/error.hpp"

namespace scenograph::tests {

/// The code of the error that an action ends in; the test fails if it ends in none.
template <typename Action>
base::Code code_of(const Action& action) {
  try {
    action();
  } catch (const base::Error& error) {
    return error.code();
  }
  FAIL("was not refused");
  return base::Code::BadArgument;
}

/// A text many times over, for what nests deep or is long.
inline std::string repeated(std::size_t times, const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace scenograph::tests
