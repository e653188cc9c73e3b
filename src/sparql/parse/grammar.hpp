#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "sparql/algebra/algebra.hpp"
#include "sparql/algebra/update.hpp"
#include "sparql/parse/builtins.hpp"
#include "sparql/parse/lexer.hpp"
#include "sparql/parse/parser.hpp"

namespace scenograph::sparql::parse {

/// One run over one text: recursive descent, a function per rule of the grammar (SPARQL 1.1 Query, section 19.8), which
/// builds the algebra as it goes.
class Grammar {
 public:
  Grammar(std::string_view text, std::string source_name, const ParseOptions& options);

  [[nodiscard]] algebra::Query query_unit();
  [[nodiscard]] algebra::Update update_unit();

 private:
  using Triples = std::vector<algebra::TriplePattern>;

  /// What a group holds, its own FILTERs apart: OPTIONAL takes them as conditions.
  struct Group {
    algebra::Pattern pattern;
    std::vector<algebra::Expression> filters;
  };

  /// Whether triples may hold property paths: patterns do, templates and data do not.
  enum class Paths : std::uint8_t { Allowed, Refused };
  enum class Aggregates : std::uint8_t { Allowed, Refused, Nested };

  /// Counts a level of nesting for as long as it lives.
  class Level {
   public:
    explicit Level(Grammar& grammar);
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level() { --grammar_.depth_; }

   private:
    Grammar& grammar_;
  };

  // Tokens (tokens.cpp)
  [[nodiscard]] const Token& peek(std::size_t ahead = 0);
  Token take();
  [[nodiscard]] bool at(TokenKind kind) { return peek().kind == kind; }
  [[nodiscard]] bool at_word(std::string_view keyword, std::size_t ahead = 0);
  bool accept(TokenKind kind);
  bool accept_word(std::string_view keyword);
  void expect(TokenKind kind, std::string_view what);
  void expect_word(std::string_view keyword);
  [[noreturn]] void fail(std::size_t offset, const std::string& message, base::Code code = base::Code::BadSyntax) const;
  [[noreturn]] void fail_expected(std::string_view what);
  void count_wrapping(std::size_t offset);
  /// Notes what the algebra grows by, and now and then charges it and looks at the deadline.
  void count_bytes(std::size_t bytes);
  void check() const;

  // Terms (terms.cpp)
  void prologue();
  [[nodiscard]] std::string resolve(const Token& token);
  [[nodiscard]] std::string expand(const Token& token);
  const std::pair<const std::string, std::string>& prefix_of(const Token& token);
  [[nodiscard]] bool at_iri() { return at(TokenKind::Iri) || at(TokenKind::PrefixedName); }
  std::string iri();
  [[nodiscard]] bool at_literal();
  rdf::Term literal();
  rdf::Term numeric_literal();
  std::string variable();
  algebra::Node variable_or_iri();
  [[nodiscard]] bool at_term();
  algebra::Node variable_or_term();
  algebra::Node variable_node();
  algebra::Node blank_node(const Token& token);
  algebra::Node fresh_blank(std::size_t place);
  void check_blanks_allowed(std::size_t place) const;

  // Triples and paths (triples.cpp, paths.cpp)
  [[nodiscard]] bool at_triples();
  void triples_same_subject(Triples& out, Paths paths);
  void property_list(const algebra::Node& subject, Triples& out, Paths paths);
  [[nodiscard]] bool at_verb(Paths paths);
  std::variant<algebra::Node, algebra::Path> verb(Paths paths);
  algebra::Node graph_node(Triples& out, Paths paths);
  algebra::Node collection(Triples& out, Paths paths);
  algebra::Node blank_property_list(Triples& out, Paths paths);
  void triples_block(Triples& out, Paths paths);
  algebra::Path path();
  algebra::Path path_sequence();
  algebra::Path path_element();
  algebra::Path path_primary();
  algebra::Path negated_set();
  void negated_link(algebra::Path& set);
  rdf::Term path_iri();

  // Patterns (patterns.cpp)
  algebra::Pattern group();
  Group group_parts();
  void group_elements(Group& out);
  bool group_element(algebra::Pattern& out);
  void optional(algebra::Pattern& out);
  void minus(algebra::Pattern& out);
  void bind(algebra::Pattern& out);
  algebra::Pattern graph_graph();
  algebra::Pattern service();
  [[nodiscard]] std::string service_prologue(const std::set<std::string, std::less<>>& prefixes) const;
  algebra::Pattern group_or_union();
  algebra::Pattern inline_data();
  std::vector<std::optional<rdf::Term>> data_row(std::size_t width);
  std::optional<rdf::Term> data_value();
  void end_bgp() { bgp_ = ++bgps_; }

