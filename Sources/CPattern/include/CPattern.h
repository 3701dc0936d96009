/* Regular expressions of RE2 (https://github.com/google/re2, BSD licence) as C: a search takes time in
   proportion to the text's length, whatever the pattern. Nothing is thrown, and nothing is printed. */
#ifndef CPATTERN_H
#define CPATTERN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A compiled pattern, which any number of threads may search with at once. */
struct pattern;

enum pattern_fault {
  PATTERN_SOUND,
  /* A group that begins with `(?` and is none of RE2's: look-around, conditions, names without P. */
  PATTERN_UNKNOWN_GROUP,
  /* A backslash before what RE2 gives no meaning there: back-references are one. */
  PATTERN_UNKNOWN_ESCAPE,
  PATTERN_OTHER_FAULT,
  /* Compiled, it would take more memory than allowed. */
  PATTERN_TOO_LARGE,
};

/* The pattern that a UTF-8 text spells, of at most so many bytes when compiled; with a fault where it is
   none. Null where there is no memory for it. */
struct pattern *pattern_new(const char *text, size_t length, int64_t largest);
void pattern_delete(struct pattern *pattern);

enum pattern_fault pattern_fault(const struct pattern *pattern);
/* What is wrong, in English, and the part of the pattern that it is about, as long as the pattern is there. */
const char *pattern_fault_text(const struct pattern *pattern);
const char *pattern_fault_part(const struct pattern *pattern);

enum pattern_answer { PATTERN_FOUND, PATTERN_NOT_FOUND, PATTERN_OUT_OF_MEMORY };

/* Looks for the leftmost match in a UTF-8 text: the bytes of its first group, or of the whole where the
   pattern has no groups. Not found where nothing matches, or where the group has no part in the match. */
enum pattern_answer pattern_find(
    const struct pattern *pattern, const char *text, size_t length, size_t *start, size_t *count);

#ifdef __cplusplus
}
#endif

#endif
