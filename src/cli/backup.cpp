#include "store/backup.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "cli/internal/command.hpp"
#include "store/store.hpp"

namespace scenograph::cli {

namespace {

constexpr double mebibyte = 1 << 20;

/// Shows progress for as long as it lives.
class Shown {
 public:
  Shown(const char* what, bool quiet) {
    if (quiet) return;
    options_.progress = [this, what](std::uint64_t done, std::uint64_t total) {
      if (!progress_) progress_ = std::make_unique<base::Progress>(what, "kB", total);
      progress_->update_now(done / 1000, done);
    };
  }
  Shown(const Shown&) = delete;
  Shown& operator=(const Shown&) = delete;
  ~Shown() = default;

  [[nodiscard]] const store::BackupOptions& options() const { return options_; }

 private:
  std::unique_ptr<base::Progress> progress_;
  store::BackupOptions options_;
};

std::string folder_argument(const Invocation& invocation, const char* command) {
  if (!invocation.has("folder")) {
    throw base::Error(base::Code::BadArgument, fmt::format("{} needs the folder of the backup", command));
  }
  return invocation.text("folder");
}

void declare_folder(po::options_description& options) {
  options.add_options()("folder", po::value<std::string>(), "the folder of the backup");
}

class BackupCommand : public Command {
 public:
  std::string_view name() const override { return "backup"; }
  std::string_view arguments() const override { return "FOLDER"; }
  std::string_view summary() const override { return "copy the store, or what is new since the last backup"; }
  std::string_view examples() const override {
    return "  scenograph backup /mnt/backup/scenograph\n\n"
           "A server may go on writing meanwhile.\n";
  }

  void declare(po::options_description& options) const override { declare_folder(options); }
  void declare_positional(po::positional_options_description& positional) const override {
    positional.add("folder", 1);
  }

  Exit run(const Invocation& invocation) const override {
    const std::string folder = folder_argument(invocation, "backup");
    const auto store = open_store(invocation, true);
    const auto result = store->backup(folder, Shown("backup", invocation.quiet).options());
    if (!invocation.quiet) {
      fmt::print("commit {}: {} of {} files copied, {:.1f} of {:.1f} MiB; {} old ones removed\n", result.commit,
                 base::with_thousands(result.copied_files), base::with_thousands(result.files),
                 static_cast<double>(result.copied_bytes) / mebibyte, static_cast<double>(result.bytes) / mebibyte,
                 result.removed_files);
    }
    return Exit::Ok;
  }
};

class RestoreCommand : public Command {
 public:
  std::string_view name() const override { return "restore"; }
  std::string_view arguments() const override { return "FOLDER --data NEW"; }
  std::string_view summary() const override { return "make a data directory from a backup"; }
  std::string_view examples() const override {
    return "  scenograph restore /mnt/backup/scenograph --data /srv/scenograph-restored\n";
  }

  void declare(po::options_description& options) const override { declare_folder(options); }
  void declare_positional(po::positional_options_description& positional) const override {
    positional.add("folder", 1);
  }

  Exit run(const Invocation& invocation) const override {
    const std::string folder = folder_argument(invocation, "restore");
    const auto result = store::restore(folder, invocation.data, Shown("restore", invocation.quiet).options());
    if (!invocation.quiet) {
      fmt::print("{} holds commit {}: {} files, {:.1f} MiB\n", invocation.data.string(), result.commit,
                 base::with_thousands(result.files), static_cast<double>(result.copied_bytes) / mebibyte);
    }
    return Exit::Ok;
  }
};

}  // namespace

std::unique_ptr<Command> make_backup_command() { return std::make_unique<BackupCommand>(); }
std::unique_ptr<Command> make_restore_command() { return std::make_unique<RestoreCommand>(); }

}  // namespace scenograph::cli
