#include <fmt/format.h>

#include "base/error.hpp"
#include "base/time.hpp"
#include "cli/internal/command.hpp"
#include "publish/json.hpp"
#include "rdf/vocab.hpp"
#include "syntax/patch.hpp"

namespace scenograph::cli {

namespace {

rdf::Term commit_name(std::uint64_t number) { return rdf::Term::iri(fmt::format("urn:scenograph:commit:{}", number)); }

/// One commit after the other, in one of the formats.
class LogWriter {
 public:
  virtual ~LogWriter() = default;
  /// @param is_state  whether additions are the whole state after the commit rather than its changes.
  virtual void begin(const store::CommitInfo& commit, bool is_state) = 0;
  virtual void change(bool added, const rdf::Quad& quad) = 0;
  virtual void end() = 0;
};

class PatchLog final : public LogWriter {
 public:
  void begin(const store::CommitInfo& commit, bool is_state) override {
    writer_.header("id", commit_name(commit.number));
    if (commit.number > 1 && !is_state) writer_.header("prev", commit_name(commit.number - 1));
    writer_.header("time", rdf::Term::literal(base::utc_text(commit.time_ms), rdf::xsd::dateTime));
    if (!commit.note.actor.empty()) writer_.header("actor", rdf::Term::literal(commit.note.actor));
    if (!commit.note.message.empty()) writer_.header("message", rdf::Term::literal(commit.note.message));
    if (is_state) {
      writer_.header("state", rdf::Term::literal("all quads after this commit: changes up to it are no longer kept"));
    }
    writer_.begin();
  }
  void change(bool added, const rdf::Quad& quad) override { writer_.change(added, quad); }
  void end() override {
    writer_.commit();
    writer_.finish();
  }

 private:
  syntax::PatchWriter writer_{standard_output()};
};

/// One object a line.
class JsonLog final : public LogWriter {
 public:
  void begin(const store::CommitInfo& commit, bool is_state) override {
    publish::JsonWriter json;
    const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    json.begin_object().key("commit").value(number(commit.number)).key("time").value(base::utc_text(commit.time_ms));
    json.key("actor").value(commit.note.actor).key("message").value(commit.note.message);
    json.key("state").value(is_state).key("changes").begin_array();
    out_ = json.take();
    is_first_ = true;
  }

  void change(bool added, const rdf::Quad& quad) override {
    constexpr std::size_t piece = std::size_t{1} << 16U;
    publish::JsonWriter json;
    json.begin_array().value(added ? "A" : "D");
    for (const rdf::Term* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
      if (!term->is_default_graph()) json.value(rdf::to_ntriples(*term));
    }
    json.end_array();
    if (!is_first_) out_ += ',';
    is_first_ = false;
    out_ += json.take();
    if (out_.size() < piece) return;
    sink_(out_);
    out_.clear();
  }

  void end() override {
    sink_(out_ + "]}\n");
    out_.clear();
  }

 private:
  base::ByteSink sink_ = standard_output();
  std::string out_;
  bool is_first_ = true;
};

std::unique_ptr<LogWriter> make_writer(const std::string& format) {
  if (format.empty() || format == "patch") return std::make_unique<PatchLog>();
  if (format == "json") return std::make_unique<JsonLog>();
  throw base::Error(base::Code::BadArgument, "--format is patch or json, not \"" + format + "\"");
}

class LogCommand : public Command {
 public:
  std::string_view name() const override { return "log"; }
  std::string_view arguments() const override { return "[--from N] [--limit N] [--format patch|json]"; }
  std::string_view summary() const override { return "write what commits changed, as RDF Patch"; }
  std::string_view examples() const override {
    return "  scenograph log --from 12 --limit 1\n"
           "  scenograph log | scenograph --data /srv/copy patch -\n";
  }

  void declare(po::options_description& options) const override {
    options.add_options()("from", po::value<std::uint64_t>()->default_value(1)->value_name("N"),
                          "number of the first commit")(
        "limit", po::value<std::uint64_t>()->default_value(0)->value_name("N"), "most commits; 0: all")(
        "format", po::value<std::string>()->value_name("FORMAT"), "patch (default) or json: one object a line");
  }

  Exit run(const Invocation& invocation) const override {
    constexpr std::size_t commits_at_once = 1024;
    const auto writer = make_writer(invocation.text("format"));
    const auto store = open_store(invocation, true);
    const std::uint64_t kept_after = store->info().log_start;
    std::uint64_t left = invocation.options["limit"].as<std::uint64_t>();
    if (left == 0) left = ~left;
    std::uint64_t next = std::max<std::uint64_t>(invocation.options["from"].as<std::uint64_t>(), 1);
    const bool from_state = next <= kept_after;
    if (from_state) next = kept_after;
    while (left > 0) {
      const auto commits = store->commits(next, std::min<std::uint64_t>(left, commits_at_once));
      if (commits.empty()) break;
      for (const store::CommitInfo& commit : commits) {
        write(*store, commit, from_state && commit.number == kept_after, *writer);
        next = commit.number + 1;
      }
      left -= commits.size();
    }
    return Exit::Ok;
  }

 private:
  static void write(const store::Store& store, const store::CommitInfo& commit, bool is_state, LogWriter& writer) {
    writer.begin(commit, is_state);
    if (is_state) {
      store.state_at(commit.number, [&](const rdf::Quad& quad) { writer.change(true, quad); });
    } else {
      store.changes(commit.number, [&](const store::Change& change) { writer.change(change.added, change.quad); });
    }
    writer.end();
  }
};

}  // namespace

std::unique_ptr<Command> make_log_command() { return std::make_unique<LogCommand>(); }

}  // namespace scenograph::cli
