#include "cli/internal/budget_options.hpp"

namespace scenograph::cli {

void declare_budget_options(po::options_description& options, const char* memory) {
  const auto text = [](const char* standard, const char* name) {
    return po::value<std::string>()->default_value(standard)->value_name(name);
  };
  options.add_options()("timeout", text("60s", "TIME"), "of a query or update; 0s: none")(
      "query-memory", text(memory, "BYTES"), "memory a query or update may use; 0: any")(
      "query-spill", text("10G", "BYTES"), "what a query may write to disk of what does not fit in memory; 0: nothing")(
      "spill-folder", po::value<std::string>()->value_name("DIR"), "where to (default: spill in the data directory)");
}

std::filesystem::path spill_folder(const Invocation& invocation) {
  return invocation.has("spill-folder") ? std::filesystem::path(invocation.text("spill-folder"))
                                        : invocation.data / "spill";
}

std::shared_ptr<base::Budget> make_budget(const Invocation& invocation) {
  auto budget = std::make_shared<base::Budget>(
      std::chrono::milliseconds(parse_milliseconds("timeout", invocation.text("timeout"))),
      parse_bytes("query-memory", invocation.text("query-memory")));
  budget->allow_spilling(spill_folder(invocation), parse_bytes("query-spill", invocation.text("query-spill")));
  return budget;
}

}  // namespace scenograph::cli
