#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jsonld/internal/term_map.hpp"
#include "jsonld/processor.hpp"

namespace scenograph::jsonld {

/// What a term of a context means. Source: JSON-LD 1.1, section 4.1; API, section 4.
struct TermDefinition {
  std::optional<std::string> iri;  ///< absent: the term is to be dropped
  bool prefix = false;
  bool is_protected = false;
  bool reverse = false;
  std::string type;                    ///< of its values; empty: none
  std::vector<std::string> container;  ///< sorted
  std::optional<Value> language;       ///< a string or null; absent: that of the context
  std::optional<Value> direction;
  std::string index;  ///< the property that holds the index; empty: @index
  std::string nest;
  std::optional<Value> context;  ///< scoped to the values
  std::string base_url;          ///< of the document that `context` is from

  [[nodiscard]] bool has_container(std::string_view keyword) const;

  friend bool operator==(const TermDefinition&, const TermDefinition&) = default;
};

struct Context {
  TermMap terms;
  std::optional<std::string> base;
  std::string original_base;
  std::optional<std::string> vocab;
  std::optional<std::string> language;
  std::optional<std::string> direction;
  std::shared_ptr<const Context> previous;

  /// nullptr if the term is not defined.
  [[nodiscard]] const TermDefinition* find(std::string_view term) const;
};

using ContextPtr = std::shared_ptr<const Context>;

struct ContextFlags {
  bool override_protected = false;
  bool propagate = true;
  bool validate_scoped = true;
};

/// Works contexts into contexts. Keeps remote ones it has seen.
class ContextProcessor {
 public:
  explicit ContextProcessor(const ProcessorOptions& options) : options_(options) {}

  [[nodiscard]] ContextPtr initial() const;

  /// Source: API, section 4.1.2. @param base_url  against which addresses of remote contexts resolve
  [[nodiscard]] ContextPtr process(const ContextPtr& active, const Value& local, const std::string& base_url,
                                   const ContextFlags& flags = {});

  /// An IRI, keyword or blank node name; nullopt for what a context maps to null. Source: API, section 5.2.
  [[nodiscard]] std::optional<std::string> expand_iri(const Context& active, std::string_view value, bool vocab,
                                                      bool document_relative);

  [[nodiscard]] const ProcessorOptions& options() const { return options_; }

 private:
  struct Local;  // a context being worked in

  using Remote = std::vector<std::string>;

  ContextPtr process(const ContextPtr& active, const Value& local, const std::string& base_url, const Remote& remote,
                     ContextFlags flags);
  ContextPtr process_remote(const ContextPtr& result, const std::string& address, const std::string& base_url,
                            const Remote& remote, const ContextFlags& flags);
  void process_entries(Context& result, const Value::Object& local, const std::string& base_url, const Remote& remote,
                       const ContextFlags& flags);
  void set_base(Context& result, const Value& value) const;
  void set_vocab(Context& result, const Value& value);
  void set_defaults(Context& result, const Value::Object& local) const;
  [[nodiscard]] Value::Object with_import(const Value::Object& local, const std::string& base_url);
  [[nodiscard]] const Document& load(const std::string& address);

  std::optional<std::string> expand_iri(Context& active, std::string_view value, bool vocab, bool document_relative,
                                        Local* local);
  void create_term(Local& local, const std::string& term);
  void define(Local& local, const std::string& term, const Value::Object& value, bool simple,
              TermDefinition& definition);
  bool define_reverse(Local& local, const Value::Object& value, TermDefinition& definition);
  bool define_iri(Local& local, const std::string& term, const Value::Object& value, bool simple,
                  TermDefinition& definition);
  void define_type(Local& local, const Value::Object& value, TermDefinition& definition);
  void define_container(const Value& value, TermDefinition& definition) const;
  void define_index(Local& local, const Value& index, TermDefinition& definition);
  void define_rest(Local& local, const std::string& term, const Value::Object& value, TermDefinition& definition);

  const ProcessorOptions& options_;
  std::map<std::string, Document> remote_;
  std::size_t terms_ = 0;  // worked in so far
};

}  // namespace scenograph::jsonld
