/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/** @file board_device.h  The case's device on a board: "edu", a master that moves single bytes. */
#ifndef CONFORMANCE_BOARD_DEVICE_H
#define CONFORMANCE_BOARD_DEVICE_H

#include "env_state.h"

/** Finds the device and fills its own memory with every byte value. False: the board has none. */
bool device_find(void);

/** A new case: from the first step of its script. */
void device_reset(void);

/** Let the device go on as far as it can. Any CPU; one at a time. */
void device_play(void);

/**
 * What the master has to be told to reach a bus address of the case's device: the address itself, if
 * the machine has that window; or else the physical one, which is a bus address on every board.
 */
dmacoh_bus_t device_bus(dmacoh_bus_t bus);

/** How often it said that it is done. */
uint32_t device_done(void);

/** The CPU's store to the doorbell, and its read of a register. */
void device_ring(void);
void device_read(void);

#endif