  // Queries (queries.cpp)
  algebra::Pattern sub_select();
  algebra::Query construct_query();
  algebra::Query describe_query();
  algebra::Query ask_query();
  algebra::Query select_query(bool is_sub_query);
  std::vector<std::size_t> select_clause(algebra::Query& query);
  void select_item(algebra::Query& query);
  void check_select(algebra::Query& query, const std::vector<std::size_t>& places);
  void check_grouped(const algebra::Query& query, const std::vector<std::size_t>& places);
  void dataset_clauses(algebra::Query& query);
  void where_clause(algebra::Query& query);
  void solution_modifier(algebra::Query& query);
  void group_clause(algebra::Query& query);
  void order_clause(algebra::Query& query);
  void limit_clauses(algebra::Query& query);
  std::uint64_t whole_number();
  void values_clause(algebra::Query& query);
  Triples construct_template();

  // Expressions (expressions.cpp)
  algebra::Expression expression();
  algebra::Expression chain(TokenKind separator, algebra::ExpressionKind kind, algebra::Expression (Grammar::*part)());
  algebra::Expression and_expression();
  algebra::Expression relation();
  algebra::Expression sum();
  algebra::Expression product();
  algebra::Expression unary();
  algebra::Expression primary();
  algebra::Expression bracketted();
  algebra::Expression constraint();
  [[nodiscard]] bool at_constraint();
  algebra::Expression call(const Builtin& builtin);
  algebra::Expression aggregate(const Builtin& builtin, std::size_t place);
  algebra::Expression exists();
  algebra::Expression iri_or_function();
  std::vector<algebra::Expression> arguments();

  // Updates (updates.cpp)
  algebra::UpdateOperation operation();
  algebra::UpdateOperation insert_data();
  algebra::UpdateOperation delete_data();
  algebra::UpdateOperation delete_where();
  algebra::UpdateOperation modify();
  algebra::UpdateOperation load();
  algebra::UpdateOperation clear();
  algebra::UpdateOperation create();
  algebra::UpdateOperation transfer();
  algebra::GraphTarget graph_or_default();
  algebra::GraphTarget graph_target(bool several);
  std::vector<algebra::QuadPattern> quads();
  std::vector<algebra::QuadPattern> delete_template(std::string_view where);
  void add_triples(std::vector<algebra::QuadPattern>& out, const std::optional<algebra::Node>& graph);
  std::vector<rdf::Quad> quad_data();

  SourceText source_;
  Lexer lexer_;
  base::Budget* budget_;
  base::Charge* charge_;
  std::size_t bytes_ = 0;    ///< of the algebra so far, at most
  std::size_t charged_ = 0;  ///< of those
  std::array<Token, 2> ahead_;
  std::size_t known_ = 0;     ///< tokens in `ahead_`
  std::size_t last_end_ = 0;  ///< of the token taken last
  std::string base_;
  std::map<std::string, std::string, std::less<>> prefixes_;
  bool usual_prefixes_;                                          ///< may be used undeclared
  std::set<std::string, std::less<>>* used_prefixes_ = nullptr;  ///< within a SERVICE: collects
  std::size_t service_bytes_ = 0;                                ///< kept of SERVICE groups so far
  std::size_t max_bytes_;
  std::size_t depth_ = 0;
  std::size_t wrappings_ = 0;
  std::unordered_set<std::string> variables_;  ///< so far
  std::size_t fresh_ = 0;
  std::size_t bgp_ = 0;                        ///< the basic graph pattern being read
  std::size_t bgps_ = 0;                       ///< so far
  std::map<std::string, std::size_t> labels_;  ///< of blank nodes: where they are used
  bool in_template_ = false;                   ///< blank nodes are made, not matched
  std::string_view no_blanks_;                 ///< where no blank node may stand, for messages; empty: they may
  std::string_view no_variables_;              ///< likewise
  Aggregates aggregates_ = Aggregates::Refused;
  bool aggregate_seen_ = false;
};

}  // namespace scenograph::sparql::parse
