/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The instruction layer of the library: system control space of ARMv7-M, by offset from 0xe000e000.
 * The twins turn writes to its cache maintenance registers into sim_insn_cache().
 */
#include <stdio.h>
#include <stdlib.h>

#include "engine.h"
#include "insn/sim_insn.h"

#define CPUID    0xd00u
#define CCR      0xd14u
#define CLIDR    0xd78u
#define CTR      0xd7cu
#define CCSIDR   0xd80u
#define CSSELR   0xd84u
#define MPU_TYPE 0xd90u
#define ITCMCR   0xf90u
#define DTCMCR   0xf94u

#define CCR_VALUE 0x00070200u /* branch prediction, both caches, stack alignment */

#define CALLER ((uintptr_t)__builtin_return_address(0))

static uint32_t no_register(struct sim *s, const char *what, uint32_t offset)
{
    if (s->in_setup) {
        (void)fprintf(stderr, "dmacoh-sim: %s of e000e%03x: no such register on model %s\n", what,
                      (unsigned)offset, s->m.name);
        abort();
    }
    step_fail(s, SIM_FAULT, "%s of e000e%03x: the machine has no such register", what,
              (unsigned)offset);
    step_end(s, 0);
    return 0;
}

uint32_t sim_insn_scs_read(uint32_t offset)
{
    struct sim *s = step_self("a read of the system control space");
    const int cpu = s->in_setup ? 0 : sim_agent;
    uint32_t v = 0;

    if (s->m.isa != SIM_ISA_V7M) {
        return no_register(s, "read", offset);
    }
    switch (offset) {
    case CPUID:
        return s->m.midr;
    case CCR:
        return CCR_VALUE;
    case CLIDR:
        return 0x09000003u;
    case CTR:
        return id_ctr_v7(s);
    case CCSIDR:
        return id_ccsidr_v7(s);
    case CSSELR:
        return s->r.cpu[cpu].csselr;
    case MPU_TYPE:
        return SIM_MPU_REGIONS << 8;
    case ITCMCR:
        return s->m.itcmcr;
    case DTCMCR:
        return s->m.dtcmcr;
    default:
        return mpu_read(s, cpu, offset, &v) ? v : no_register(s, "read", offset);
    }
}

/* In setup all CPUs are programmed alike. */
void sim_insn_scs_write(uint32_t offset, uint32_t v)
{
    struct sim *s = step_self("a write to the system control space");
    const int first = s->in_setup ? 0 : sim_agent;
    const int last = s->in_setup ? s->m.ncpu - 1 : sim_agent;
    bool known = s->m.isa == SIM_ISA_V7M;

    if (!s->in_setup) {
        step_site(s, NULL, CALLER);
        step_yield(s, OP_MMIO, 0, offset, 0);
    }
    for (int c = first; c <= last && known; c++) {
        if (offset == CSSELR) {
            s->r.cpu[c].csselr = v;
        } else {
            known = mpu_write(s, c, offset, v);
        }
    }
    if (!known) {
        (void)no_register(s, "write", offset);
    }
    if (!s->in_setup) {
        step_end(s, v);
    }
}
