/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file fake.h
 * @brief A machine without caches for unit tests: real memory, logged instructions, checked port calls.
 *
 * Machine addresses are host addresses below 4 GiB. Only the window slots are translated, through the
 * table words that the backend wrote and through a TLB per CPU that forgets nothing on its own: a missing
 * invalidation shows as a wrong byte. What the library asks of caches, TLBs and barriers is logged, so a
 * test can say exactly which instruction it expects, and in which order.
 */
#ifndef DMACOH_UNIT_FAKE_H
#define DMACOH_UNIT_FAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fake_kind {
    FAKE_CLEAN,
    FAKE_INVAL,
    FAKE_CLEAN_INVAL,
    FAKE_DCISW,
    FAKE_CSSELR,
    FAKE_DSB,
    FAKE_DSB_ST,
    FAKE_DMB,
    FAKE_DMB_ST,
    FAKE_ISB,
    FAKE_TLBI,    /* this CPU */
    FAKE_TLBI_IS, /* all CPUs */
    FAKE_ENTRY,   /* store to a page table; value: what was stored */
    FAKE_L2,      /* PL310: write; at: offset of the register */
    FAKE_L2_READ, /* PL310: read of SYNC */
    FAKE_SECURE,  /* the port's outer_write; at: offset of the register */
    FAKE_HOOK,    /* the device's flush_posted */
    FAKE_OUTER,   /* mock backend: operation on the outer level; value: which */
    FAKE_BARRIER, /* mock backend: value: which */
    FAKE_LOAD8,   /* one byte; value: what it holds; with log_bytes only */
    FAKE_STORE8,
    FAKE_RANGE_START, /* first line of an operation on a range */
    FAKE_SPR,         /* PowerPC: mtspr; at: its number */
    FAKE_TLBWE,       /* PowerPC: at: entry; value: word 0, or MAS1 */
    FAKE_TLBWI,       /* MIPS: at: entry; value: EntryHi */
    FAKE_RAC,         /* BMIPS: at: 1 write, 0 read of the read-ahead cache's register */
    FAKE_POST,        /* mock backend: post_batch */
    FAKE_SYNCDMA      /* PA-RISC: device writes have left the I/O adapter */
};

struct fake_event {
    enum fake_kind kind;
    uint64_t at;
    uint64_t value;
};

struct fake_ram {
    uint64_t phys, size;
    uint8_t *host;
};

#define FAKE_EVENTS (1u << 17)
#define FAKE_CPUS   4u
#define FAKE_TLB    32u
#define FAKE_RAM    8u

struct fake {
    /* identification and control registers */
    uint32_t midr, mpidr, ctr, clidr, sctlr, ttbcr, ttbr0, mmfr3, csselr, features;
    uint32_t mair0, mair1;
    uint32_t ccsidr[16];
    /* PL310: its registers' address, some of them, and how often SYNC reads busy after a write */
    uintptr_t l2_va;
    uint32_t l2_id, l2_control, l2_aux, l2_busy, l2_busy_left;
    /* what the port answers */
    uint32_t cpu, context;
    uint32_t irq_depth, locks;
    /* memory and tables */
    struct fake_ram ram[FAKE_RAM];
    uint32_t nram;
    uintptr_t root, tables, win_va;
    size_t tables_size, win_size;
    struct {
        uintptr_t page;
        uint64_t entry;
    } tlb[FAKE_CPUS][FAKE_TLB];
    /* the log */
    struct fake_event *log;
    uint32_t nlog;
    /* line operations and page copies in one section with interrupts masked */
    uint32_t masked_ops, masked_ops_max;
    uint32_t masked_bytes, masked_bytes_max;
    uint32_t accesses; /* data loads and stores */
    bool log_bytes;    /* accesses to single bytes are logged, too */
    /* not NULL: address of the page that a window shows, instead of tables and the TLB above */
    uint64_t (*translate)(uintptr_t va);
    /* a segment that shows physical memory from 0 on, besides host addresses (MIPS KSEG1) */
    uintptr_t segment_va;
    size_t segment_size;
    /* called once, at the next instant at which an interrupt could come in */
    void (*irq)(void *ctx);
    void *irq_ctx;
};

/* The machine that runs now. */
extern struct fake *fake;

void fake_init(struct fake *f);
void fake_free(struct fake *f);

void fake_log(enum fake_kind kind, uint64_t at, uint64_t value);
void fake_clear(void);
uint32_t fake_count(enum fake_kind kind);
/* Index of the nth event of a kind from an index on; the log's length if there is none. */
uint32_t fake_find(enum fake_kind kind, uint32_t from);

/* Host address behind a physical range; aborts if a master would fault there. */
uint8_t *fake_ram_at(uint64_t phys, uint64_t len);

/* Host address behind a machine address. */
uintptr_t fake_host(uintptr_t va);

/* Instructions. */
void fake_op(enum fake_kind kind, uintptr_t va);
void fake_store(uintptr_t va, uint32_t value);
void fake_store64(uintptr_t va, uint64_t value);
void fake_l2_write(uintptr_t reg, uint32_t value);
uint32_t fake_l2_read(uintptr_t reg);
void fake_tlbi(uintptr_t va, bool everywhere);

#endif
