#include <fmt/format.h>

#include "cli/internal/command.hpp"
#include "store/store.hpp"

namespace scenograph::cli {

namespace {

class InitCommand : public Command {
 public:
  std::string_view name() const override { return "init"; }
  std::string_view arguments() const override { return "[--data DIR]"; }
  std::string_view summary() const override { return "create the data directory"; }
  std::string_view examples() const override { return "  scenograph --data /srv/scenograph init\n"; }
  void declare(po::options_description& options) const override { (void)options; }

  Exit run(const Invocation& invocation) const override {
    const auto store = store::Store::open(invocation.data);
    const store::StoreInfo info = store->info();
    if (!invocation.quiet) fmt::print("{} is ready: {} quads\n", invocation.data.string(), info.quads);
    return Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_init_command() { return std::make_unique<InitCommand>(); }

}  // namespace scenograph::cli
