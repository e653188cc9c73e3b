#include "store/internal/index/term_indexes.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/priority.hpp"
#include "base/time.hpp"

namespace scenograph::store::internal {

namespace {

namespace fs = std::filesystem;
using base::Code;
using base::Error;

constexpr std::size_t gathering_memory = std::size_t{96} << 20U;
constexpr std::chrono::milliseconds check_interval(5);

/// Without advice that is meant for vocabularies.
std::string reason_of(const Error& error) { return error.message().substr(0, error.message().find(';')); }

class StateIndex final : public TermIndex {
 public:
  struct Part {
    std::uint64_t vocabulary = 0;
    std::shared_ptr<const IndexFile> file;
  };

  StateIndex(std::shared_ptr<TermIndexes> owner, std::string name, std::vector<Part> parts,
             std::shared_ptr<const LateTerms> late, std::uint64_t end)

      : owner_(std::move(owner)), name_(std::move(name)), parts_(std::move(parts)), late_(std::move(late)), end_(end) {}

  bool find(const KeyRange& range, std::vector<TermId>& out) const override {
    std::vector<std::uint64_t> numbers;
    for (const Part& part : parts_) {
      try {
        part.file->find(range, numbers);
      } catch (const Error& error) {
        if (error.code() != Code::Corrupt) throw;
        owner_->give_up(part.vocabulary, name_, reason_of(error));
        return false;
      }
    }
    late_->find(range, end_, numbers);
    out.reserve(out.size() + numbers.size());
    for (const std::uint64_t number : numbers) out.push_back(TermId::make(IdKind::Literal, number));
    return true;
  }

 private:
  std::shared_ptr<TermIndexes> owner_;
  std::string name_;
  std::vector<Part> parts_;
  std::shared_ptr<const LateTerms> late_;
  std::uint64_t end_;
};

void remove_quietly(const fs::path& path) {
  std::error_code ignored;
  fs::remove(path, ignored);
}

}  // namespace

fs::path index_file(const fs::path& store, std::uint64_t vocabulary, std::string_view name) {
  return vocabulary_file(store, vocabulary).replace_extension(name);
}

TermIndexes::TermIndexes(fs::path store, std::vector<std::shared_ptr<const TermAnalyser>> analysers,
                         IndexWriting writing)
    : store_(std::move(store)), analysers_(std::move(analysers)), writing_(writing) {}

std::shared_ptr<const TermIndex> TermIndexes::open(const std::shared_ptr<const State>& state, std::string_view name,
                                                   const std::function<void()>& check) {
  const auto at = std::find_if(analysers_.begin(), analysers_.end(),
                               [&](const auto& analyser) { return analyser->name() == name; });
  if (at == analysers_.end()) return nullptr;
  const auto& manifest = state->files->manifest;
  forget_others(manifest);
  std::vector<StateIndex::Part> parts;
  for (std::size_t i = 0; i < manifest.vocabularies.size(); ++i) {
    const std::uint64_t number = manifest.vocabularies[i].number;
    const Lacking lacking = writing_ == IndexWriting::OnUse ? Lacking::Write : Lacking::Leave;
    const auto file = open_file(number, *state->files->vocabularies[i], **at, lacking, check);
    if (!file) return nullptr;
    if (*file) parts.push_back({number, *file});
  }
  return std::make_shared<StateIndex>(shared_from_this(), std::string(name), std::move(parts),
                                      late_terms(*state, **at, check), state->memory->next_term);
}

std::shared_ptr<const LateTerms> TermIndexes::late_terms(const State& state, const TermAnalyser& analyser,
                                                         const std::function<void()>& check) {
  std::shared_ptr<const LateTerms> late;
  while (!late || !late->is_complete_for(state)) {
    check();
    const std::lock_guard lock(mutex_);
    auto& kept = late_[std::string(analyser.name())];
    if (!late || (kept && kept->is_ahead_of(*late, state))) late = kept;
    late = LateTerms::read_on(state, analyser, late);
    kept = late;
  }
  return late;
}

void TermIndexes::write_missing(const State& state, const std::function<void()>& check) {
  forget_others(state.files->manifest);
  const auto& entries = state.files->manifest.vocabularies;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    for (const auto& analyser : analysers_) {
      (void)open_file(entries[i].number, *state.files->vocabularies[i], *analyser, Lacking::Write, check);
    }
  }
}

std::optional<TermIndexes::File> TermIndexes::open_file(std::uint64_t number, const Vocabulary& vocabulary,
                                                        const TermAnalyser& analyser, Lacking lacking,
                                                        const std::function<void()>& check) {
  const Place place(number, analyser.name());
  if (const auto file = open_existing(place, vocabulary, analyser)) return file;
  if (lacking == Lacking::Leave) return std::nullopt;
  std::unique_lock alone(writing_mutex_, std::defer_lock);
  while (!alone.try_lock()) {
    check();
    std::this_thread::sleep_for(check_interval);
  }
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = files_.find(place); known != files_.end()) return known->second;
  }
  return write(place, vocabulary, analyser, check);
}

