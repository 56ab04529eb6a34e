/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * usage: dmacoh-bench TWIN [--long | --curves]
 *
 * Prints "figure KEY VALUE UNIT" and "profile KEY ADDRESS COUNT" lines; report.py reads them. --curves
 * prints "curve NAME X VALUE" lines instead, which docs.py draws.
 */
#include "harness.h"
#include "port.h"
#include "twin.h"

#include <dmacoh/port.h>

#include <string.h>

static void port_cost(void)
{
    static struct dmacoh_lock lock;
    uint32_t empty = 0;
    uint32_t save = 0;
    uint32_t take = 0;
    uint32_t give = 0;
    uint32_t restore = 0;
    uintptr_t irq;

    STEP(empty, bench_empty, (void)bench_empty());
    STEP(save, dmacoh_port_irq_save, irq = dmacoh_port_irq_save());
    STEP(take, dmacoh_port_lock, dmacoh_port_lock(&lock));
    STEP(give, dmacoh_port_unlock, dmacoh_port_unlock(&lock));
    STEP(restore, dmacoh_port_irq_restore, dmacoh_port_irq_restore(irq));
    figure("port.empty_call", (double)empty, "instr");
    figure("port.lock", (double)(save + take + give + restore), "instr");
}

int main(int argc, char **argv)
{
    const struct options opt = {.longer = argc > 2 && strcmp(argv[2], "--long") == 0};

    if (argc < 2) {
        give_up("usage: dmacoh-bench TWIN [--long | --curves]", argc);
    }
    printf("compiler host %s\n", BENCH_COMPILER);
    step_init();
    twin_load(argv[1]);
    twin_check_every(opt.longer ? 2000u : 10000u);
    if (argc > 2 && strcmp(argv[2], "--curves") == 0) {
        bench_curves();
        return 0;
    }
    port_cost();
    bench_map_direct();
    bench_map_segs();
    bench_pool_untouched();
    bench_small(&opt);
    bench_magazine(&opt);
    bench_bounce_slots(&opt);
    bench_cmo_batch();
    bench_pool_flat(&opt);
    bench_pool_mixed(&opt);
    bench_pool_worst(&opt);
    figure("harness.paths", (double)twin_paths(), "paths");
    figure("harness.checked", (double)twin_checked(), "calls");
    figure("harness.mismatches", (double)twin_mismatches(), "calls");
    return 0;
}
