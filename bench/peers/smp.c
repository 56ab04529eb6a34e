/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Threads that take and give batches of 32 objects of 256 bytes from one pool: how it scales. */
#include "harness.h"
#include "peers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#define BATCH    32u
#define ROUND_NS 20000000
#define ROUNDS   7u
#define THREADS  4u

struct worker {
    struct allocator *a;
    pthread_barrier_t *gate;
    atomic_bool *stop;
    uint32_t cpu;
    uint64_t batches;
};

static void *work(void *argument)
{
    struct worker *w = argument;
    union cell cells[BATCH];

    if (w->a->thread != NULL) {
        w->a->thread(w->cpu);
    }
    (void)pthread_barrier_wait(w->gate);
    while (!atomic_load_explicit(w->stop, memory_order_relaxed)) {
        for (uint32_t k = 0; k < BATCH; k++) {
            w->a->get(&cells[k]);
        }
        for (uint32_t k = 0; k < BATCH; k++) {
            w->a->put(&cells[k]);
        }
        w->batches++;
    }
    return NULL;
}

/* Million pairs a second. */
static double run(struct allocator *a, uint32_t threads)
{
    const struct timespec pause = {.tv_nsec = ROUND_NS};
    struct worker workers[THREADS];
    pthread_t ids[THREADS];
    pthread_barrier_t gate;
    atomic_bool stop = false;
    uint64_t batches = 0;

    (void)pthread_barrier_init(&gate, NULL, threads + 1u);
    for (uint32_t i = 0; i < threads; i++) {
        workers[i] = (struct worker){.a = a, .gate = &gate, .stop = &stop, .cpu = i};
        if (pthread_create(&ids[i], NULL, work, &workers[i]) != 0) {
            give_up("pthread_create", (long)i);
        }
    }
    (void)pthread_barrier_wait(&gate);
    const uint64_t start = clock_ns();

    (void)nanosleep(&pause, NULL);
    atomic_store(&stop, true);
    for (uint32_t i = 0; i < threads; i++) {
        (void)pthread_join(ids[i], NULL);
        batches += workers[i].batches;
    }
    const uint64_t end = clock_ns();

    (void)pthread_barrier_destroy(&gate);
    return (double)batches * BATCH * 1000.0 / (double)(end - start);
}

void peers_smp(struct allocator **all, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        double one = 0;
        char key[64];

        if (all[i]->start == NULL || !all[i]->start(256, 65536)) {
            continue;
        }
        for (uint32_t threads = 1; threads <= THREADS; threads *= 2u) {
            double rates[ROUNDS];

            for (uint32_t round = 0; round < ROUNDS; round++) {
                rates[round] = run(all[i], threads);
            }
            const double rate = median(rates, ROUNDS);

            one = threads == 1u ? rate : one;
            (void)snprintf(key, sizeof(key), "pool_smp.%u.%s.rate", threads, all[i]->name);
            figure(key, rate, "Mpairs/s");
            (void)snprintf(key, sizeof(key), "pool_smp.%u.%s.scaling", threads, all[i]->name);
            figure(key, rate / one, "x");
        }
        all[i]->stop();
    }
}
