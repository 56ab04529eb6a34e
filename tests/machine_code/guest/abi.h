/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file abi.h
 * @brief What the test on the host and the program around the library on the target agree on.
 *
 * The host calls one function of the image, mc_call(op, a, b, c), with the numbers below. What does not
 * fit into three words passes through the array mc_words, in the target's byte order.
 */
#ifndef MC_GUEST_ABI_H
#define MC_GUEST_ABI_H

enum mc_op {
    MC_BOOT,       /* a: translation with room for windows; once after a reset */
    MC_INIT,       /* words: enum mc_init_word */
    MC_FINI,       /* */
    MC_POOL_INIT,  /* a: pool */
    MC_POOL_FINI,  /* a: pool */
    MC_ADD,        /* a: pool, b: region; words: enum mc_region_word */
    MC_REMOVE,     /* a: pool, b: region */
    MC_DEV_INIT,   /* words: enum mc_dev_word */
    MC_DEV_FINI,   /* */
    MC_MAP_SINGLE, /* a: handle, b: va, c: len; words[0]: dir, [1]: attrs; answers MC_OUT_* */
    MC_MAP_PHYS,   /* a: handle, b: phys, c: len; the same */
    MC_MAP_SEGS,   /* a: handle, b: inputs, c: room for outputs; words[2 ..]: phys, len of each */
    MC_UNMAP,      /* a: handle */
    MC_REF,        /* a: handle */
    MC_SYNC_DEV,   /* a: handle, b: offset, c: len */
    MC_SYNC_CPU,   /* a: handle, b: offset, c: len */
    MC_ALLOC,      /* a: buffer, b: size, c: attrs; answers enum mc_buf_word */
    MC_FREE,       /* a: buffer */
    MC_BARRIER,    /* a: 0 wmb, 1 rmb, 2 publish */
    MC_LINE        /* returns dmacoh_line() */
};

/* Translation, where there is one: window slots, and tables in the memory of the image. */
#define MC_PAGE        0x1000u
#define MC_WIN_VA      0x40000000u
#define MC_WIN_BYTES   0x10000u
#define MC_TABLE_L1    0x100000u
#define MC_TABLE_L2    0x104000u
#define MC_TABLE_WIN   0x108000u
#define MC_TABLE_BYTES 0x400u

/* MIPS: wired entries of the library, which have entries of the host before; and its registers. */
#define MC_WIN_ENTRY   1u
#define MC_WIN_ENTRIES 2u
#define MC_HOST_VA(i)  (0x50000000u + (i)*0x2000u)
#define MC_HOST_INDEX  5u
#define MC_HOST_LO0    0x0000801fu /* LOW_PHYS: cached, dirty, valid, global */
#define MC_HOST_LO1    0x00008047u
#define MC_HOST_HI     0x5000602au

/* e500: the same, of TLB1. */
#define MC_E500_ENTRY 8u
#define MC_HOST_MAS0  0x10050000u
#define MC_HOST_MAS1  0x80000500u
#define MC_HOST_MAS2  0x70000004u
#define MC_HOST_MAS3  0x00700015u

#define MC_HANDLES 12u
#define MC_BUFFERS 8u
#define MC_POOLS   2u
#define MC_REGIONS 2u /* of a pool */
#define MC_SEGS    16u
#define MC_WORDS   64u

enum mc_init_word {
    MC_IN_FLAGS,
    MC_IN_LOW_PHYS, /* RAM of the linear map */
    MC_IN_LOW_SIZE,
    MC_IN_LOW_VA,
    MC_IN_HIGH_PHYS, /* RAM without a mapping; size 0: none */
    MC_IN_HIGH_SIZE,
    MC_IN_ROOT, /* struct dmacoh_mmu */
    MC_IN_TABLES_PHYS,
    MC_IN_TABLES_VA,
    MC_IN_TABLES_SIZE,
    MC_IN_WIN_SLOTS,
    MC_IN_WIN_VA,
    MC_IN_ENTRY_FIRST,
    MC_IN_ENTRY_COUNT,
    MC_IN_FACT_CPU, /* struct dmacoh_cpu_facts; 0: no facts */
    MC_IN_FACT_LINE,
    MC_IN_RAM_SIZE /* the memory of the image is part of the linear map: it holds the tables */
};

enum mc_region_word {
    MC_RE_PHYS,
    MC_RE_SIZE,
    MC_RE_VA,
    MC_RE_ATTR,
    MC_RE_METHOD,
    MC_RE_SHIFT,
    MC_RE_MAX_RUN,
    MC_RE_FLAGS
};

enum mc_dev_word {
    MC_DE_MASK, /* 32 bits, and as many of the bus address */
    MC_DE_BOUNDARY,
    MC_DE_MAX_SEG,
    MC_DE_MAX_SEGS,
    MC_DE_ALIGN,
    MC_DE_GAP_MASK,
    MC_DE_FLAGS,
    MC_DE_BOUNCE, /* pool to bounce through; MC_POOLS: none */
    MC_DE_WIN_PHYS,
    MC_DE_WIN_BUS,
    MC_DE_WIN_SIZE /* 0: no window */
};

/* Answers of the map calls. */
#define MC_OUT_NSEGS   0u
#define MC_OUT_BOUNCED 1u
#define MC_OUT_FIRST   2u /* bus address, bus address above 32 bits, length: three words a segment */
#define MC_OUT_STRIDE  3u

enum mc_buf_word {
    MC_BU_VA,
    MC_BU_PHYS,
    MC_BU_BUS,
    MC_BU_SIZE
};

#endif
