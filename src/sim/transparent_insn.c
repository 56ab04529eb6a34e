/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Transparent mode: the library's own accesses, its port, and what sim.h shares with this mode. */
#include <dmacoh/port.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "transparent_state.h"

bool tp_on(void)
{
    return tp.on;
}

struct sim *tp_registers(void)
{
    return tp.registers;
}

/* ---- memory: zeroing, and copies into and out of slots ---- */

static struct tp_arena *must_find(uintptr_t va, uint32_t *off)
{
    struct tp_arena *a = tp_arena_at(va, off);

    if (a == NULL) {
        tp_fail(SIM_FAULT, "the memory map and the regions must lie in the RAM of the simulator",
                "the library uses address 0x%" PRIx64 ", where no memory is", (uint64_t)va);
    }
    return a;
}

static void check_value(struct tp_arena *a, uint32_t off)
{
    if (a->cached && a->known[off] && a->view[off] != a->truth[off]) {
        tp_origin(tp_last_deed(a->phys + off), false);
        tp_fail(SIM_STALE_CPU, "this is an error of the library: please report it",
                "the library copies 0x%02x from physical address 0x%" PRIx64
                ", and 0x%02x was written "
                "there last",
                a->view[off], a->phys + off, a->truth[off]);
    }
}

uint32_t tp_insn_load(uintptr_t va, unsigned len)
{
    uint32_t off = 0;
    struct tp_arena *a = must_find(va, &off);
    uint32_t value = 0;

    tp_touch(a, off);
    if (a->cached) {
        a->present[off / a->line] = 1;
        if (tp_line_dirty(a, off / a->line)) {
            tp_line_absorb(a, off / a->line);
        }
    }
    for (unsigned i = 0; i < len; i++) {
        check_value(a, off + i);
    }
    memcpy(&value, a->view + off, len);
    return value;
}

void tp_insn_store(uintptr_t va, uint32_t v, unsigned len)
{
    uint32_t off = 0;
    struct tp_arena *a = must_find(va, &off);
    uint8_t bytes[sizeof v];

    memcpy(bytes, &v, sizeof v);
    tp_touch(a, off);
    memcpy(a->view + off, bytes, len);
    memcpy(a->truth + off, bytes, len);
    memset(a->known + off, 1, len);
    if (a->cached) {
        a->present[off / a->line] = 1;
    } else {
        tp_store_post(off, bytes, len);
    }
}

/* ---- the port ---- */

uintptr_t tp_irq_save(void)
{
    const uintptr_t was = tp.irqs_off;

    tp.irqs_off = true;
    return was;
}

void tp_irq_restore(uintptr_t state)
{
    tp.irqs_off = state != 0;
    if (!tp.irqs_off) {
        tp_point();
    }
}

uint32_t tp_context(void)
{
    return (tp.irqs_off ? DMACOH_CTX_IRQS_OFF : 0u) | (tp.in_irq != 0 ? DMACOH_CTX_IRQ : 0u);
}

/* ---- sim_relax() and sim_expect() ---- */

void tp_relax(uintptr_t caller)
{
    const struct tp_entry outer = tp_enter(caller, false);

    tp_point();
    tp_leave(outer);
}

void tp_expect(bool cond, const char *what, const char *site)
{
    if (cond) {
        return;
    }
    const char *slash = strrchr(site, '/');

    (void)snprintf(tp.expect_site, sizeof tp.expect_site, "%s", slash != NULL ? slash + 1 : site);
    tp_fail(SIM_EXPECT, "the test's own check; with SIM_TRAP a stale read is reported where it is",
            "not true: %s", what);
}
