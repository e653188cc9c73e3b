#include "markup/internal/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csetjmp>
#include <cstdint>
#include <cstring>
#include <vector>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace scenograph::markup {

namespace {

enum class Bound : int { None, Depth, Attributes, Memory };

constexpr std::size_t least_memory = std::size_t{16} << 20U;  ///< for any page, bytes
constexpr std::size_t memory_of_byte = 128;                   ///< for each byte of the page

std::string why(Bound bound) {
  switch (bound) {
    case Bound::Depth:
      return fmt::format("the page's elements lie more than {} deep; close those left open", Tree::deepest);
    case Bound::Attributes:
      return fmt::format("an element of the page has more than {} attributes; it must do with fewer",
                         Tree::most_attributes);
    default:
      return "the page's tree would be more than a hundred times as large as the page; close formatting elements such "
             "as "
             "<b> in their order";
  }
}

}  // namespace

/// Gumbo's memory, given back all at once. Gumbo can neither be stopped nor survive a null pointer, so past a bound the
/// allocator jumps out of it; only frames of C lie between, and the memory is all here.
///
/// How deep elements lie is seen as the stack of open elements grows: gumbo doubles its vectors, beginning with room
/// for 10 elements there (and 5 in the list of formatting elements), and with powers of two elsewhere. When one of 640
/// pointers to nodes is given up for a larger one, it was full.
class Tree::Arena {
 public:
  explicit Arena(std::size_t page_size) : left_(least_memory + memory_of_byte * page_size) {}

  /// @return null past a bound.
  const GumboOutput* parse(std::string_view html, Bound& bound) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = release;
    options.userdata = this;
    options.max_errors = 0;
    bound_ = &bound;
    if (setjmp(escape_) != 0) return nullptr;  // NOLINT(cert-err52-cpp): see above
    return gumbo_parse_with_options(&options, html.data(), html.size());
  }

 private:
  struct alignas(16) Header {
    std::size_t size;
  };
  struct Chunk {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size;
  };

  static constexpr std::size_t least_chunk = std::size_t{1} << 18U;

  static void* allocate(void* arena, std::size_t size) noexcept { return static_cast<Arena*>(arena)->take(size); }

  static void release(void* arena, void* block) noexcept {
    if (block != nullptr) static_cast<Arena*>(arena)->give_up(block);
  }

  [[noreturn]] void stop(Bound bound) {
    *bound_ = bound;
    std::longjmp(escape_, 1);  // NOLINT(cert-err52-cpp): see above
  }

  void* take(std::size_t size) {
    const std::size_t whole = sizeof(Header) + ((size + 15) & ~std::size_t{15});
    if (whole > free_ && !add_chunk(whole)) stop(Bound::Memory);
    auto* header = reinterpret_cast<Header*>(next_);
    header->size = last_size_ = size;
    next_ += whole;
    free_ -= whole;
    return header + 1;
  }

  bool add_chunk(std::size_t least) noexcept {
    const std::size_t size = std::max(least, std::max(least_chunk, chunks_.empty() ? 0 : 2 * chunks_.back().size));
    const std::size_t wanted = std::min(size, left_);
    if (wanted < least) return false;
    try {
      chunks_.push_back({std::unique_ptr<std::byte[]>(new std::byte[wanted]), wanted});
    } catch (const std::bad_alloc&) {
      return false;
    }
    left_ -= wanted;
    next_ = chunks_.back().bytes.get();
    free_ = wanted;
    return true;
  }

  void give_up(void* block) {
    const std::size_t size = (static_cast<Header*>(block) - 1)->size;
    const bool grown = last_size_ == 2 * size;  // And not given up as it was, at the end.
    if (grown && size >= most_attributes * sizeof(void*)) check_vector(block, size);
    auto* bytes = static_cast<std::byte*>(block);
    const std::size_t room = (size + 15) & ~std::size_t{15};
    if (bytes + room != next_) return;
    next_ = bytes - sizeof(Header);
    free_ += sizeof(Header) + room;
  }

  void check_vector(const void* block, std::size_t size) {
    const void* first = nullptr;
    std::memcpy(&first, block, sizeof first);
    const std::size_t of_first = size_of(first);
    if (size == deepest * sizeof(void*) && of_first == sizeof(GumboNode)) stop(Bound::Depth);
    if (of_first == sizeof(GumboAttribute)) stop(Bound::Attributes);
  }

  /// The size of the block that the pointer leads to; 0 if it is none of this.
  [[nodiscard]] std::size_t size_of(const void* pointer) const {
    const auto address = reinterpret_cast<std::uintptr_t>(pointer);
    for (const Chunk& chunk : chunks_) {
      const auto begin = reinterpret_cast<std::uintptr_t>(chunk.bytes.get());
      if (address % alignof(Header) != 0 || address < begin + sizeof(Header) || address >= begin + chunk.size) continue;
      return (static_cast<const Header*>(pointer) - 1)->size;
    }
    return 0;
  }

  std::vector<Chunk> chunks_;
  std::byte* next_ = nullptr;
  std::size_t free_ = 0;
  std::size_t left_;           ///< that chunks may still take
  std::size_t last_size_ = 0;  ///< of the block taken last
  std::jmp_buf escape_{};
  Bound* bound_ = nullptr;
};

