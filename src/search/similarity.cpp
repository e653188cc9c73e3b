#include "search/internal/similarity.hpp"

#include <algorithm>
#include <string>

#include "base/utf8.hpp"
#include "search/fold.hpp"

namespace scenograph::search {

namespace {

constexpr std::size_t max_words = 24;
constexpr double word_threshold = 0.74;  // two words less alike than this are different words

double spelling(std::string_view a, std::string_view b) {
  const std::u32string left = to_code_points(a);
  const std::u32string right = to_code_points(b);
  const std::size_t longest = std::max(left.size(), right.size());
  if (longest == 0) return 1;
  return 1 - static_cast<double>(edit_distance(left, right)) / static_cast<double>(longest);
}

double word_likeness(std::string_view a, std::string_view b) {
  if (a == b) return 1;
  const std::size_t shorter = std::min(a.size(), b.size());
  const std::size_t longer = std::max(a.size(), b.size());
  if (shorter * 100 < longer * 60) return 0;
  const double alike = spelling(a, b);
  return alike >= word_threshold ? alike : 0;
}

/// The mean of weighted Dice over words and of how much of `a` is found in `b`: a title asked for without its subtitle
/// is still found. Each word is matched at most once, with the most alike one that is left.
double words_alike(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b,
                   const std::function<double(std::string_view)>& weight) {
  double total = 0;
  double asked = 0;
  double shared = 0;
  double found = 0;
  std::vector<bool> used(b.size(), false);
  for (const auto word : b) total += weight(word);
  for (const auto word : a) {
    const double own = weight(word);
    asked += own;
    double best = 0;
    std::size_t best_at = b.size();
    for (std::size_t at = 0; at < b.size(); ++at) {
      const double alike = used[at] ? 0 : word_likeness(word, b[at]);
      if (alike > best) {
        best = alike;
        best_at = at;
      }
    }
    if (best_at == b.size()) continue;
    used[best_at] = true;
    shared += best * (own + weight(b[best_at]));
    found += best * own;
  }
  total += asked;
  return asked > 0 ? (shared / total + found / asked) / 2 : 0;
}

}  // namespace

std::u32string to_code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += base::next_code_point(text, at);
  return out;
}

std::vector<Gram> grams_of(std::string_view folded) {
  const std::u32string padded = U"  " + to_code_points(folded) + U" ";
  std::vector<Gram> out;
  out.reserve(padded.size());
  for (std::size_t at = 0; at + 2 < padded.size(); ++at) {
    out.push_back(Gram{padded[at]} << 42U | Gram{padded[at + 1]} << 21U | Gram{padded[at + 2]});
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::size_t edit_distance(std::u32string_view a, std::u32string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

double likeness(std::string_view a, std::string_view b, double dice,
                const std::function<double(std::string_view)>& weight) {
  if (a == b) return 100;
  auto left = words_of(a);
  auto right = words_of(b);
  left.resize(std::min(left.size(), max_words));
  right.resize(std::min(right.size(), max_words));
  const double words = words_alike(left, right, weight);
  const double letters = spelling(a, b);
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  if (left == right) return 98;
  const double blended = 100 * (0.35 * dice + 0.40 * words + 0.25 * letters);
  return std::clamp(blended, 0.0, 97.0);
}

}  // namespace scenograph::search
