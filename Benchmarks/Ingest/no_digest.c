/* Stands before OpenSSL's function and digests nothing, so that a run tells what its digests take. */
#include <stddef.h>

int EVP_DigestUpdate(void *context, const void *bytes, size_t count) {
  (void)context, (void)bytes, (void)count;
  return 1;
}
