/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file progress.c  Prints at most one line for each twentieth. */
#include "progress.h"

#include "console.h"

#define STEPS 20u

static const char *current_name;
static uint32_t done, total_amount, next_step;

void progress_start(const char *name, uint32_t total)
{
    current_name = name;
    done = 0;
    total_amount = total;
    next_step = 0;
    progress_add(0);
}

void progress_add(uint32_t amount)
{
    uint32_t step;

    done += amount;
    if (done > total_amount) {
        done = total_amount;
    }
    step = done / (total_amount / STEPS + 1u);
    if (step >= next_step) {
        con_printf("PROGRESS %s %u\n", current_name, step * (100u / STEPS));
        next_step = step + 1u;
    }
}
