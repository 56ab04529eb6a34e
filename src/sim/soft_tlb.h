/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file soft_tlb.h
 * @brief TLBs that software fills, private: entries that instructions write, one TLB a CPU.
 */
#ifndef DMACOH_SIM_SOFT_TLB_H
#define DMACOH_SIM_SOFT_TLB_H

#include <stdbool.h>
#include <stdint.h>

#include "ops.h"

#define SIM_TLB_OLD     6 /* entries written since the last hazard barrier */
#define SIM_TLB_ENTRIES 64

/* MIPS's segments that no TLB translates: the lowest 512 MiB, cached and uncached. */
#define KSEG0     0x80000000u
#define KSEG1     0xa0000000u
#define KSEG_SIZE 0x20000000u

struct sim;

/** Half of a TLB entry, or all of one that has no halves. */
struct soft_half {
    uint64_t pa;
    uint8_t attr; /* ATTR_NONE: not valid */
    bool read_only;
};
/** An entry of a software-filled TLB. */
struct soft_entry {
    uint32_t va;   /* aligned to all that it covers */
    uint8_t shift; /* log2 of the bytes of one half */
    uint8_t nhalf; /* 0: matches nothing; 2: a pair (MIPS) */
    struct soft_half half[2];
};
struct soft_old {
    uint32_t at;
    struct soft_entry e;
};
/** MIPS: the registers behind the TLB instructions. */
struct cp0 {
    uint32_t index, lo0, lo1, mask, wired, hi;
    uint32_t refilled; /* the page of the host's that the last probe found */
    bool written;      /* TLB instructions do not see it for certain before a hazard barrier */
    bool probed;       /* nor do register reads what a TLB instruction gave */
};
/** One CPU's software-filled TLB. */
struct soft_tlb {
    struct soft_entry now[SIM_TLB_ENTRIES];
    struct soft_old old[SIM_TLB_OLD]; /* until a hazard barrier the CPU may still use these */
    uint32_t nold;
    uint32_t top; /* entries from here on were never written */
    struct cp0 cp0;
    bool news; /* the set engine has not looked at the change yet */
};

/** Registers of one PowerPC CPU that concern translation. */
struct ppc_regs {
    uint32_t mas[8], mmucr, hid0;
    uint32_t word[SIM_TLB_ENTRIES][3]; /* entries of a unified TLB, BATs: as written */
};

static inline uint64_t soft_span(const struct soft_entry *e)
{
    return (uint64_t)e->nhalf << e->shift;
}

/* soft_tlb.c, soft_write.c */
bool soft_decode(const struct sim *s, int cpu, uint32_t va, struct xlat *x);
bool soft_translate(struct sim *s, int cpu, uint32_t va, struct xlat *x);
bool soft_may_cache(const struct sim *s, int cpu, uint64_t pa);
uint8_t soft_slots(struct sim *s, int cpu, int li);
bool soft_writable(const struct sim *s, int cpu, uint32_t va);
int soft_find(const struct sim *s, int cpu, uint32_t va);
void soft_write(struct sim *s, int cpu, uint32_t i, const struct soft_entry *e);
const struct soft_entry *soft_read(const struct sim *s, int cpu, uint32_t i);
void soft_barrier(struct sim *s, int cpu);
void soft_map(struct sim *s, uint32_t va, uint64_t pa, uint64_t n, uint8_t attr);
void soft_scan_fixed(struct sim *s);
void soft_prepare(struct sim *s, bool first);
void soft_save(struct sim *s);
void soft_reset(struct sim *s);
uint64_t soft_hash(const struct sim *s);

#endif
