# Compiles files into the library of the module that calls it, after scenograph_module.
#
# `function` becomes scenograph::<module>::<function>(), which base/embedded.hpp's type describes; the module declares it
# in a header of its own. Paths are as given, relative to the project.
function(scenograph_embed module function)
  set(rows "")
  foreach(path IN LISTS ARGN)
    file(READ ${PROJECT_SOURCE_DIR}/${path} content)
    string(APPEND rows "    {\"${path}\", R\"~~~(${content})~~~\"},\n")
  endforeach()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp)
  file(WRITE ${source}.new
    "#include <array>\n#include <span>\n\n#include \"base/embedded.hpp\"\n\n"
    "namespace scenograph::${module} {\n\n"
    "std::span<const base::EmbeddedFile> ${function}();\n\n"
    "std::span<const base::EmbeddedFile> ${function}() {\n"
    "  static constexpr auto files = std::to_array<base::EmbeddedFile>({\n${rows}  });\n  return files;\n}\n\n"
    "}  // namespace scenograph::${module}\n")
  configure_file(${source}.new ${source} COPYONLY)
  list(TRANSFORM ARGN PREPEND ${PROJECT_SOURCE_DIR}/ OUTPUT_VARIABLE paths)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${paths})
  target_sources(scenograph_${module} PRIVATE ${source})
  set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)  # of what ISO C++ asks for
endfunction()
