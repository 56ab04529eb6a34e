/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Transparent mode: the CPU's accesses against the rules of ownership. */
#include <inttypes.h>

#include "transparent_state.h"

#define SYNC_ADVICE                                                                                \
    "call dmacoh_sync_for_cpu() or dmacoh_unmap() when the device is done, and touch the buffer "  \
    "only after it"
#define WORD_MAX 8u

static const char *direction(enum sim_owner owner)
{
    switch (owner) {
    case SIM_OWN_TO:
        return "DMACOH_TO_DEVICE";
    case SIM_OWN_FROM:
        return "DMACOH_FROM_DEVICE";
    case SIM_OWN_BIDI:
        return "DMACOH_BIDIRECTIONAL";
    case SIM_OWN_ANY:
    case SIM_OWN_CPU:
    case SIM_OWN_LIB:
    case SIM_OWN_COH:
    case SIM_OWN_RAW:
        break;
    }
    return "not";
}

static void judge_library(const struct tp_arena *a, uint32_t off, const char *verb)
{
    const uint64_t phys = a->phys + off;
    const struct tp_history *h = tp_last_deed(phys);

    tp_origin(h, false);
    if (h != NULL && h->deed == TP_FREED) {
        tp_fail(SIM_OWNED,
                "do not use coherent memory after dmacoh_free() or dmacoh_objpool_free()",
                "the driver %s coherent memory that it has freed, at physical address 0x%" PRIx64,
                verb, phys);
    } else if (h != NULL && (h->deed == TP_MAPPED || h->deed == TP_SYNCED_DEVICE)) {
        tp_fail(SIM_OWNED, SYNC_ADVICE,
                "the driver %s a buffer that is mapped (through a bounce slot), at physical "
                "address 0x%" PRIx64,
                verb, phys);
    } else {
        tp_fail(
            SIM_OWNED, "use coherent memory only through dmacoh_alloc() and its relatives",
            "the driver %s pool memory that it has not allocated, at physical address 0x%" PRIx64,
            verb, phys);
    }
}

/* A store makes the line dirty, and it will be written back whole: over the device's bytes. */
static void judge_line(const struct tp_arena *a, uint32_t off)
{
    const uint32_t first = off / a->line * a->line;

    for (uint32_t i = first; i < first + a->line; i++) {
        if (tp_device_writes((enum sim_owner)a->own[i])) {
            tp_origin(tp_last_deed(a->phys + i), false);
            tp_fail(
                SIM_SHARED_LINE,
                "move this variable out of the buffer's first and last cache line: align and pad "
                "the buffer to dmacoh_line(), or map it without DMACOH_ATTR_EDGES_OWNED",
                "the driver writes physical address 0x%" PRIx64 ", in the same cache line as byte "
                "0x%" PRIx64 ", which the device owns",
                a->phys + off, a->phys + i);
        }
    }
}

/* All bytes of the aligned word: the width of the access is not known. */
static void judge_value(const struct tp_arena *a, uint32_t off)
{
    const uint32_t align = off & (0u - off);
    const uint32_t n = align == 0 || align > WORD_MAX ? WORD_MAX : align;

    for (uint32_t i = off; i < off + n && i < a->size; i++) {
        if (a->own[i] == SIM_OWN_CPU && a->known[i] && a->view[i] != a->truth[i]) {
            tp_origin(tp_last_deed(a->phys + i), false);
            tp_fail(SIM_STALE_CPU,
                    "the cache holds an old copy: does the device record claim "
                    "DMACOH_DEV_COHERENT for a device that does not snoop, or was "
                    "DMACOH_ATTR_SKIP_SYNC used without a sync?",
                    "the driver reads 0x%02x at physical address 0x%" PRIx64
                    ", and 0x%02x was written "
                    "there last",
                    a->view[i], a->phys + i, a->truth[i]);
        }
    }
}

void tp_judge(struct tp_arena *a, uint32_t off, bool write)
{
    const enum sim_owner owner = (enum sim_owner)a->own[off];

    if (tp_device_writes(owner) || (owner == SIM_OWN_TO && write)) {
        tp_origin(tp_last_deed(a->phys + off), false);
        tp_fail(SIM_OWNED,
                write ? "finish writing before the buffer is mapped, or take it back with "
                        "dmacoh_sync_for_cpu() first and hand it over again afterwards"
                      : SYNC_ADVICE,
                "the driver %s physical address 0x%" PRIx64 ", which the device owns (%s)",
                write ? "writes" : "reads", a->phys + off, direction(owner));
    } else if (owner == SIM_OWN_LIB) {
        judge_library(a, off, write ? "writes" : "reads");
    }
    if (a->cached && write) {
        judge_line(a, off);
    }
    if (a->cached && !write && tp.speed == SIM_TRAP) {
        judge_value(a, off);
    }
}
