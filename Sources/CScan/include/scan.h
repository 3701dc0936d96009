#ifndef MISMATCH_SCAN_H
#define MISMATCH_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The instructions by which bytes are compared; all give the same results. */
typedef enum { SCAN_SCALAR, SCAN_SSE2, SCAN_AVX2, SCAN_AVX512, SCAN_NEON } scan_kernel;

/* Whether this processor has a kernel's instructions. */
bool scan_has(scan_kernel kernel);

/* The fastest kernel of this processor. */
scan_kernel scan_best(void);

/* What stands in a text that begins with a record of delimited text (RFC 4180). */
typedef struct {
  /* Delimiters and line feeds outside quotes. */
  size_t separator_count;
  /* Line feeds outside quotes. */
  size_t record_count;
  /* All line feeds. */
  size_t break_count;
  /* A quote stands inside an unquoted field, or text follows a closing quote. */
  bool is_broken;
  /* The text ends inside quotes. */
  bool is_open;
  /* Quoted fields hold doubled quotes. */
  bool has_doubled_quotes;
  /* Quoted fields hold line feeds. */
  bool has_quoted_breaks;
} scan_account;

/* Writes the places of all delimiters and line feeds outside quotes by rising place; `separators` has room
   for `count` + 64 of them. */
scan_account scan_separators(scan_kernel kernel, const uint8_t *bytes, size_t count,
                             uint8_t delimiter, uint32_t *separators);

/* The place behind the last line feed outside quotes of a text that begins with a record; 0 where there is
   none. */
size_t scan_last_record_end(scan_kernel kernel, const uint8_t *bytes, size_t count);

#endif