Tree::Tree(std::string_view html, const std::string& source) : arena_(std::make_unique<Arena>(html.size())) {
  Bound bound = Bound::None;
  const GumboOutput* output = arena_->parse(html, bound);
  if (output == nullptr) throw base::Error(base::Code::TooLarge, why(bound), {source});
  root_ = output->root;
}

Tree::~Tree() = default;

namespace {

/// Calls `enter` and `leave` on the nodes below an element, in document order.
template <typename Enter, typename Leave>
void visit_below(const GumboElement& element, const Enter& enter, const Leave& leave) {
  struct Place {
    const GumboNode* node;
    const GumboElement* element;
    unsigned next;
  };
  std::vector<Place> open = {{nullptr, &element, 0}};
  while (!open.empty()) {
    Place& place = open.back();
    if (place.next == place.element->children.length) {
      if (place.node != nullptr) leave(place.node);
      open.pop_back();
      continue;
    }
    const GumboNode* node = child_of(*place.element, place.next++);
    enter(node);
    if (const GumboElement* inner = element_of(node)) open.push_back({node, inner, 0});
  }
}

bool is_text(const GumboNode* node) {
  return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA;
}

enum class Place : std::uint8_t { Text, HtmlAttribute, XmlAttribute };

void append_escaped(std::string& out, std::string_view text, Place place) {
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<' && place != Place::HtmlAttribute) {
      out += "&lt;";
    } else if (c == '>' && place == Place::Text) {
      out += "&gt;";
    } else if (c == '"' && place != Place::Text) {
      out += "&quot;";
    } else {
      out += c;
    }
  }
}

/// As gumbo does with all it decodes.
std::string well_formed(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t good = std::min(base::find_invalid_utf8(text), text.size());
    out += text.substr(0, good);
    if (good == text.size()) break;
    base::append_utf8(out, U'\uFFFD');
    text.remove_prefix(good + 1);
  }
  return out;
}

std::string name_of(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  GumboStringPiece piece = element.original_tag;
  gumbo_tag_from_original_text(&piece);
  return well_formed({piece.data, piece.length});
}

bool is_void(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_AREA:
    case GUMBO_TAG_BASE:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_COL:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_LINK:
    case GUMBO_TAG_META:
    case GUMBO_TAG_PARAM:
    case GUMBO_TAG_SOURCE:
    case GUMBO_TAG_TRACK:
    case GUMBO_TAG_WBR:
      return true;
    default:
      return false;
  }
}

void append_start_tag(std::string& out, const GumboElement& element, Syntax syntax) {
  out.append("<").append(name_of(element));
  for (unsigned i = 0; i < element.attributes.length; ++i) {
    const auto& attribute = *static_cast<const GumboAttribute*>(element.attributes.data[i]);
    out.append(" ").append(attribute.name).append("=\"");
    append_escaped(out, attribute.value, syntax == Syntax::Html ? Place::HtmlAttribute : Place::XmlAttribute);
    out += '"';
  }
  out += syntax == Syntax::Xml && is_void(element.tag) ? "/>" : ">";
}

}  // namespace

std::string text_of(const GumboElement& element) {
  std::string text;
  visit_below(
      element,
      [&text](const GumboNode* node) {
        if (is_text(node)) text += node->v.text.text;
      },
      [](const GumboNode*) {});
  return text;
}

std::string inner_markup(const GumboElement& element, Syntax syntax) {
  std::string out;
  visit_below(
      element,
      [&](const GumboNode* node) {
        if (is_text(node)) append_escaped(out, node->v.text.text, Place::Text);
        if (const GumboElement* inner = element_of(node)) append_start_tag(out, *inner, syntax);
      },
      [&](const GumboNode* node) {
        const GumboElement* inner = element_of(node);
        if (inner != nullptr && !is_void(inner->tag)) out.append("</").append(name_of(*inner)).append(">");
      });
  return out;
}

}  // namespace scenograph::markup
