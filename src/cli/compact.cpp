#include <fmt/format.h>

#include "base/progress.hpp"
#include "cli/internal/command.hpp"
#include "store/bulk_load.hpp"
#include "store/store.hpp"

namespace scenograph::cli {

namespace {

constexpr double mebibyte = 1024.0 * 1024.0;

class CompactCommand : public Command {
 public:
  std::string_view name() const override { return "compact"; }
  std::string_view arguments() const override { return "[--memory BYTES]"; }
  std::string_view summary() const override { return "rewrite the store at its smallest and fastest"; }
  std::string_view examples() const override {
    return "  scenograph compact\n"
           "  scenograph --data /srv/scenograph compact --memory 4G\n\n"
           "The changes of commits so far are dropped from the change log: take a backup first if you need them.\n";
  }

  void declare(po::options_description& options) const override {
    options.add_options()("memory", po::value<std::string>()->default_value("2G")->value_name("BYTES"),
                          "for terms and sorting; more goes through files");
  }

  Exit run(const Invocation& invocation) const override {
    constexpr std::uint64_t steps = 1000;
    const auto store = open_store(invocation, false);
    const store::StoreInfo before = store->info();
    store::BulkLoadOptions options;
    options.memory = parse_bytes("memory", invocation.text("memory"));
    {
      base::Progress progress("compact", "‰", steps);
      options.progress = [&](double done) {
        const auto step = static_cast<std::uint64_t>(done * steps);
        progress.update_now(step, step);
      };
      store->compact(options);
    }
    const store::StoreInfo after = store->info();
    if (!invocation.quiet) {
      fmt::print("{} quads: {:.1f} MiB, {} segments became {:.1f} MiB, {}\n", base::with_thousands(after.quads),
                 static_cast<double>(before.disk_bytes) / mebibyte, before.segments,
                 static_cast<double>(after.disk_bytes) / mebibyte, after.segments);
    }
    return Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_compact_command() { return std::make_unique<CompactCommand>(); }

}  // namespace scenograph::cli
