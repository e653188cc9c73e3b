#include "server/internal/multipart.hpp"

#include <string>

#include "fuzz/fuzz.hpp"

// Joins the parts of a form. The first line of the input is its Content-Type; the rest is the body.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  fuzz::Input input(data, size);
  const std::string_view type = input.until("\n");
  fuzz::answers([&] { static_cast<void>(server::join_parts(input.rest(), type, "http://ex.test/")); });
  return 0;
}
