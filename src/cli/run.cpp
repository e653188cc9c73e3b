#include "cli/run.hpp"

#include <boost/program_options/parsers.hpp>
#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <new>

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/version.hpp"
#include "cli/internal/command.hpp"

namespace scenograph::cli {

namespace {

using base::Code;
using base::Error;
using Commands = std::vector<std::unique_ptr<Command>>;

Commands all_commands() {
  Commands commands;
  for (const auto make : {make_init_command,     make_load_command,         make_ingest_command, make_map_command,
                          make_validate_command, make_profile_command,      make_score_command,  make_query_command,
                          make_update_command,   make_export_command,       make_serve_command,  make_compact_command,
                          make_info_command,     make_void_command,         make_verify_command, make_backup_command,
                          make_restore_command,  make_log_command,          make_patch_command,  make_convert_command,
                          make_jsonld_command,   make_canonicalize_command, make_compare_command}) {
    commands.push_back(make());
  }
  return commands;
}

std::filesystem::path xdg_folder(const char* variable, const char* below_home) {
  if (const char* folder = std::getenv(variable); folder != nullptr && *folder == '/') {
    return std::filesystem::path(folder) / "scenograph";
  }
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : ".") / below_home / "scenograph";
}

po::options_description global_options() {
  po::options_description options("Options of every command");
  options.add_options()("data", po::value<std::string>()->value_name("DIR"),
                        "data directory (default: $XDG_DATA_HOME/scenograph)")(
      "config", po::value<std::string>()->value_name("FILE"),
      "configuration file: lines of option = value (default: $XDG_CONFIG_HOME/scenograph/scenograph.conf if there)")(
      "log-level", po::value<std::string>()->default_value("info")->value_name("LEVEL"),
      "debug, info, warning, error or off")("store-size",
                                            po::value<std::string>()->default_value("1T")->value_name("BYTES"),
                                            "largest size the store may grow to")(
      "durability", po::value<std::string>()->default_value("full")->value_name("LEVEL"),
      "full, or relaxed: a loss of power may take back the last commits")(
      "cut-log", po::bool_switch(), "open a store whose log is damaged without the commits from there on")(
      "quiet,q", po::bool_switch(), "no progress and no summary")("help,h", po::bool_switch(), "show this help")(
      "version", po::bool_switch(), "show the version");
  return options;
}

void print_overview(const Commands& commands) {
  fmt::print(
      "Scenograph {}: linked open data of the performing arts.\n\n"
      "Usage: scenograph [--data DIR] COMMAND [ARGUMENTS]\n\nCommands:\n",
      base::version());
  for (const auto& command : commands) fmt::print("  {:<12} {}\n", command->name(), command->summary());
  fmt::print(
      "\nStart with:\n"
      "  scenograph init\n"
      "  scenograph ingest agenda.csv --mapping agenda.rml.ttl --graph https://venue.example/graph/agenda\n"
      "  scenograph validate\n"
      "  scenograph serve\n\n"
      "scenograph COMMAND --help tells more.\n");
}

void print_help(const Command& command, const po::options_description& options) {
  fmt::print("Usage: scenograph {} {}\n\n{}\n\n", command.name(), command.arguments(), command.summary());
  std::ostringstream text;
  text << options;
  fmt::print("{}\nExamples:\n{}\n", text.str(), command.examples());
}

void set_level(const std::string& name) {
  using base::LogLevel;
  constexpr std::pair<std::string_view, LogLevel> levels[] = {{"debug", LogLevel::Debug},
                                                              {"info", LogLevel::Info},
                                                              {"warning", LogLevel::Warning},
                                                              {"error", LogLevel::Error},
                                                              {"off", LogLevel::Off}};
  for (const auto& [level_name, level] : levels) {
    if (level_name == name) return base::set_log_level(level);
  }
  throw Error(Code::BadArgument, "--log-level is one of debug, info, warning, error, off, not \"" + name + "\"");
}

/// Options of the file that this command does not know belong to other commands.
void read_configuration(const std::filesystem::path& path, bool required, const po::options_description& known,
                        const po::options_description& anywhere, po::variables_map& values) {
  std::ifstream file(path);
  if (!file) {
    if (required) throw base::system_error(errno, fmt::format("cannot read {}", path.string()));
    return;
  }
  const po::parsed_options all = po::parse_config_file(file, anywhere, true);
  po::parsed_options mine(&known);
  for (const po::option& option : all.options) {
    if (option.unregistered) {
      throw Error(Code::BadArgument, fmt::format("no command has the option \"{}\"", option.string_key),
                  {path.string()});
    }
    if (known.find_nothrow(option.string_key, false) != nullptr) mine.options.push_back(option);
  }
  po::store(mine, values);
}

std::string_view advice_of(Code code) {
  switch (code) {
    case Code::Locked:
      return "another scenograph has this data directory open: stop it, or talk to it over HTTP";
    case Code::DiskFull:
      return "free some space and run the command again; nothing stored before is lost";
    default:
      return {};
  }
}

Exit exit_of(Code code) {
  switch (code) {
    case Code::BadArgument:
      return Exit::Usage;
    case Code::BadSyntax:
    case Code::BadData:
    case Code::Unsupported:
      return Exit::BadInput;
    case Code::Locked:
    case Code::Busy:
      return Exit::Busy;
    case Code::TooLarge:
    case Code::Timeout:
    case Code::Cancelled:
    case Code::OutOfMemory:
      return Exit::Limit;
    case Code::NotFound:
    case Code::Denied:
    case Code::Io:
    case Code::DiskFull:
    case Code::ReadOnly:
    case Code::Corrupt:
    case Code::Remote:
      return Exit::System;
  }
  return Exit::Internal;
}

/// Everything known about one command's options.
struct Parsed {
  Invocation invocation;
  std::string config;
  bool help = false;
};

void parse_options(const Commands& commands, const Command& command, const std::vector<std::string>& words,
                   Parsed& parsed) {
  po::options_description visible = global_options();
  po::options_description own("Options of " + std::string(command.name()));
  command.declare(own);
  visible.add(own);
  po::positional_options_description positional;
  command.declare_positional(positional);

  po::variables_map& values = parsed.invocation.options;
  po::store(po::command_line_parser(words)
                .options(visible)
                .positional(positional)
                .style(po::command_line_style::default_style & ~po::command_line_style::allow_guessing)
                .run(),
            values);
  if (values["help"].as<bool>()) {
    print_help(command, visible);
    parsed.help = true;
    return;
  }
  po::options_description anywhere = global_options();
  for (const auto& other : commands) {
    po::options_description theirs;
    other->declare(theirs);
    for (const auto& option : theirs.options()) {
      if (anywhere.find_nothrow(option->long_name(), false) == nullptr) anywhere.add(option);
    }
  }
  const bool named = values.count("config") != 0;
  const std::filesystem::path file = named ? std::filesystem::path(values["config"].as<std::string>())
                                           : xdg_folder("XDG_CONFIG_HOME", ".config") / "scenograph.conf";
  read_configuration(file, named, visible, anywhere, values);
  po::notify(values);
}

/// The command's place among the words: the first that is not a global option or its value.
std::size_t find_command(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--data" || words[i] == "--config" || words[i] == "--log-level" || words[i] == "--store-size" ||
        words[i] == "--durability") {
      ++i;
    } else if (words[i].empty() || words[i].front() != '-') {
      return i;
    }
  }
  return words.size();
}

