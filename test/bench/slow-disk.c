// A disk whose flushes take longer: preloaded into an engine, it lets each of them rest for SLOW_DISK_US microseconds before it returns.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/types.h>
#include <time.h>

static void rest(void) {
  const char *text = getenv("SLOW_DISK_US");
  long us = text == NULL ? 0 : atol(text);
  struct timespec time = {us / 1000000, (us % 1000000) * 1000};
  if (us > 0) nanosleep(&time, NULL);
}

int fsync(int file) {
  static int (*real)(int);
  if (real == NULL) real = dlsym(RTLD_NEXT, "fsync");
  rest();
  return real(file);
}

int fdatasync(int file) {
  static int (*real)(int);
  if (real == NULL) real = dlsym(RTLD_NEXT, "fdatasync");
  rest();
  return real(file);
}

int msync(void *address, size_t length, int flags) {
  static int (*real)(void *, size_t, int);
  if (real == NULL) real = dlsym(RTLD_NEXT, "msync");
  rest();
  return real(address, length, flags);
}
