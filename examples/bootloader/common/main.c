/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file main.c
 * The bootloader's main program: brings up the library, the second CPU and the disk, reads the
 * disk on every path, and hands the machine over clean.
 *
 * The last line of the console is "DONE ok" or "DONE failed".
 */
#include "board.h"
#include "console.h"
#include "fdt.h"
#include "job.h"
#include "nvme.h"
#include "paths.h"
#include "pci.h"

#if defined(BOARD_CONFORMANCE) && BOARD_CONFORMANCE
/** The conformance suite, linked into an image of its own. 0: all cases passed. */
int conformance_main(void);
#endif

static struct nvme nvme;

static int fail(const char *what, int rc)
{
    con_printf("FAIL %s (%d %s)\n", what, rc, dmacoh_strstatus(rc));
    return 1;
}

static int start_disk(void)
{
    uint32_t bdf;
    int rc;

    if (!pci_find_class(PCI_CLASS_NVME, &bdf)) {
        return fail("no NVMe controller", 0);
    }
    rc = nvme_start(&nvme, &board_nvme, pci_enable(bdf));
    if (rc != 0) {
        return fail("NVMe", rc);
    }
    job_start_cpus(&nvme);
    board_pci_irq(bdf, job_nvme_interrupt);
    nvme_irq_unmask(&nvme);
    return 0;
}

/* What a loader does before it jumps to the next stage: nothing of the library stays behind. */
static int hand_over(void)
{
    int rc = job_stop_cpus();

    if (rc == 0) {
        rc = nvme_stop(&nvme);
    }
    if (rc == 0) {
        rc = board_dma_fini();
    }
    return rc == 0 ? 0 : fail("hand-over", rc);
}

static int run(const char *args)
{
    uint32_t bytes;
    int rc;
    int failures;

    if (!bootarg_number(args, "bytes", &bytes)) {
        return fail("the command line needs bytes=N", 0);
    }
    rc = board_dma_init();
    if (rc != DMACOH_OK) {
        return fail("board_dma_init", rc);
    }
    if (start_disk() != 0) {
        return 1;
    }
    con_printf("BOARD cpu=%s cpus=%u line=%u bytes=%u\n", board_cpu_name(), job_cpus(),
               dmacoh_line(&board_dma), bytes);
    failures = paths_run(&nvme, bytes);
    failures += hand_over();
    return failures != 0;
}

int loader_main(void)
{
    const char *args = board_bootargs();
    int status;

#if defined(BOARD_CONFORMANCE) && BOARD_CONFORMANCE
    if (bootarg_flag(args, "conformance")) {
        status = conformance_main();
        con_printf("DONE %s\n", status == 0 ? "ok" : "failed");
        return status != 0;
    }
#endif
    status = run(args);
    con_printf("DONE %s\n", status == 0 ? "ok" : "failed");
    return status;
}
