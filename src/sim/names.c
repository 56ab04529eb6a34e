/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Texts of verdicts, bugs, operations and owners. */
#include "machine.h"

const char *sim_verdict_name(enum sim_verdict v)
{
    static const char *const text[] = {"DONE", "BUG", "BOUND", "OVERFLOW"};

    return (unsigned)v < sizeof text / sizeof text[0] ? text[v] : "?";
}

const char *sim_bug_name(enum sim_bug b)
{
    static const char *const text[] = {
        "OK",
        "STALE_CPU",
        "STALE_DEV",
        "OWNED",
        "DIRECTION",
        "NOT_MAPPED",
        "DEV_TOO_EARLY",
        "DIRTY_UNDER_DMA",
        "DIRTY_LOST",
        "SHARED_LINE",
        "ALIAS",
        "BBM",
        "TABLE_VISIBLE",
        "FAULT",
        "DOORBELL",
        "CONTEXT",
        "NEVER_TOUCH",
        "CONFUSED",
        "EXPECT",
        "PANIC",
        "DEADLOCK",
        "LIVELOCK",
        "HPMC",
        "UNCACHED_HIT",
        "MCHECK",
        "UNDEFINED",
    };

    return (unsigned)b < sizeof text / sizeof text[0] ? text[b] : "?";
}

const char *name_op(enum op op)
{
    static const char *const text[] = {
        "store",
        "clean",
        "inval",
        "clean_inval",
        "l2_clean",
        "l2_inval",
        "l2_clean_inval",
        "tlbi",
        "tlbi_is",
        "dma_write",
        "load",
        "dma_read",
        "dsb",
        "dsb st",
        "dmb",
        "dmb st",
        "isb",
        "mmio",
        "wait",
        "nop",
        "start",
        "read_ahead",
        "tlb",
        "syncdma",
    };

    return (unsigned)op < sizeof text / sizeof text[0] ? text[op] : "?";
}

const char *name_owner(enum sim_owner o)
{
    static const char *const text[] = {"any", "CPU", "LIB", "TO", "FROM", "BIDI", "COH", "RAW"};

    return (unsigned)o < sizeof text / sizeof text[0] ? text[o] : "?";
}
