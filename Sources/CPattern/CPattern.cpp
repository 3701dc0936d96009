#include "CPattern.h"

#include <re2/re2.h>

#include <exception>
#include <memory>

struct pattern {
  RE2 expression;

  pattern(re2::StringPiece text, const RE2::Options &options) : expression(text, options) {}
};

struct pattern *pattern_new(const char *text, size_t length, int64_t largest) {
  try {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(largest);
    return std::make_unique<pattern>(re2::StringPiece(text, length), options).release();
  } catch (const std::exception &) {
    return nullptr;
  }
}

void pattern_delete(struct pattern *pattern) { delete pattern; }

enum pattern_fault pattern_fault(const struct pattern *pattern) {
  switch (pattern->expression.error_code()) {
    case RE2::NoError: return PATTERN_SOUND;
    case RE2::ErrorBadPerlOp:
    case RE2::ErrorBadNamedCapture: return PATTERN_UNKNOWN_GROUP;
    case RE2::ErrorBadEscape: return PATTERN_UNKNOWN_ESCAPE;
    case RE2::ErrorPatternTooLarge: return PATTERN_TOO_LARGE;
    default: return PATTERN_OTHER_FAULT;
  }
}

const char *pattern_fault_text(const struct pattern *pattern) {
  return pattern->expression.error().c_str();
}

const char *pattern_fault_part(const struct pattern *pattern) {
  return pattern->expression.error_arg().c_str();
}

enum pattern_answer pattern_find(
    const struct pattern *pattern, const char *text, size_t length, size_t *start, size_t *count) {
  const RE2 &expression = pattern->expression;
  const int group = expression.NumberOfCapturingGroups() > 0 ? 1 : 0;
  re2::StringPiece found[2];
  try {
    const re2::StringPiece whole(text, length);
    if (!expression.Match(whole, 0, length, RE2::UNANCHORED, found, group + 1)) {
      return PATTERN_NOT_FOUND;
    }
  } catch (const std::exception &) {
    return PATTERN_OUT_OF_MEMORY;
  }
  if (found[group].data() == nullptr) return PATTERN_NOT_FOUND;
  *start = static_cast<size_t>(found[group].data() - text);
  *count = found[group].size();
  return PATTERN_FOUND;
}
