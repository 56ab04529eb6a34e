/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The names that the C blocks of the pages use; scripts/checks/docs_snippets.py puts this before each
 * block. Never linked.
 */
#ifndef DMACOH_SNIPPETS_PRELUDE_H
#define DMACOH_SNIPPETS_PRELUDE_H

#include <dmacoh/dmacoh.h>
#include <dmacoh/port.h>

extern struct dmacoh machine;
extern struct dmacoh_dev nic, disk;
extern struct dmacoh_pool pool;
extern struct dmacoh_region region;
extern uint8_t frame[1536];
extern volatile uint32_t *doorbell, *status;

struct descriptor {
    uint64_t addr;
    uint32_t len;
    volatile uint32_t own;
};
extern struct descriptor *ring;

struct request {
    struct dmacoh_map map;
    struct dmacoh_seg in[8];
    struct dmacoh_bseg out[24];
};
extern struct request request;

int requeue(struct request *r);
int fail(struct request *r, int status);
void consume(const uint8_t *data, size_t n);
bool stop_device(void);

#endif
