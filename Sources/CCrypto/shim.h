#include <openssl/crypto.h>
#include <openssl/evp.h>

/* SHA-256 without reading OpenSSL's configuration, which says nothing of it and takes most of a millisecond. */
static inline EVP_MD_CTX *crypto_sha256(void) {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  if (context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1) return context;
  EVP_MD_CTX_free(context);
  return NULL;
}
