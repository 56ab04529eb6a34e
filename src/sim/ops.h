/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ops.h
 * @brief What agents do: kinds of operations, posted operations, translations. Private.
 */
#ifndef DMACOH_SIM_OPS_H
#define DMACOH_SIM_OPS_H

#include <stdbool.h>
#include <stdint.h>

/** What an agent does next, and what waits in a posted queue. */
enum op {
    OP_STORE,
    OP_CLEAN,
    OP_INVAL,
    OP_CLEAN_INVAL,
    OP_L2_CLEAN,
    OP_L2_INVAL,
    OP_L2_CLEAN_INVAL,
    OP_TLBI_LOCAL,
    OP_TLBI_IS,
    OP_DEV_STORE,
    OP_LOAD,
    OP_DEV_LOAD,
    OP_DSB,
    OP_DSB_ST,
    OP_DMB,
    OP_DMB_ST,
    OP_ISB,
    OP_MMIO,
    OP_WAIT,
    OP_NOP,
    OP_START,
    OP_READ_AHEAD, /* the read-ahead cache is emptied */
    OP_TLB,        /* an instruction on a software-filled TLB */
    OP_DMA_SYNC    /* the I/O adapter gives the writes of devices to memory */
};

/** One posted operation. */
struct posted {
    uint8_t kind;  /* enum op */
    uint8_t off;   /* stores: first byte in the line */
    uint8_t len;   /* stores: bytes, 1 to 8 */
    uint8_t attr;  /* stores, maintenance: memory attribute of the translation */
    uint8_t slot;  /* of its virtual address in the L1 */
    bool coh;      /* stores: to coherent-buffer bytes, whose words an observer may tell apart */
    bool may_void; /* invalidation that may have run before an earlier uncached load */
    int32_t line;  /* index of the physical line; -1 for TLB operations */
    uint32_t va;   /* line VA, or page VA for TLB operations */
    uint64_t value;
    uint32_t seq;      /* per agent, in program order */
    uint32_t fence;    /* entries with seq below this are ordered before this one */
    uint32_t fence_st; /* the same among stores */
};

/* Translation attribute: memory type and shareability; any difference is a mismatch. */
#define ATTR_NONE     0u
#define ATTR_UNCACHED 1u
#define ATTR_DEVICE   2u
#define ATTR_CACHED   3u
#define ATTR_TYPE     3u
#define ATTR_SHARED   4u
#define ATTR_WT       8u
#define ATTR_OUTER    16u /* outer shareable */
#define ATTR_GUARDED  32u /* no speculative fills */

struct xlat {
    uint64_t pa;   /* of the byte */
    uint64_t w[3]; /* PAs of the table words that were read, the last one decides */
    uint8_t n;     /* how many */
    uint8_t shift; /* log2 of the bytes that the last word covers */
    uint8_t attr;  /* ATTR_* */
    bool fixed;    /* no agent ever touches the words: the same result for ever */
};

#endif
