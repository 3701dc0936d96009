#include <cblas.h>

/* OpenBLAS's own end of its threads: exported by builds that have any, declared in no header. */
__attribute__((weak)) int blas_thread_shutdown_(void);

/* Keeps OpenBLAS inside the calling thread, and ends the threads that it starts while it is loaded:
   they would wait for work by spinning, on a core that our own blocks need. */
static inline void keep_to_calling_thread(void) {
  openblas_set_num_threads(1);
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}
