/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file boot.c  PA-RISC: from the entry of each CPU to its C program, interruptions, the way out. */
#include "b160l.h"
#include "board.h"
#include "board_map.h"
#include "console.h"
#include "cpu.h"
#include "pci.h"

#define PCI_ID_PVPANIC 0x00111b36u
#define PVPANIC_PANIC  1u

#define LINE_MIN 16u /* of all caches of this architecture */

/* Words of page 0, and the interrupt that makes firmware look at them. */
#define PAGE0_RENDEZVOUS      0x10u
#define PAGE0_RENDEZVOUS_HIGH 0x28u

static const char *bootargs;

/** Entry of each secondary CPU; NULL: it sleeps. */
static void (*volatile entries[BOARD_CPUS])(void);

static uint32_t interrupts[BOARD_CPUS]; /* that the CPU is in */
static uint32_t online[BOARD_CPUS];

bool board_in_interrupt(void)
{
    return interrupts[cpu_mfctl(CR_CPU)] != 0;
}

/*
 * Firmware, which runs with translation off, has had the stolen range cached. Its lines go before
 * the range has an uncached mapping: meeting one through that would be a machine check.
 */
static void flush_stolen(void)
{
    for (uint32_t at = 0; at < STOLEN_SIZE; at += LINE_MIN) {
        cpu_fdc(STOLEN_PHYS + at);
    }
    cpu_sync();
}

static void run_translated(void)
{
    board_set_psw(PSW_VIRT);
    irq_init_cpu();
    cpu_irq_restore(PSW_I);
}

void board_boot_cpu0(const char *arguments)
{
    bootargs = arguments;
    board_ask_firmware();
    flush_stolen();
    tables_build();
    run_translated();
    board_exit(loader_main());
}

void board_boot_secondary(uint32_t cpu)
{
    run_translated();
    __atomic_store_n(&online[cpu], 1u, __ATOMIC_RELEASE);
    entries[cpu]();
    for (;;) {
        cpu_idle();
    }
}

/* The CPUs that wait in firmware share the word that says where to go, so one goes at a time. */
bool board_start_cpu(uint32_t cpu, void (*entry)(void))
{
    volatile uintptr_t page0 = 0; /* an address, not a null pointer */
    const uint32_t start = board_ms();

    if (cpu >= BOARD_CPUS) {
        return false;
    }
    entries[cpu] = entry;
    reg_write(page0 + PAGE0_RENDEZVOUS_HIGH, 0);
    reg_write(page0 + PAGE0_RENDEZVOUS, (uint32_t)(uintptr_t)board_secondary_start);
    cpu_sync();
    reg_write(CPU_HPA(cpu), 0);
    while (__atomic_load_n(&online[cpu], __ATOMIC_ACQUIRE) == 0) {
        if (board_ms() - start > 1000u) {
            return false;
        }
    }
    return true;
}

const void *board_fdt(void)
{
    return NULL;
}

const char *board_bootargs(void)
{
    return bootargs;
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
    const uint32_t start = cpu_mfctl(CR_TIMER);
    uint32_t bdf;

    if (!pci_find_id(PCI_ID_PVPANIC, &bdf)) {
        return;
    }
    *(volatile unsigned char *)pci_enable(bdf) = PVPANIC_PANIC;
    while (cpu_mfctl(CR_TIMER) - start < UINT32_MAX / 4u) {
    }
}

/* No instruction of the architecture: the emulator's own "halt". */
static _Noreturn void power_off(void)
{
    for (;;) {
        __asm__ volatile(".word 0xfffdead0" ::: "memory");
    }
}

void board_exit(int code)
{
    (void)cpu_irq_save();
    cpu_sync();
    if (code != 0) {
        panic();
    }
    power_off();
}

static _Noreturn void fatal(uint32_t vector, const struct interruption *where)
{
    static uint32_t entered;

    if (entered++ != 0) {
        power_off();
    }
    con_printf("\nFATAL interruption %u on cpu %u: pc=%08x psw=%08x insn=%08x address=%08x\n",
               vector, cpu_mfctl(CR_CPU), where->offset[0], where->psw, where->insn,
               where->data_offset);
    board_exit(99);
}

void board_interruption(uint32_t vector, const struct interruption *where)
{
    const uint32_t cpu = cpu_mfctl(CR_CPU);

    if (vector != VECTOR_EXTERNAL) {
        fatal(vector, where);
    }
    interrupts[cpu]++;
    irq_dispatch();
    interrupts[cpu]--;
}
