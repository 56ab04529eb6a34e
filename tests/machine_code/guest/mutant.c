/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Wrong backends, made by the linker: --wrap sends the core's calls of two functions of the backend through
 * these. The host chooses the mutant.
 */
#include "backend.h"

#include "mutants.h"

#define PASTE2(a, be, b) a##be##b
#define PASTE(a, be, b)  PASTE2(a, be, b)
#define WRAP(name)       PASTE(__wrap_dmacoh_, DMACOH_BACKEND, _##name)
#define REAL(name)       PASTE(__real_dmacoh_, DMACOH_BACKEND, _##name)

void WRAP(op_va)(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last);
void REAL(op_va)(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last);
void WRAP(barrier)(const struct dmacoh *c, enum be_bar kind);
void REAL(barrier)(const struct dmacoh *c, enum be_bar kind);

extern volatile uint32_t mc_mutant;
volatile uint32_t mc_mutant;

void WRAP(op_va)(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    const uintptr_t mask = (uintptr_t)c->step - 1u;
    const bool several = (first ^ last) > mask;

    switch (mc_mutant) {
    case MC_MUTANT_TAIL:
        if (several && (last & mask) != mask) {
            last -= c->step;
        }
        break;
    case MC_MUTANT_HEAD:
        if (several && (first & mask) != 0) {
            first += c->step;
        }
        break;
    case MC_MUTANT_INVAL_CLEANS:
        op = BE_CLEAN;
        break;
    case MC_MUTANT_CLEAN_INVALS:
        op = BE_INVAL;
        break;
    case MC_MUTANT_NO_OP:
        return;
    default:
        break;
    }
    REAL(op_va)(c, op, first, last);
}

void WRAP(barrier)(const struct dmacoh *c, enum be_bar kind)
{
    if ((mc_mutant == MC_MUTANT_NO_BEGIN && kind == BE_BAR_BEGIN) ||
        (mc_mutant == MC_MUTANT_NO_DONE && kind == BE_BAR_DONE)) {
        return;
    }
    REAL(barrier)(c, kind);
}
