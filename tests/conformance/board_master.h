/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/** @file board_master.h  Bus masters of boards that the suite can drive: they move single bytes. */
#ifndef CONFORMANCE_BOARD_MASTER_H
#define CONFORMANCE_BOARD_MASTER_H

#include <dmacoh/dmacoh.h>
#include <stdbool.h>

struct master {
    /** Finds it and sets it up, its interrupt to come to @p irq on CPU 0. False: there is none. */
    bool (*find)(void (*irq)(void));
    /** Writes @p n bytes, 1 or 4, of @p value to memory. Of 4 bytes the value is ENV_DESC_DONE. */
    void (*put)(dmacoh_bus_t bus, uint32_t value, uint32_t n);
    /** What the master reads there: 1 or 4 bytes. */
    uint32_t (*fetch)(dmacoh_bus_t bus, uint32_t n);
    void (*raise)(void); /**< its interrupt */
    void (*ack)(void);
    void (*read_register)(void); /**< which pushes its writes */
};

extern const struct master board_master_edu, board_master_lsi, board_master_virtio;

#endif
