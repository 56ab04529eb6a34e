/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file boot.c  From the boot monitor to the C program, and the way out. */
#include "board.h"
#include "board_map.h"
#include "console.h"
#include "cpu.h"
#include "mips.h"

#define CAUSE_CODE(cause) ((cause) >> 2 & 31u)
#define SOFTRES_RESET     0x42u

/* Program name and command line; pairs of a name and a value. Each ends with NULL. */
static const char *const *monitor_argv;
static const char *const *monitor_envp;

static bool same(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

const char *board_monitor_variable(const char *name)
{
    for (const char *const *pair = monitor_envp; pair[0] != NULL; pair += 2) {
        if (same(pair[0], name)) {
            return pair[1];
        }
    }
    return NULL;
}

const char *board_bootargs(void)
{
    return monitor_argv[0] != NULL && monitor_argv[1] != NULL ? monitor_argv[1] : "";
}

/*
 * KSEG0 is uncached at reset, and the boot monitor leaves it so: nothing of this image is in a cache when
 * the caches are cleared.
 */
void board_boot_cpu0(const char *const *argv, const char *const *envp)
{
    monitor_argv = argv;
    monitor_envp = envp;
    dmacoh_boot_cache_inval(true);
    board_set_kseg0(board_cca());
    tlb_init();
    irq_init_boot_cpu();
    cpu_ei();
    board_exit(loader_main());
}

static _Noreturn void reset(void)
{
    for (;;) {
        reg_write(SOFTRES, SOFTRES_RESET);
    }
}

/* One CPU ends the run, and the other waits for the end. */
static uint32_t ending; /* 1 + its number; 0: none yet */

static bool is_first(void)
{
    uint32_t none = 0;

    return __atomic_compare_exchange_n(&ending, &none, 1u + cpu_number(), false, __ATOMIC_RELAXED,
                                       __ATOMIC_RELAXED);
}

static bool is_mine(void)
{
    return __atomic_load_n(&ending, __ATOMIC_RELAXED) == 1u + cpu_number();
}

static _Noreturn void leave(int code)
{
    board_uhi_exit(code);
    reset();
}

void board_exit(int code)
{
    (void)cpu_di();
    while (!is_first()) {
    }
    leave(code);
}

/*
 * Without -semihosting the exit itself is an exception, and leads into the boot monitor and from there to
 * here: then the machine is reset, which ends an emulator that has -no-reboot.
 */
void board_fatal_exception(uint32_t cause, uint32_t pc, uint32_t bad_address)
{
    if (is_mine()) {
        reset();
    }
    while (!is_first()) {
    }
    con_printf("\nFATAL exception %u on cpu %u: pc=%08x bad=%08x status=%08x\n", CAUSE_CODE(cause),
               cpu_number(), pc, bad_address, cpu_read_status());
    leave(99);
}