std::optional<TermIndexes::File> TermIndexes::open_existing(const Place& place, const Vocabulary& vocabulary,
                                                            const TermAnalyser& analyser) {
  const std::lock_guard lock(mutex_);
  if (const auto known = files_.find(place); known != files_.end()) return known->second;
  File file;
  if (has_any(vocabulary, analyser.kinds())) {
    const fs::path path = index_file(store_, place.first, place.second);
    try {
      file = std::make_shared<const IndexFile>(path, vocabulary, analyser);
    } catch (const Error& error) {
      if (error.code() == Code::NotFound) return std::nullopt;
      base::log(base::LogLevel::Warning, "index left aside", {{"file", path.string()}, {"reason", reason_of(error)}});
      return std::nullopt;
    }
  }
  files_.emplace(place, file);
  return file;
}

/// Written under another name first: the file is whole, or not there.
std::optional<TermIndexes::File> TermIndexes::write(const Place& place, const Vocabulary& vocabulary,
                                                    const TermAnalyser& analyser, const std::function<void()>& check) {
  const fs::path path = index_file(store_, place.first, place.second);
  const fs::path draft = fmt::format("{}.draft-{}", path.string(), ::getpid());
  const std::int64_t start = base::now_ms();
  try {
    write_index(draft, vocabulary, analyser, gathering_memory, check);
    const auto file = std::make_shared<const IndexFile>(draft, vocabulary, analyser);
    std::error_code gone;  // with its vocabulary, which a snapshot holds still: this process reads on from what it has
    if (fs::exists(vocabulary_file(store_, place.first), gone)) fs::rename(draft, path, gone);
    remove_quietly(draft);
    base::log(base::LogLevel::Debug, "index written",
              {{"file", path.string()},
               {"bytes", static_cast<std::int64_t>(file->file_bytes())},
               {"ms", base::now_ms() - start}});
    const std::lock_guard lock(mutex_);
    files_[place] = file;
    return file;
  } catch (const Error& error) {
    remove_quietly(draft);
    if (error.code() == Code::Cancelled) throw;
    if (error.code() == Code::Timeout) {
      throw Error(Code::Timeout,
                  fmt::format("{}; the time went into making the index \"{}\", which is done once after a load or a "
                              "compaction: give one query more, or let a server make it in the background",
                              error.message(), place.second));
    }
    base::log(base::LogLevel::Warning, "index not written",
              {{"file", path.string()}, {"reason", error.message()}, {"effect", "filters look at each row"}});
    return std::nullopt;
  }
}

void TermIndexes::give_up(std::uint64_t vocabulary, std::string_view name, std::string_view reason) {
  const fs::path path = index_file(store_, vocabulary, name);
  base::log(base::LogLevel::Warning, "index given up",
            {{"file", path.string()}, {"reason", reason}, {"effect", "it is made anew when next needed"}});
  remove_quietly(path);
  const std::lock_guard lock(mutex_);
  files_.erase(Place(vocabulary, name));
}

void TermIndexes::forget_others(const Manifest& manifest) {
  const std::lock_guard lock(mutex_);
  std::erase_if(files_, [&](const auto& entry) {
    return std::none_of(manifest.vocabularies.begin(), manifest.vocabularies.end(),
                        [&](const auto& vocabulary) { return vocabulary.number == entry.first.first; });
  });
}

std::uint64_t index_bytes(const fs::path& store, const Manifest& manifest, const TermIndexes& indexes) {
  std::uint64_t bytes = 0;
  for (const VocabularyEntry& entry : manifest.vocabularies) {
    for (const auto& analyser : indexes.analysers()) {
      std::error_code missing;
      const std::uintmax_t size = fs::file_size(index_file(store, entry.number, analyser->name()), missing);
      if (!missing) bytes += size;
    }
  }
  return bytes;
}

namespace {

class BackgroundIndexWriter final : public IndexWriter {
 public:
  BackgroundIndexWriter(const StateSource& source, TermIndexes& indexes, Signal& changed)
      : source_(source), indexes_(indexes), changed_(changed), thread_([this] { serve(); }) {}

  ~BackgroundIndexWriter() override {
    stopping_ = true;
    changed_.raise();
    thread_.join();
  }

 private:
  void serve() {
    base::give_way();
    for (; !stopping_; changed_.wait()) {
      try {
        indexes_.write_missing(*open_state(source_, nullptr), [this] {
          if (stopping_) throw Error(Code::Cancelled, "the store is closed");
        });
      } catch (const Error& error) {
        if (error.code() == Code::Cancelled) return;
        base::log(base::LogLevel::Error, "indexing failed", {{"reason", error.message()}});
      }
    }
  }

  const StateSource& source_;
  TermIndexes& indexes_;
  Signal& changed_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<IndexWriter> start_index_writer(const StateSource& source, TermIndexes& indexes, Signal& changed) {
  return std::make_unique<BackgroundIndexWriter>(source, indexes, changed);
}

}  // namespace scenograph::store::internal
