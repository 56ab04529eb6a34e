/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file boot.c  PowerPC: from the entry of each CPU to its C program, exceptions, the way out. */
#include "board.h"
#include "board_map.h"
#include "console.h"
#include "cpu.h"
#include "fdt.h"
#include "pci.h"
#include "ppc.h"

#define PCI_ID_PVPANIC 0x00111b36u
#define PVPANIC_PANIC  1u

#define START_MS 500u /* a CPU takes less */

static const void *fdt;

/** Entry of each secondary CPU; NULL: it sleeps. */
static void (*volatile entries[BOARD_CPUS])(void);

static uint32_t interrupts[BOARD_CPUS]; /* that the CPU is in */
static uint32_t started[BOARD_CPUS];

uint32_t board_this_cpu(void)
{
    return cpu_mfspr(SPR_PIR) % BOARD_CPUS;
}

bool board_in_interrupt(void)
{
    return interrupts[board_this_cpu()] != 0;
}

void board_boot_cpu0(const void *tree)
{
    fdt = fdt_check(tree);
    mmu_init_cpu();
    irq_init_cpu();
    cpu_mtmsr(MSR_ME | MSR_EE);
    board_exit(loader_main());
}

void board_boot_secondary(void)
{
    mmu_init_cpu();
    irq_init_cpu();
    cpu_mtmsr(MSR_ME | MSR_EE);
    __atomic_store_n(&started[board_this_cpu()], 1u, __ATOMIC_RELEASE);
    entries[board_this_cpu()]();
    for (;;) {
    }
}

/* The machine may have an entry to start a CPU by that it does not have. */
bool board_start_cpu(uint32_t cpu, void (*entry)(void))
{
    const uint32_t start = board_ms();

    if (cpu >= BOARD_CPUS) {
        return false;
    }
    entries[cpu] = entry;
    cpu_msync();
    if (!board_release_cpu(cpu)) {
        return false;
    }
    while (__atomic_load_n(&started[cpu], __ATOMIC_ACQUIRE) == 0) {
        if (board_ms() - start > START_MS) {
            return false;
        }
    }
    return true;
}

const void *board_fdt(void)
{
    return fdt;
}

const char *board_bootargs(void)
{
    return fdt_bootargs(fdt);
}

uint32_t board_ms(void)
{
    return (uint32_t)(cpu_timebase() / (TIMEBASE_HZ / 1000u));
}

void board_putc(char c)
{
    volatile unsigned char *uart = (volatile unsigned char *)UART_BASE;

    while ((uart[UART_LSR] & UART_LSR_EMPTY) == 0) {
    }
    uart[UART_THR] = (unsigned char)c;
}

/*
 * The machine has no register that ends the emulator with a status of its own. QEMU's pvpanic
 * device is one for failures: with "-action panic=exit-failure" it ends QEMU with status 1. A
 * power-off right behind it would hide that.
 */
static void panic(void)
{
    const uint32_t start = board_ms();
    uint32_t bdf;

    if (!pci_find_id(PCI_ID_PVPANIC, &bdf)) {
        return;
    }
    *(volatile unsigned char *)pci_enable(bdf) = PVPANIC_PANIC;
    while (board_ms() - start < 5000u) {
    }
}

void board_exit(int code)
{
    (void)cpu_irq_save();
    cpu_msync();
    if (code != 0) {
        panic();
    }
    board_power_off();
}

static _Noreturn void fatal(uint32_t number, const struct exception_frame *frame)
{
    static uint32_t entered;

    if (entered++ != 0) {
        board_power_off();
    }
    con_printf("\nFATAL exception %u on cpu %u: pc=%08x msr=%08x dear=%08x esr=%08x\n", number,
               board_this_cpu(), frame->srr0, frame->srr1, cpu_mfspr(SPR_DEAR), cpu_mfspr(SPR_ESR));
    board_exit(99);
}

void board_exception(uint32_t number, struct exception_frame *frame)
{
    const uint32_t cpu = board_this_cpu();

    if (number == EXC_EXTERNAL || number == EXC_DECREMENTER) {
        interrupts[cpu]++;
        if (number == EXC_EXTERNAL) {
            irq_dispatch();
        } else {
            timer_dispatch();
        }
        interrupts[cpu]--;
        frame->srr1 &= ~MSR_WE; /* whoever slept looks why it was woken */
    } else if (number != EXC_DATA_MISS || !mmu_data_miss(cpu_mfspr(SPR_DEAR))) {
        fatal(number, frame);
    }
}
