#include "words.hpp"

namespace scenograph::benchmarks {

const Words& words_of(Language language) {
  switch (language) {
    case Language::French:
      return french();
    case Language::English:
      return english();
    case Language::German:
      return german();
    case Language::Italian:
      return italian();
    case Language::Dutch:
      return dutch();
  }
  return french();
}

}  // namespace scenograph::benchmarks
