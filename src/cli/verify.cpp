#include "store/verify.hpp"

#include <fmt/format.h>

#include "base/progress.hpp"
#include "cli/internal/command.hpp"
#include "publish/json.hpp"

namespace scenograph::cli {

namespace {

void print_text(const store::VerifyReport& report) {
  for (const store::Finding& finding : report.findings) {
    fmt::print("{}: {}\n  affected: {}\n  to mend it: {}\n", finding.file, finding.problem, finding.affected,
               finding.remedy);
  }
  if (report.found > report.findings.size()) {
    fmt::print("… and {} more\n", base::with_thousands(report.found - report.findings.size()));
  }
  fmt::print("commit {}, {} files, {:.1f} MiB: ", report.commit, base::with_thousands(report.files),
             static_cast<double>(report.bytes) / (1 << 20));
  if (report.found > 0) return fmt::print("{} faults found\n", base::with_thousands(report.found));
  fmt::print("nothing wrong, {} quads\n", base::with_thousands(report.quads));
}

void print_json(const store::VerifyReport& report) {
  publish::JsonWriter json;
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  json.begin_object().key("sound").value(report.found == 0);
  json.key("commit").value(number(report.commit)).key("quads").value(number(report.quads));
  json.key("files").value(number(report.files)).key("bytes").value(number(report.bytes));
  json.key("found").value(number(report.found)).key("findings").begin_array();
  for (const store::Finding& finding : report.findings) {
    json.begin_object().key("file").value(finding.file).key("problem").value(finding.problem);
    json.key("affected").value(finding.affected).key("remedy").value(finding.remedy).end_object();
  }
  json.end_array().end_object();
  fmt::print("{}\n", json.take());
}

class VerifyCommand : public Command {
 public:
  std::string_view name() const override { return "verify"; }
  std::string_view arguments() const override { return "[--format text|json]"; }
  std::string_view summary() const override { return "read all of the store and hold every part against the others"; }
  std::string_view examples() const override {
    return "  scenograph verify\n"
           "  scenograph verify --format json --threads 1\n";
  }

  void declare(po::options_description& options) const override {
    options.add_options()("format", po::value<std::string>()->value_name("FORMAT"), "text (default) or json")(
        "threads", po::value<std::size_t>()->default_value(2)->value_name("N"), "files that are read at once");
  }

  Exit run(const Invocation& invocation) const override {
    const bool json = wants_json(invocation);
    const auto store = open_store(invocation, true);
    store::VerifyOptions options;
    options.threads = invocation.options["threads"].as<std::size_t>();
    std::unique_ptr<base::Progress> progress;
    if (!invocation.quiet) {
      options.progress = [&](std::uint64_t done, std::uint64_t total) {
        if (!progress) progress = std::make_unique<base::Progress>("verify", "kB", total);
        progress->update_now(done / 1000, done);
      };
    }
    const store::VerifyReport report = store->verify(options);
    progress.reset();
    json ? print_json(report) : print_text(report);
    return report.found > 0 ? Exit::Found : Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_verify_command() { return std::make_unique<VerifyCommand>(); }

}  // namespace scenograph::cli
