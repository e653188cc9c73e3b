# What most sources include.
set(SCENOGRAPH_COMMON_HEADERS
    <fmt/format.h> <algorithm> <array> <cstddef> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string>
    <string_view> <tuple> <unordered_map> <utility> <variant> <vector>)

# Makes the target `name`, whose headers other targets can have precompiled. It is nothing without SCENOGRAPH_PRECOMPILE,
# so that a source includes all that it uses: presets other than release hold it to that.
function(scenograph_precompiled name)
  cmake_parse_arguments(PCH "" "" "HEADERS;LIBRARIES;OPTIONS" ${ARGN})
  if(NOT SCENOGRAPH_PRECOMPILE)
    return()
  endif()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "// Nothing but what is precompiled.\n" @ONLY)
  add_library(${name} OBJECT ${source})
  target_link_libraries(${name} PRIVATE ${PCH_LIBRARIES})
  target_compile_options(${name} PRIVATE ${PCH_OPTIONS})
  target_precompile_headers(${name} PRIVATE ${PCH_HEADERS})
  scenograph_cache_precompiled(${name})
endfunction()

# Compiles a target's sources with the headers of `name`.
function(scenograph_use_precompiled target name)
  if(SCENOGRAPH_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${name})
    scenograph_cache_precompiled(${target})
  endif()
endfunction()

# What a compiler cache needs to look into precompiled headers; and without the false alarms of gcc 12 about the standard
# library, which it keeps to itself where it sees a system header.
function(scenograph_cache_precompiled target)
  target_compile_options(${target} PRIVATE
    "$<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess;-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread;-Wno-restrict>")
endfunction()
