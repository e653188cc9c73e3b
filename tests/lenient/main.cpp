// Runs case files of lenient JSON-LD: a document, its quads, and the repairs that should be told.
//
// Usage: lenient_cases [--write] [--docs FILE] FILE-OR-FOLDER...
//        lenient_cases --table
//
// A case file has comments, and then sections that begin with a line "== TITLE":
//
//   == document        JSON-LD; "== page" is a web page. Its address is http://site.test/show
//   == quads           what it says in lenient reading, as N-Quads; blank nodes may have any labels
//   == error CODE      lenient reading refuses it instead
//   == diagnostics     a line each, `LINE:COLUMN REPAIR «FIELD» "FOUND" -> "MADE"`, in order; docs/lenient.md names
//                      the repairs
//   == strict CODE     strict reading refuses it; "== strict same" reads the same quads, "== strict" what stands below
//
// \xHH in a document is a byte. --write puts what comes out into
// the file in place of what should: look at it before you keep it. Prints what differs and the totals last; exits with
// 1 if any case failed, if of a folder no case has some repair, or if FILE does not list all of them as --table prints
// them.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <stdexcept>

#include "base/bytes.hpp"
#include "canon/compare.hpp"
#include "cases/case_file.hpp"
#include "jsonld/internal/repair_rules.hpp"
#include "lenient/run_case.hpp"
#include "lenient/table.hpp"
#include "support/nquads.hpp"
#include "syntax/reader.hpp"

using namespace scenograph;

namespace {

/// A file's text with \xHH as bytes.
std::string with_bytes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\\x") && i + 3 < text.size()) {
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 2, 2)), nullptr, 16));
      i += 3;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::vector<rdf::Quad> parse_quads(const std::string& text) {
  std::vector<rdf::Quad> quads;
  const std::string lines = text + "\n";
  const auto source = base::open_text(lines);
  syntax::read(*source, syntax::Format::NQuads, {}, [&](const rdf::Quad& quad) { quads.push_back(quad); });
  return quads;
}

std::string lines_of(const std::vector<base::Diagnostic>& diagnostics) {
  std::string text;
  for (const base::Diagnostic& each : diagnostics) text += lenient::to_line(each) + "\n";
  if (!text.empty()) text.pop_back();
  return text;
}

/// One document with what is expected of it, and what came of it.
class Case {
 public:
  Case(const cases::Section& document, std::vector<cases::Section> expected)
      : document_(document),
        expected_(std::move(expected)),
        format_(document.title == "page" ? syntax::Format::Html : syntax::Format::JsonLd),
        lenient_(lenient::read(with_bytes(document.text), format_, true)),
        strict_(lenient::read(with_bytes(document.text), format_, false)) {}

  /// What is wrong; "" if all is as expected.
  [[nodiscard]] std::string check() const {
    std::string wrong;
    bool quads = false;
    bool diagnostics = false;
    for (const cases::Section& section : expected_) {
      if (section.title == "quads") {
        quads = true;
        wrong += difference(lenient_, section.text);
      } else if (section.title.starts_with("error ")) {
        quads = true;
        if (section.title.substr(6) != lenient_.error) wrong += "lenient reading gave: " + told(lenient_);
      } else if (section.title == "diagnostics") {
        diagnostics = true;
        const std::string told = lines_of(lenient_.diagnostics);
        if (told != section.text) wrong += "diagnostics:\n" + told + "\nexpected:\n" + section.text + "\n";
      } else if (section.title.starts_with("strict")) {
        wrong += check_strict(section);
      } else {
        wrong += "unknown section == " + section.title + "\n";
      }
    }
    if (!quads) wrong += "there is neither == quads nor == error\n";
    if (!diagnostics && !lenient_.diagnostics.empty())
      wrong += "diagnostics:\n" + lines_of(lenient_.diagnostics) + "\n";
    return wrong;
  }

  /// The sections that `check` would be content with.
  [[nodiscard]] std::string written() const {
    std::string text = fmt::format("== {}\n{}\n", document_.title, document_.text);
    text +=
        lenient_.error.empty() ? "== quads\n" + tests::to_nquads(lenient_.quads) : "== error " + lenient_.error + "\n";
    if (!lenient_.diagnostics.empty()) text += "== diagnostics\n" + lines_of(lenient_.diagnostics) + "\n";
    if (!strict_.error.empty()) {
      text += "== strict " + strict_.error + "\n";
    } else if (canon::compare(strict_.quads, lenient_.quads).empty()) {
      text += "== strict same\n";
    } else {
      text += "== strict\n" + tests::to_nquads(strict_.quads);
    }
    return text;
  }

  [[nodiscard]] const std::vector<base::Diagnostic>& diagnostics() const { return lenient_.diagnostics; }

 private:
  static std::string told(const lenient::Outcome& outcome) {
    return outcome.error.empty() ? tests::to_nquads(outcome.quads) : outcome.error + "\n";
  }

