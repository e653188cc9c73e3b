#pragma once

#include <cstdint>
#include <string_view>

#include "markup/scan.hpp"
#include "syntax/reader.hpp"

namespace scenograph::markup {

/// What a page said besides its scripts.
struct Summary {
  std::uint64_t quads = 0;
  bool typed = false;       ///< it has items of Microdata, or RDFa that gives something a type
  bool open_graph = false;  ///< it has properties of Open Graph
};

/// Writes what a page says in Microdata, in RDFa, and by Open Graph, which is RDFa. The page's tree is built if `kinds`
/// says that there may be any.
///
/// Lenient reading takes `<meta name="og:…">` for what it means, leaves out properties whose prefix nobody declares
/// (fb:app_id), runs space in texts together, and gives numbers, times, addresses and codes such as EUR no language.
///
/// @param kinds       what `scan_kinds` found
/// @param options     `base` is that of the page's `<base>`, if it has one (`find_scripts`)
/// @param last_label  blank nodes are named after the label made up with this number
/// @throws            Error(Code::TooLarge) where elements lie more than 640 deep, have more than 512 attributes, or
/// make
///                    a tree many times as large as the page, which lenient reading passes over with a diagnostic;
///                    where the data is many times as large as the page, after quads
Summary read_markup(std::string_view html, const Kinds& kinds, const syntax::ReadOptions& options,
                    std::uint64_t last_label, const rdf::QuadSink& sink);

}  // namespace scenograph::markup
