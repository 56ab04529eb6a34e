/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file board.h
 * What a board gives to the arch-neutral part of the bootloader.
 *
 * Everything here is defined in the board's own directory. The library's port functions are not
 * listed: they are in <dmacoh/port.h>, and the board defines them too.
 */
#ifndef BOARD_H
#define BOARD_H

#include <dmacoh/dmacoh.h>
#include <stdbool.h>
#include <stdint.h>

#define BOARD_MAX_CPUS 2u /* that the loader uses; a board may have more */

/* ---- the memory that the disk lands in ---- */

/** Landing areas and the edu buffer; all sizes in bytes. Constant after boot. */
struct board_plan {
    dmacoh_phys_t low_phys;  /**< Lowmem landing area, linearly mapped. */
    uintptr_t low_va;        /**< CPU address of low_phys. */
    dmacoh_phys_t high_phys; /**< Highmem landing area, 1 MiB aligned, no mapping; 0: none. */
    uint32_t landing_size;   /**< Size of each landing area. */
    /** Two buffers for edu, beyond its mask, 1 MiB aligned; the suite's highmem. 0: none. */
    dmacoh_phys_t edu_phys;
    dmacoh_phys_t edu_mask; /**< Last address that edu reaches; it ands addresses with it. */
    uintptr_t edu_alias_va; /**< Where a wrong edu transfer to edu_phys would land. */
    /** Masters see RAM from this bus address on, too, in the image of the suite. 0: they do not. */
    uint64_t second_bus;
    bool snoops; /**< Masters snoop the CPUs' caches, in memory that is mapped for it. */
};

extern const struct board_plan board_plan;

/** A view of the 1 MiB of highmem at @p phys (1 MiB aligned). Valid until the next call. CPU 0. */
void *board_high_view(dmacoh_phys_t phys);

/* ---- the library's objects on this board (dma_config.c) ---- */

extern struct dmacoh board_dma;
extern struct dmacoh_dev board_nvme;        /**< The NVMe as it is: reaches all RAM. */
extern struct dmacoh_dev board_nvme_narrow; /**< The same NVMe with a mask below highmem. */
extern struct dmacoh_dev board_nvme_forced; /**< The same NVMe, everything bounced. */
extern struct dmacoh_dev board_edu;         /**< A master that really has a narrow mask; the suite
                                                 takes its pools. */

/** Sets all of the above up. Thread context on CPU 0. 0, or a negative enum dmacoh_status. */
int board_dma_init(void);

/** Takes it all down: no live map or buffer, CPU 1 offline. 0, or a negative enum dmacoh_status. */
int board_dma_fini(void);

/* ---- CPUs and time ---- */

const char *board_cpu_name(void);

/** Starts a CPU in @p entry with MMU, stack and interrupts set up. False: no such CPU. */
bool board_start_cpu(uint32_t cpu, void (*entry)(void));

/** Sleeps until *@p word differs from @p seen; board_wake() after the store ends the sleep. */
void board_sleep_while(const uint32_t *word, uint32_t seen);
void board_wake(void);

/** Milliseconds since reset; wraps after 49 days. */
uint32_t board_ms(void);

/**
 * Calls @p handler once in an interrupt of CPU 0, in @p us microseconds at the earliest; NULL: nothing any
 * more. False: the board has no timer for it.
 */
bool board_interrupt_in(uint32_t us, void (*handler)(void));

/* ---- devices ---- */

uint32_t board_pci_read(uint32_t bdf, uint32_t offset);
void board_pci_write(uint32_t bdf, uint32_t offset, uint32_t value);

/** First free bus address of the PCI memory window. */
uint64_t board_pci_window(void);

/** CPU address of a PCI bus address of the memory window. */
uintptr_t board_pci_va(uint64_t bus);

/** Interrupt number of INTA of a PCI function; enables it with @p handler on CPU 0. */
void board_pci_irq(uint32_t bdf, void (*handler)(void));

/** Registers of a memory-mapped virtio transport, by number from 0 on; 0: there is none. */
uintptr_t board_virtio(uint32_t index);

/** Enables its interrupt, with @p handler on CPU 0. */
void board_virtio_irq(uint32_t index, void (*handler)(void));

/* ---- the outside world ---- */

void board_putc(char c);

/** The command line that the loader was started with; an empty string if there is none. */
const char *board_bootargs(void);

/** Flat device tree, or NULL. For the board's own files: not every board has one. */
const void *board_fdt(void);

/** Ends the run; the emulator exits with @p code. */
_Noreturn void board_exit(int code);

/** The arch-neutral main program, called by the board on CPU 0 with interrupts on. */
int loader_main(void);

#endif
