#include <curl/curl.h>
#include <dlfcn.h>
#include <stddef.h>

/* What is used of libcurl. It is opened by the first transfer, not linked: it brings some thirty libraries along, and
   opening those would more than double the start-up of every command. */
typedef struct {
  CURLcode (*global_init)(long);
  CURL *(*init)(void);
  CURLcode (*set)(CURL *, CURLoption, ...);
  CURLcode (*perform)(CURL *);
  void (*cleanup)(CURL *);
  const char *(*error)(CURLcode);
  struct curl_slist *(*append)(struct curl_slist *, const char *);
  void (*free_list)(struct curl_slist *);
} transfer_library;

#ifdef __APPLE__
#define TRANSFER_LIBRARY "/usr/lib/libcurl.4.dylib"
#else
#define TRANSFER_LIBRARY "libcurl.so.4"
#endif

/* Opens libcurl; NULL, or why that is not possible. */
static inline const char *transfer_open(transfer_library *library) {
  void *opened = dlopen(TRANSFER_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  if (opened == NULL) return dlerror();
  const struct { const char *name; void **place; } functions[] = {
    {"curl_global_init", (void **)&library->global_init}, {"curl_easy_init", (void **)&library->init},
    {"curl_easy_setopt", (void **)&library->set}, {"curl_easy_perform", (void **)&library->perform},
    {"curl_easy_cleanup", (void **)&library->cleanup},
    {"curl_easy_strerror", (void **)&library->error}, {"curl_slist_append", (void **)&library->append},
    {"curl_slist_free_all", (void **)&library->free_list},
  };
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    *functions[i].place = dlsym(opened, functions[i].name);
    if (*functions[i].place == NULL) return functions[i].name;
  }
  return library->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? NULL : "libcurl cannot be set up";
}

typedef size_t (*transfer_sink)(char *, size_t, size_t, void *);

static inline CURL *transfer_new(const transfer_library *library) { return library->init(); }

static inline void transfer_set_number(const transfer_library *library, CURL *transfer, CURLoption option, long value) {
  library->set(transfer, option, value);
}

static inline void transfer_set_text(const transfer_library *library, CURL *transfer, CURLoption option, const char *text) {
  library->set(transfer, option, text);
}

static inline void transfer_set_list(const transfer_library *library, CURL *transfer, CURLoption option,
                                     struct curl_slist *list) {
  library->set(transfer, option, list);
}

static inline void transfer_set_sink(const transfer_library *library, CURL *transfer, CURLoption function,
                                     transfer_sink sink, CURLoption data, void *receiver) {
  library->set(transfer, function, sink);
  library->set(transfer, data, receiver);
}

static inline CURLcode transfer_perform(const transfer_library *library, CURL *transfer) {
  return library->perform(transfer);
}

static inline void transfer_free(const transfer_library *library, CURL *transfer) { library->cleanup(transfer); }

static inline const char *transfer_error(const transfer_library *library, CURLcode code) { return library->error(code); }

static inline struct curl_slist *transfer_append(const transfer_library *library, struct curl_slist *list, const char *text) {
  return library->append(list, text);
}

static inline void transfer_free_list(const transfer_library *library, struct curl_slist *list) { library->free_list(list); }
