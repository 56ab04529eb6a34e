/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file main.c  The main program of a board without a disk: the conformance suite. */
#include "board.h"
#include "console.h"

/** The conformance suite. 0: all cases passed or were skipped. */
int conformance_main(void);

int loader_main(void)
{
    const int status = conformance_main();

    con_printf("BOARD cpu=%s line=%u\n", board_cpu_name(), dmacoh_line(&board_dma));
    con_printf("DONE %s\n", status == 0 ? "ok" : "failed");
    return status != 0;
}