  static std::string difference(const lenient::Outcome& outcome, const std::string& expected) {
    if (!outcome.error.empty()) return "error " + outcome.error + "\n";
    if (canon::compare(outcome.quads, parse_quads(expected)).empty()) return {};
    return "quads:\n" + tests::to_nquads(outcome.quads) + "expected:\n" + expected + "\n";
  }

  [[nodiscard]] std::string check_strict(const cases::Section& section) const {
    if (section.title == "strict") {
      const std::string wrong = difference(strict_, section.text);
      return wrong.empty() ? wrong : "strict reading: " + wrong;
    }
    const bool same = section.title == "strict same";
    const bool right = same ? strict_.error.empty() && canon::compare(strict_.quads, lenient_.quads).empty()
                            : section.title.substr(7) == strict_.error;
    return right ? std::string() : "strict reading gave: " + told(strict_);
  }

  cases::Section document_;
  std::vector<cases::Section> expected_;
  syntax::Format format_;
  lenient::Outcome lenient_;
  lenient::Outcome strict_;
};

std::vector<Case> read_cases(const std::filesystem::path& file) {
  std::vector<cases::Section> sections = cases::read_case_file(file);
  std::vector<Case> read;
  for (std::size_t i = 0; i < sections.size();) {
    const cases::Section& document = sections[i++];
    if (document.title != "document" && document.title != "page") {
      throw std::runtime_error(fmt::format("{}:{}: == document or == page expected", file.string(), document.line));
    }
    std::vector<cases::Section> expected;
    while (i < sections.size() && sections[i].title != "document" && sections[i].title != "page") {
      expected.push_back(sections[i++]);
    }
    read.emplace_back(document, std::move(expected));
  }
  return read;
}

std::string comment_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string comment;
  for (std::string line; std::getline(file, line) && !line.starts_with("== ");) comment += line + "\n";
  return comment;
}

struct Totals {
  std::size_t cases = 0;
  std::size_t failed = 0;
  std::vector<std::size_t> repairs = std::vector<std::size_t>(jsonld::repair_rules().size());
};

void run(const std::filesystem::path& file, bool write, Totals& totals) {
  const std::vector<Case> all = read_cases(file);
  std::string written = comment_of(file);
  for (std::size_t i = 0; i < all.size(); ++i) {
    ++totals.cases;
    for (const base::Diagnostic& each : all[i].diagnostics()) {
      const std::string name = lenient::repair_name(each);
      for (std::size_t k = 0; k < totals.repairs.size(); ++k) {
        if (jsonld::repair_rules()[k].name == name) ++totals.repairs[k];
      }
    }
    written += (i == 0 ? "" : "\n") + all[i].written();
    const std::string wrong = write ? std::string() : all[i].check();
    if (wrong.empty()) continue;
    ++totals.failed;
    std::cout << file.string() << ": case " << i + 1 << '\n' << wrong << '\n';
  }
  if (write) std::ofstream(file) << written;
}

std::vector<std::filesystem::path> case_files(const std::filesystem::path& given) {
  if (!std::filesystem::is_directory(given)) return {given};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(given)) {
    if (entry.path().extension() == ".test") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// The repairs that no case shows.
std::size_t tell_untested(const Totals& totals) {
  std::size_t untested = 0;
  for (std::size_t k = 0; k < totals.repairs.size(); ++k) {
    if (totals.repairs[k] != 0) continue;
    ++untested;
    std::cout << "no case has the repair " << jsonld::repair_rules()[k].name << '\n';
  }
  return untested;
}

/// The rows of the table of repairs that the documentation lacks.
std::size_t tell_undocumented(const std::string& path) {
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::size_t missing = 0;
  for (const std::string& row : lenient::table_rows()) {
    if (text.find(row + "\n") != std::string::npos) continue;
    ++missing;
    std::cout << path << " lacks the row\n" << row << '\n';
  }
  return missing;
}

int print_table() {
  for (const std::string& row : lenient::table_rows()) std::cout << row << '\n';
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    Totals totals;
    bool write = false;
    bool folders = false;
    std::size_t undocumented = 0;
    for (int i = 1; i < argc; ++i) {
      if (std::string_view(argv[i]) == "--write") {
        write = true;
        continue;
      }
      if (std::string_view(argv[i]) == "--table") return print_table();
      if (std::string_view(argv[i]) == "--docs" && i + 1 < argc) {
        undocumented = tell_undocumented(argv[++i]);
        continue;
      }
      folders = folders || std::filesystem::is_directory(argv[i]);
      for (const auto& file : case_files(argv[i])) run(file, write, totals);
    }
    const std::size_t untested = folders ? tell_untested(totals) : 0;
    std::cout << totals.cases - totals.failed << " passed, " << totals.failed << " failed\n";
    return totals.failed + untested + undocumented == 0 && totals.cases > 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "lenient_cases: " << error.what() << '\n';
    return 2;
  }
}