int run_words(std::vector<std::string> words) {
  const Commands commands = all_commands();
  const std::size_t place = find_command(words);
  if (place == words.size()) {
    for (const std::string& word : words) {
      if (word == "--version") {
        fmt::print("scenograph {}\n", base::version());
        return 0;
      }
    }
    print_overview(commands);
    return words.empty() ? static_cast<int>(Exit::Usage) : 0;
  }
  const std::string name = words[place];
  words.erase(words.begin() + static_cast<std::ptrdiff_t>(place));
  if (name == "help") {
    print_overview(commands);
    return 0;
  }
  for (const auto& command : commands) {
    if (command->name() != name) continue;
    Parsed parsed;
    parse_options(commands, *command, words, parsed);
    if (parsed.help) return 0;
    Invocation& invocation = parsed.invocation;
    set_level(invocation.text("log-level"));
    invocation.quiet = invocation.options["quiet"].as<bool>();
    invocation.data = invocation.has("data") ? std::filesystem::path(invocation.text("data"))
                                             : xdg_folder("XDG_DATA_HOME", ".local/share");
    return static_cast<int>(command->run(invocation));
  }
  throw Error(Code::BadArgument, fmt::format("there is no command \"{}\"; scenograph --help lists them", name));
}

}  // namespace

int run(int argc, char** argv) noexcept {
  std::signal(SIGPIPE, SIG_IGN);
  try {
    const int code = run_words(std::vector<std::string>(argv + 1, argv + argc));
    if (std::fflush(stdout) != 0 && errno != EPIPE) throw base::system_error(errno, "cannot write to standard output");
    return code;
  } catch (const Error& error) {
    std::fflush(stdout);
    fmt::print(stderr, "scenograph: {}\n", error.what());
    if (const std::string_view advice = advice_of(error.code()); !advice.empty()) fmt::print(stderr, "  {}\n", advice);
    return static_cast<int>(exit_of(error.code()));
  } catch (const po::error& error) {
    fmt::print(stderr, "scenograph: {} (--help lists the options)\n", error.what());
    return static_cast<int>(Exit::Usage);
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "scenograph: out of memory\n");
    return static_cast<int>(Exit::Limit);
  } catch (const std::exception& error) {
    fmt::print(stderr, "scenograph: internal error: {}\n", error.what());
    return static_cast<int>(Exit::Internal);
  }
}

}  // namespace scenograph::cli
