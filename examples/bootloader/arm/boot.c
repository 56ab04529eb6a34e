/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file boot.c  ARMv7-A: from the entry of each CPU to its C program, and the way out. */
#include "arm.h"
#include "board.h"
#include "board_map.h"
#include "console.h"
#include "cpu.h"

#define SEMIHOST_EXIT_EXTENDED 0x20u
#define SEMIHOST_APPLICATION   0x20026u

/** Entry of each secondary CPU; NULL: it sleeps. */
static void (*volatile entries[BOARD_CPUS])(void);

/*
 * Only the boot CPU invalidates by set and way: levels that the CPUs share hold live data when
 * the others come up, and these CPUs clear their own first level at reset.
 */
void board_boot_cpu0(void)
{
    board_before_caches();
    dmacoh_boot_cache_inval(true);
    mmu_build();
    mmu_enable();
    gic_init_boot_cpu();
    cpu_irq_enable();
    board_exit(loader_main());
}

void board_boot_secondary(void)
{
    const uint32_t cpu = cpu_read_mpidr() & 3u;

    gic_init_cpu();
    /* Interrupts are masked yet: a wake-up between the test and wfi stays pending, and ends it. */
    while (cpu >= BOARD_CPUS || entries[cpu] == NULL) {
        cpu_wfi();
        cpu_irq_enable(); /* take it, or the next wfi ends at once */
        cpu_irq_disable();
    }
    cpu_irq_enable();
    entries[cpu]();
    for (;;) {
        cpu_wfi();
    }
}

/*
 * The other CPU reads its entry after its caches are on and coherent: no cache work is needed. It
 * may be on its way already, and asleep; then the wake-up makes it look.
 */
bool board_start_cpu(uint32_t cpu, void (*entry)(void))
{
    if (cpu >= BOARD_CPUS) {
        return false;
    }
    entries[cpu] = entry;
    cpu_dsb();
    if (!board_release_cpu(cpu)) {
        return false;
    }
    gic_wake(1u << cpu);
    return true;
}

void board_exit(int code)
{
    const uint32_t block[2] = {SEMIHOST_APPLICATION, (uint32_t)code};

    cpu_irq_disable();
    cpu_dsb();
    (void)board_semihost(SEMIHOST_EXIT_EXTENDED, block);
    board_power_off(); /* only without -semihosting */
}

void board_fatal_exception(uint32_t kind, uint32_t pc)
{
    static const char *const names[] = {"undefined instruction", "supervisor call",
                                        "prefetch abort", "data abort"};
    static uint32_t entered;

    /* A supervisor call here is the exit itself, made without -semihosting: do not repeat it. */
    if (entered++ != 0) {
        board_power_off();
    }
    con_printf("\nFATAL %s on cpu %u: pc=%08x dfsr=%08x dfar=%08x\n", names[(kind - 1u) & 3u],
               cpu_read_mpidr() & 3u, pc, cpu_read_dfsr(), cpu_read_dfar());
    board_exit(99);
}
