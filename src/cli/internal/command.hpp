#pragma once

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/positional_options.hpp>
#include <boost/program_options/variables_map.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/diagnostic.hpp"
#include "rdf/term.hpp"
#include "store/store.hpp"

namespace scenograph::cli {

namespace po = boost::program_options;

/// Exit codes, as docs/cli.md lists them.
enum class Exit : int { Ok = 0, Found = 1, Usage = 2, BadInput = 3, System = 4, Busy = 5, Limit = 6, Internal = 70 };

/// What every command is given.
struct Invocation {
  std::filesystem::path data;  ///< the data directory
  bool quiet = false;          ///< no progress, no summary
  po::variables_map options;   ///< the command's own, from the command line and the configuration file

  [[nodiscard]] bool has(const char* name) const { return options.count(name) != 0; }
  [[nodiscard]] std::string text(const char* name) const { return has(name) ? options[name].as<std::string>() : ""; }
  [[nodiscard]] std::vector<std::string> list(const char* name) const {
    return has(name) ? options[name].as<std::vector<std::string>>() : std::vector<std::string>();
  }
};

/// One command of the program. A file per command defines one and makes it with the function declared below.
class Command {
 public:
  virtual ~Command() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual std::string_view arguments() const = 0;  ///< as the usage line shows them
  [[nodiscard]] virtual std::string_view summary() const = 0;    ///< one line
  [[nodiscard]] virtual std::string_view examples() const = 0;   ///< lines of the shell

  virtual void declare(po::options_description& options) const = 0;
  virtual void declare_positional(po::positional_options_description& positional) const { (void)positional; }

  [[nodiscard]] virtual Exit run(const Invocation& invocation) const = 0;
};

[[nodiscard]] std::unique_ptr<Command> make_init_command();
[[nodiscard]] std::unique_ptr<Command> make_load_command();
[[nodiscard]] std::unique_ptr<Command> make_compact_command();
[[nodiscard]] std::unique_ptr<Command> make_ingest_command();
[[nodiscard]] std::unique_ptr<Command> make_map_command();
[[nodiscard]] std::unique_ptr<Command> make_validate_command();
[[nodiscard]] std::unique_ptr<Command> make_query_command();
[[nodiscard]] std::unique_ptr<Command> make_update_command();
[[nodiscard]] std::unique_ptr<Command> make_export_command();
[[nodiscard]] std::unique_ptr<Command> make_serve_command();
[[nodiscard]] std::unique_ptr<Command> make_info_command();
[[nodiscard]] std::unique_ptr<Command> make_profile_command();
[[nodiscard]] std::unique_ptr<Command> make_score_command();
[[nodiscard]] std::unique_ptr<Command> make_void_command();
[[nodiscard]] std::unique_ptr<Command> make_verify_command();
[[nodiscard]] std::unique_ptr<Command> make_backup_command();
[[nodiscard]] std::unique_ptr<Command> make_restore_command();
[[nodiscard]] std::unique_ptr<Command> make_log_command();
[[nodiscard]] std::unique_ptr<Command> make_patch_command();
[[nodiscard]] std::unique_ptr<Command> make_convert_command();
[[nodiscard]] std::unique_ptr<Command> make_jsonld_command();
[[nodiscard]] std::unique_ptr<Command> make_canonicalize_command();
[[nodiscard]] std::unique_ptr<Command> make_compare_command();

/// The --format option of commands that report: text (the default) or json. @return whether it is json.
/// @throws Error(Code::BadArgument)
[[nodiscard]] bool wants_json(const Invocation& invocation);

/// Opens the store of the data directory, which must be there. @throws as `Store::open`.
[[nodiscard]] std::unique_ptr<store::Store> open_store(const Invocation& invocation, bool read_only,
                                                       store::IndexWriting index_writing = store::IndexWriting::OnUse);

/// The option's IRI; the default graph if it is not given. @throws Error(Code::BadArgument) naming the option.
[[nodiscard]] rdf::Term graph_option(const Invocation& invocation, const char* option);

/// The text of a positional file ("-" is standard input) or of an option such as -e: exactly one of them.
/// @throws  Error(Code::BadArgument) if both or neither are given; what reading throws.
[[nodiscard]] std::string text_argument(const Invocation& invocation, const char* file, const char* option);

/// Writes remarks to standard error: the first ones in full, then only their number.
class Remarks {
 public:
  /// @param language  "fr" or "en"
  explicit Remarks(std::size_t shown = 20, std::string language = "en")
      : shown_(shown), language_(std::move(language)) {}
  Remarks(const Remarks&) = delete;
  Remarks& operator=(const Remarks&) = delete;
  ~Remarks();

  /// Must not outlive this.
  [[nodiscard]] base::DiagnosticSink sink();

  /// How many told of something wrong.
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  std::size_t shown_;
  std::string language_;
  std::size_t told_ = 0;
  std::size_t count_ = 0;
};

/// Writes to standard output; ends the program quietly when the reader has gone (a closed pipe).
[[nodiscard]] base::ByteSink standard_output();

/// The option's number with an optional binary suffix K, M, G or T ("512M"), in bytes.
/// @throws Error(Code::BadArgument) naming the option.
[[nodiscard]] std::uint64_t parse_bytes(std::string_view option, std::string_view text);

/// The --memory option in bytes, else a quarter of the machine's memory, at most 3 GiB. @throws as `parse_bytes`.
[[nodiscard]] std::size_t memory_option(const Invocation& invocation);

/// The --threads option, 1 to 64, else as many as there are processors, at most 16. @throws Error(Code::BadArgument)
[[nodiscard]] std::size_t threads_option(const Invocation& invocation);

/// A time such as "30s", "500ms", "2m" in milliseconds. @throws Error(Code::BadArgument) naming the option.
[[nodiscard]] std::uint64_t parse_milliseconds(std::string_view option, std::string_view text);

}  // namespace scenograph::cli
