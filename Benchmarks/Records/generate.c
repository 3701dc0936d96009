/* Writes the rows of Datasets/prepare_records.py, fast: generate FIRST COUNT SEED < LISTS > FILE, with the lists that
   `prepare_records.py --lists` prints. The header comes with row 0. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { int count; char (*texts)[256]; } List;

static List read_list(void) {
  List list;
  char line[256];
  if (!fgets(line, sizeof line, stdin)) exit(65);
  list.count = atoi(line);
  list.texts = malloc(list.count * sizeof *list.texts);
  for (int i = 0; i < list.count; i++) {
    if (!fgets(list.texts[i], 256, stdin)) exit(65);
    list.texts[i][strcspn(list.texts[i], "\n")] = 0;
  }
  return list;
}

static uint64_t seed;

static uint32_t drawn(uint64_t row, uint64_t field, uint64_t count) {
  uint64_t z = seed + (8 * row + field + 1) * 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return (uint32_t)((((z ^ (z >> 31)) >> 32) * count) >> 32);
}

static char *text(char *to, const char *from) { return stpcpy(to, from); }

static char *digits(char *to, uint64_t number, int width) {
  for (int i = width - 1; i >= 0; i--, number /= 10) to[i] = '0' + number % 10;
  return to + width;
}

int main(int count, char **arguments) {
  if (count != 4) return fprintf(stderr, "usage: generate FIRST COUNT SEED < LISTS\n"), 64;
  uint64_t first = strtoull(arguments[1], 0, 10), rows = strtoull(arguments[2], 0, 10);
  seed = strtoull(arguments[3], 0, 10);
  List areas = read_list(), professions = read_list(), months = read_list();
  static char line[2048];
  setvbuf(stdout, 0, _IOFBF, 1 << 20);
  if (first == 0) puts("advert_id,month,area_code,profession,employer,contract,hours,salary,source");
  for (uint64_t row = first; row < first + rows; row++) {
    uint32_t share = drawn(row, 0, 100), rest = drawn(row, 5, 40000 * 30);
    uint32_t one = drawn(row, 2, professions.count), other = drawn(row, 3, professions.count);
    char *end = line;
    *end++ = 'A';
    end = digits(end, row + 1, 9);
    *end++ = ',';
    end = text(end, months.texts[drawn(row, 4, months.count)]);
    *end++ = ',';
    end = text(end, areas.texts[share < 15 ? 0 : 1 + drawn(row, 1, areas.count - 1)]);
    *end++ = ',';
    end = text(end, professions.texts[one < other ? one : other]);
    end = digits(text(end, ",K"), rest % 40000, 5);
    end = text(end, drawn(row, 6, 8) == 0 ? ",temporary" : ",permanent");
    end = text(end, share % 4 == 0 ? ",part time," : ",full time,");
    end = digits(end, 18000 + 50 * drawn(row, 7, 600), 5);
    end = digits(text(end, ",board "), rest / 40000, 2);
    *end++ = '\n';
    if (fwrite(line, 1, end - line, stdout) != (size_t)(end - line)) return perror("generate"), 74;
  }
  return fflush(stdout) ? (perror("generate"), 74) : 0;
}
