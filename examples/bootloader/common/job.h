/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file job.h
 * One read of a range of the disk into a landing area, split over all CPUs.
 */
#ifndef BOOT_JOB_H
#define BOOT_JOB_H

#include "landing.h"
#include "nvme.h"
#include <dmacoh/dmacoh.h>
#include <stdbool.h>
#include <stdint.h>

struct job {
    struct dmacoh_dev *dev; /**< record of the NVMe that data is mapped with */
    const struct landing *area;
    uint32_t first_block; /**< on the disk */
    uint32_t blocks;      /**< to data offset 0 of the area */
    bool first_by_irq;    /**< the first piece goes through the interrupt queue */
};

/** What became of the last job. */
struct job_result {
    int rc;              /**< 0, or a negative code */
    uint32_t bytes[2];   /**< that each CPU read */
    uint32_t interrupts; /**< completions that an interrupt handler retired */
};

/** Starts the second CPU's loop if there is one. Once, before the first job. */
void job_start_cpus(struct nvme *n);

/** Number of CPUs that work. */
uint32_t job_cpus(void);

/** Runs a job on all CPUs; returns when all of it is in memory. On CPU 0. */
struct job_result job_run(const struct job *job);

/** Tells the second CPU to leave the library and sleep for good. 0, or a negative code. */
int job_stop_cpus(void);

/** The handler of the NVMe's interrupt. */
void job_nvme_interrupt(void);

#endif
