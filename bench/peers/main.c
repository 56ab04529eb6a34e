/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * usage: dmacoh-peers [--brief]
 *
 * Ours beside what others would pick. Prints "figure KEY VALUE UNIT" lines, and "absent NAME" for a peer that
 * is not on this machine.
 */
#include "harness.h"
#include "peers.h"

#include <string.h>

#define MOST 16u

static struct allocator *all[MOST];
static uint32_t nall;

static void add(struct allocator *a)
{
    for (; a->name != NULL; a++) {
        if (!a->start(4096, 16)) {
            if (a != &allocators_dmacoh[0] && a != &allocators_dmacoh[1]) { /* not for granules */
                printf("absent %s\n", a->name);
                continue;
            }
        } else {
            a->stop();
        }
        all[nall++] = a;
    }
}

int main(int argc, char **argv)
{
    const bool brief = argc > 1 && strcmp(argv[1], "--brief") == 0;

    step_init();
    add(allocators_dmacoh);
#ifdef BENCH_WITH_DPDK
    add(allocators_mempool);
#else
    printf("absent rte_mempool\n");
#endif
    add(allocators_malloc);
#ifdef BENCH_WITH_CK
    add(allocators_ck);
#else
    printf("absent ck_stack\n");
#endif
    peers_fixed(all, nall, brief);
    peers_smp(all, nall);
    peers_bounce();
    peers_fragmentation();
    peers_cache();
    return 0;
}
