#include "shacl/report.hpp"

#include <string>

#include "fuzz/fuzz.hpp"
#include "ingest/report_history.hpp"

// Reads reports of JSON as what a later report is held against. Against nothing, all of it was mended.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scenograph;
  const std::string text(reinterpret_cast<const char*>(data), size);
  fuzz::answers([&] {
    const shacl::Baseline baseline = ingest::read_baseline(base::open_text(text), "report");
    const shacl::Report report;
    const shacl::Trend trend = shacl::compare(report, baseline);
    fuzz::require(trend.total.mended == trend.total.before && trend.total.added == 0);
    fuzz::require(trend.exact == baseline.is_complete());
    fuzz::require(!trend.exact || trend.absent.size() == trend.total.mended);
    shacl::ReportOptions options;
    options.trend = &trend;
    for (auto* write : {shacl::write_text, shacl::write_sarif, shacl::write_html}) {
      write(report, options, [](std::string_view) {});
    }
    shacl::write_json(
        report, [](std::string_view) {}, options);
  });
  return 0;
}
