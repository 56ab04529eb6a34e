/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/** @file nvme_device.h  A simulated NVMe controller with one read-only namespace. */
#ifndef TRANSPARENT_NVME_DEVICE_H
#define TRANSPARENT_NVME_DEVICE_H

#include <dmacoh-sim/transparent.h>

#define NVME_DEVICE_QUEUES 8u
#define NVME_DEVICE_BLOCKS 256u

struct nvme_device_queue {
    uint64_t sq, cq;
    uint32_t sq_size, cq_size, sq_cq; /* entries; completion queue of the submission queue */
    uint32_t sq_head, sq_tail, cq_tail, cq_head, phase;
    bool interrupt;
};

struct nvme_device {
    struct sim_host_device *dev;
    int irq; /* INTA */
    uint32_t cc, csts, aqa, mask;
    uint64_t asq, acq;
    struct nvme_device_queue queue[NVME_DEVICE_QUEUES];
    uint32_t reads, interrupts;
};

/** Adds the controller; interrupts go to @p handler. */
void nvme_device_add(struct nvme_device *d, void (*handler)(void *), void *arg);

/** Byte @p i of the disk. */
uint8_t nvme_device_byte(uint64_t i);

#endif
