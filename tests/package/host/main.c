/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/* A stranger's program on the host: it sees the installed headers and one archive. */
#include <dmacoh-sim/sim.h>
#include <dmacoh/dmacoh.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    const char *text = dmacoh_strstatus(DMACOH_E_STALE);

    if (text == NULL || strlen(text) == 0 || dmacoh_is_transient(DMACOH_E_STALE)) {
        return 1;
    }
    if (sim_model_find("cortex-a15") == NULL) {
        return 1;
    }
    printf("DMACOH_E_STALE: %s\n", text);
    return 0;
}
