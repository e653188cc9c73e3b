#include "shacl/profile.hpp"

#include "cli/internal/command.hpp"
#include "cli/internal/shapes_options.hpp"
#include "ingest/shapes.hpp"

namespace scenograph::cli {

namespace {

class ProfileCommand : public Command {
 public:
  std::string_view name() const override { return "profile"; }
  std::string_view arguments() const override { return "[--shapes FILE] [--lang fr|en]"; }
  std::string_view summary() const override { return "write what the shapes ask of data, as a page of Markdown"; }
  std::string_view examples() const override {
    return "  scenograph profile --lang fr > profil.md\n"
           "  scenograph profile --shapes my-shapes.ttl\n";
  }

  void declare(po::options_description& options) const override { declare_shapes_options(options); }

  Exit run(const Invocation& invocation) const override {
    const auto model = invocation.has("shapes") ? std::vector<rdf::Quad>() : ingest::default_model();
    shacl::write_profile(shapes_of(invocation), model, report_language(invocation), standard_output());
    return Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_profile_command() { return std::make_unique<ProfileCommand>(); }

}  // namespace scenograph::cli
