/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file nic_device.h  The simulated controller: what the data sheet says, as callbacks. */
#ifndef NIC_DEVICE_H
#define NIC_DEVICE_H

#include <dmacoh-sim/transparent.h>
#include <stdbool.h>
#include <stdint.h>

#include "nic.h"

#define NIC_DEVICE_FRAMES 16u

struct nic_device {
    struct sim_host_device *dev;
    int irq;
    bool enabled;
    uint32_t status, rx_ring, tx_ring, rx_tail, tx_tail;
    uint32_t rx_head, tx_head;
    /* The wire: lengths of frames that arrive, and what was sent. */
    uint32_t arriving, len[NIC_DEVICE_FRAMES];
    uint32_t sent_len[NIC_DEVICE_FRAMES];
    uint8_t sent[NIC_DEVICE_FRAMES][NIC_FRAME];
};

/** Adds the controller to the machine. */
void nic_device_add(struct nic_device *d);

/** Byte @p i of the frame number @p n on the wire. */
uint8_t nic_device_byte(uint32_t n, uint32_t i);

/** A frame arrives. */
void nic_device_arrive(struct nic_device *d, uint32_t len);

#endif
