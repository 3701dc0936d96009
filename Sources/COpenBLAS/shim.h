#include <cblas.h>

/* OpenBLAS's own end of its threads: exported by builds that have any, declared in no header. */
__attribute__((weak)) int blas_thread_shutdown_(void);

/* Keeps OpenBLAS inside the calling thread, and ends the threads that it starts while it is loaded:
   they would wait for work by spinning, on a core that our own blocks need. */
static inline void keep_to_calling_thread(void) {
  openblas_set_num_threads(1);
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}

/* OpenBLAS's own working memory, which it keeps for later calls: exported, declared in no header. */
__attribute__((weak)) void *blas_memory_alloc(int position);
__attribute__((weak)) void blas_memory_free(void *buffer);

/* Has OpenBLAS take the working memory of so many calls at the same time now, where it can. It asks without end for
   what it does not get, so make sure before that there is enough. */
static inline void take_working_memory(int calls) {
  if (!blas_memory_alloc || !blas_memory_free || calls < 1) return;
  void *buffer = blas_memory_alloc(0);
  take_working_memory(calls - 1);
  blas_memory_free(buffer);
}
