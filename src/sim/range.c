/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Range operations in two instructions (Feroceon): the first writes a register of the CPU, the
 * second runs from there. The register is not banked: an interrupt between the two that does the
 * same leaves its own start behind.
 */
#include "engine.h"
#include "insn/sim_insn.h"

#define CALLER    ((uintptr_t)__builtin_return_address(0))
#define MAX_RANGE 0x10000u /* a range from a foreign start: reported, not run through */
#define NO_START  1u       /* never a line */

void sim_insn_range_start(uintptr_t va)
{
    struct sim *s = step_self("insn_range_start");

    if (s->in_setup) {
        return;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, OP_NOP, 0, 0, 0);
    s->r.cpu[sim_agent].range_start = (uint32_t)va & ~s->line_mask;
    step_end(s, 0);
}

/* One step a line, so that the adversary acts in between. */
void sim_insn_range_end(enum sim_insn_cache op, uintptr_t va)
{
    static const enum op kind[] = {OP_CLEAN, OP_INVAL, OP_CLEAN_INVAL};
    struct sim *s = step_self("insn_range_end");
    const uint32_t last = (uint32_t)va & ~s->line_mask;

    if (s->in_setup) {
        return;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, OP_NOP, 0, 0, 0);
    const uint32_t first = s->r.cpu[sim_agent].range_start;
    s->r.cpu[sim_agent].range_start = NO_START;
    if (first == NO_START || last - first > MAX_RANGE) {
        step_fail(s, SIM_CONFUSED, "range operation up to %08x with the start %08x of another",
                  (unsigned)last, (unsigned)first);
    }
    step_end(s, 0);
    for (uint32_t at = first;; at += s->m.line) {
        step_site(s, NULL, CALLER);
        step_cache(s, kind[op], at);
        if (at == last) {
            break;
        }
    }
}
