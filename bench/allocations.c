// Counts a program's heap allocations, thread by thread. Loaded before the C library (LD_PRELOAD),
// it takes the allocator's names and passes every call on to the C library's own functions, which
// glibc exports under second names, so that nothing has to be looked up while the program starts.
//
// The counts lie in the file that COMMONWAY_BENCH_ALLOCATIONS names: slots of two 64-bit numbers,
// a thread's number and its count. A thread takes its slot with its first allocation.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

struct slot {
    _Atomic uint64_t thread;
    _Atomic uint64_t count;
};

enum { slot_count = 1024 };

// Before the file is mapped, and where there is none, they are counted here and lost.
static struct slot lost;
static struct slot *slots;
static _Atomic uint32_t slots_taken;

// In the thread's own block of memory from its start on: it is reached without an allocation.
static __thread struct slot *own __attribute__((tls_model("initial-exec")));

__attribute__((constructor)) static void open_counts(void) {
    const char *path = getenv("COMMONWAY_BENCH_ALLOCATIONS");
    if (path == NULL) return;
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_TRUNC, 0600);
    if (descriptor < 0) return;
    size_t octets = slot_count * sizeof(struct slot);
    if (ftruncate(descriptor, (off_t)octets) == 0) {
        void *place = mmap(NULL, octets, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
        if (place != MAP_FAILED) slots = place;
    }
    close(descriptor);
}

static void count(void) {
    if (own == NULL) {
        if (slots == NULL) return;
        uint32_t place = atomic_fetch_add(&slots_taken, 1);
        own = place < slot_count ? &slots[place] : &lost;
        atomic_store(&own->thread, (uint64_t)syscall(SYS_gettid));
    }
    // Its own thread alone writes a slot, so that no other core is asked for it.
    uint64_t before = atomic_load_explicit(&own->count, memory_order_relaxed);
    atomic_store_explicit(&own->count, before + 1, memory_order_relaxed);
}

void *malloc(size_t size) {
    count();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    count();
    return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
    count();
    return __libc_realloc(old, size);
}

void *reallocarray(void *old, size_t number, size_t size) {
    size_t octets;
    if (__builtin_mul_overflow(number, size, &octets)) {
        errno = ENOMEM;
        return NULL;
    }
    count();
    return __libc_realloc(old, octets);
}

void *memalign(size_t alignment, size_t size) {
    count();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size) {
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) return EINVAL;
    count();
    void *place = __libc_memalign(alignment, size);
    if (place == NULL) return ENOMEM;
    *out = place;
    return 0;
}
