/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "cpu.h"

#include "cache.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const struct cpu *const archs[] = {cpu_arm, cpu_mips, cpu_ppc, cpu_pa};

#define NARCHS (sizeof(archs) / sizeof(archs[0]))

const struct cpu *cpu_find(const char *name)
{
    for (size_t i = 0; i < NARCHS; i++) {
        for (const struct cpu *cpu = archs[i]; cpu->name != NULL; cpu++) {
            if (strcmp(cpu->name, name) == 0) {
                return cpu;
            }
        }
    }
    return NULL;
}

void cpu_list(void)
{
    for (size_t i = 0; i < NARCHS; i++) {
        for (const struct cpu *cpu = archs[i]; cpu->name != NULL; cpu++) {
            (void)printf("%s %s, lines of %u bytes\n", cpu->backend, cpu->name, cpu->line);
        }
    }
}

uint32_t arena_at(uint64_t phys)
{
    if (phys - LOW_PHYS < HIGH_AT) {
        return (uint32_t)(phys - LOW_PHYS);
    }
    if (phys - HIGH_PHYS < ARENA_HIGH) {
        return HIGH_AT + (uint32_t)(phys - HIGH_PHYS);
    }
    return ARENA_NONE;
}

uint32_t arena_phys(uint32_t at)
{
    return at < HIGH_AT ? LOW_PHYS + at : HIGH_PHYS + (at - HIGH_AT);
}

struct place cpu_flat(uint32_t va)
{
    const uint32_t at = arena_at(va);

    return (struct place){va, at != ARENA_NONE && at >= STOLEN_AT && at < HIGH_AT};
}
