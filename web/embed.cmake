# Writes a C++ source that holds the files of web/ as an array sorted by name.
#
# Usage: cmake -DROOT=web -DFILES="a;b" -DOUT=assets_data.cpp -P web/embed.cmake
list(SORT FILES)
set(arrays "")
set(table "")
set(number 0)
foreach(name IN LISTS FILES)
  file(READ ${ROOT}/${name} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(APPEND arrays "constexpr unsigned char file_${number}[] = {${bytes}0};\n")
  string(APPEND table "    {\"${name}\", {reinterpret_cast<const char*>(file_${number}), sizeof file_${number} - 1}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUT}.new "#include \"publish/internal/asset_table.hpp\"

namespace scenograph::publish {

namespace {

${arrays}
}  // namespace

std::span<const Asset> asset_table() noexcept {
  static const Asset table[] = {
${table}  };
  return table;
}

}  // namespace scenograph::publish
")
file(RENAME ${OUT}.new ${OUT})
