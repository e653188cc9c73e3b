#pragma once

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "canon/compare.hpp"
#include "markup/read.hpp"
#include "markup/scripts.hpp"
#include "support/nquads.hpp"

namespace scenograph::tests {

/// What became of a page at http://page.test/show.
struct Reading {
  std::vector<rdf::Quad> quads;
  std::vector<std::string> diagnostics;  ///< "LINE:COLUMN MESSAGE"
  std::string error;
  markup::Summary summary;
};

inline Reading read_page(std::string_view html, bool lenient = false,
                         std::string_view address = "http://page.test/show") {
  Reading reading;
  syntax::ReadOptions options;
  options.base = markup::find_scripts(html, address).base;
  options.source_name = "show.html";
  options.lenient = lenient;
  options.diagnostics = [&reading](const base::Diagnostic& each) {
    reading.diagnostics.push_back(std::to_string(each.where.line) + ":" + std::to_string(each.where.column) + " " +
                                  each.message.en);
  };
  try {
    reading.summary = markup::read_markup(html, markup::scan_kinds(html), options, 0,
                                          [&reading](const rdf::Quad& quad) { reading.quads.push_back(quad); });
  } catch (const base::Error& error) {
    reading.error = error.what();
  }
  return reading;
}

/// A page, and what it says in Turtle, relative IRIs against the page's address.
struct Case {
  std::string rule;
  std::string html;
  std::string turtle;
};

inline void check(const Case& each, bool lenient = false) {
  INFO(each.rule << "\n" << each.html);
  const Reading reading = read_page(each.html, lenient);
  CHECK(reading.error == "");
  std::vector<rdf::Quad> expected;
  syntax::ReadOptions options;
  options.base = "http://page.test/show";
  const std::string turtle =
      "@prefix s: <http://schema.org/> . @prefix v: <http://v.test/> . @prefix xsd: "
      "<http://www.w3.org/2001/XMLSchema#> ."
      "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfa: <http://www.w3.org/ns/rdfa#> ."
      "@prefix dc: <http://purl.org/dc/terms/> . @prefix og: <http://ogp.me/ns#> .\n" +
      each.turtle;
  const auto source = base::open_text(turtle);
  syntax::read(*source, syntax::Format::Turtle, options,
               [&expected](const rdf::Quad& quad) { expected.push_back(quad); });
  const canon::Difference difference = canon::compare(expected, reading.quads);
  for (const std::string& line : difference.removed) UNSCOPED_INFO("missing: " << line);
  for (const std::string& line : difference.added) UNSCOPED_INFO("too much: " << line);
  CHECK(difference.empty());
}

}  // namespace scenograph::tests
