/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file windows.h
 * @brief Translation of window slots: what the CPU remembers of it, and when it learns of a change.
 */
#ifndef MC_WINDOWS_H
#define MC_WINDOWS_H

#include "cpu.h"
#include "guest/abi.h"

#define WINDOW_PAGES (MC_WIN_BYTES / MC_PAGE)
#define TABLE_BYTES  (MC_TABLE_WIN + MC_TABLE_BYTES - MC_TABLE_L1)
#define TABLE_LINE   32u
#define SOFT_REGS    16u
#define SOFT_ENTRIES 16u

struct machine;

/** What the CPU knows of the windows. */
struct window_state {
    struct {
        bool valid, leaving; /* leaving: to be dropped, once a barrier was executed */
        uint32_t phys;       /* of the page */
    } tlb[WINDOW_PAGES];
    uint32_t walked;                        /* level 1 entry that walks remember; 0: none */
    uint8_t tables[TABLE_BYTES];            /* as walks find them */
    bool cleaned[TABLE_BYTES / TABLE_LINE]; /* on the way to where walks find them */
    bool changes;                           /* there is one of either */

    /* MIPS, e500: registers as they are, and as the host had them; entries; how many slots there are. */
    uint32_t regs[SOFT_REGS], host[SOFT_REGS], slots;
    struct soft_entry {
        bool valid; /* e500 */
        uint32_t hi, lo0, lo1;
    } entries[SOFT_ENTRIES];
};

struct windows {
    /** After MC_BOOT: nothing is remembered. */
    void (*booted)(struct machine *m);
    /** Where an address of a window lies. */
    struct place (*locate)(struct machine *m, uint32_t va);
    /** The INSN_TLB or INSN_TLB_REG word, with this address or value. */
    void (*tlb)(struct machine *m, uint32_t word, uint32_t value);
    /** A clean of a line that is not in the arena. */
    void (*clean)(struct machine *m, uint32_t va);
    /** An INSN_BARRIER. */
    void (*barrier)(struct machine *m);
    /** After a call. */
    void (*returned)(struct machine *m);
    /** After dmacoh_fini(): is nothing left? */
    void (*ended)(struct machine *m);
    uint32_t first_entry; /* struct dmacoh_mmu */
    bool empty_at_fini;   /* dmacoh_fini() empties what is empty already: nothing can tell */
    bool by_hand;         /* the emulator does not translate: the model moves the bytes */
};

extern const struct windows windows_arm, windows_e500, windows_mips;

#endif
