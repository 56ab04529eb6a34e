/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file museum_place.h
 * @brief The machine of the museum, and the few words that its drivers are written in.
 *
 *     PA                      what                            VA
 *     0x00004000-0x00007fff   first-level translation table   linear map
 *     0x00010000-0x000fffff   cached memory                   0xc0000000 + PA
 *     0x00100000-0x0010ffff   uncached: descriptors, pools    0xd0000000 + (PA - 0x100000)
 */
#ifndef DMACOH_SIM_MUSEUM_PLACE_H
#define DMACOH_SIM_MUSEUM_PLACE_H

#include <dmacoh/dmacoh.h>
#include <stdint.h>

#include "museum.h"

#define MUSEUM_LINE 64u

#define MUSEUM_BUF  0x20000u  /* cached memory for buffers */
#define MUSEUM_DESC 0x10c000u /* a descriptor in uncached memory */

#define MUSEUM_VA(pa)       (0xc0000000u + (pa))
#define MUSEUM_UNCACHED(pa) (0xd0000000u + ((pa)-0x100000u))

/* The layout of the descriptor: the device may read the rest when OWN is 1. */
#define MUSEUM_DESC_ADDR 0u
#define MUSEUM_DESC_OWN  4u

/* What driver and device share: the device's address and start registers, and its interrupt. */
struct museum_wires {
    uint64_t *bus;
    uint8_t *started, *interrupted;
};
extern struct museum_wires museum_wires;

/* ---- both drivers: macros, so that a timeline names the driver's own lines ---- */

/* Write the device's address register, then its start register. */
#define MUSEUM_START(address)                                                                      \
    do {                                                                                           \
        *museum_wires.bus = (address);                                                             \
        sim_doorbell(museum_wires.started);                                                        \
    } while (0)
/* Until the device's interrupt. */
#define MUSEUM_WAIT_INTERRUPT() sim_wait(museum_wires.interrupted, 1)
/* Read the device's status register. */
#define MUSEUM_READ_STATUS() sim_dev_reg_read(0)

/* ---- devices ---- */

/* Waits for the start register; the address that was programmed. */
uint64_t museum_device_started(void);
#define MUSEUM_DEVICE_INTERRUPT() sim_dev_done(museum_wires.interrupted)

/* ---- the library, with the ownership told to the machine (museum_library.c) ---- */

/* To be called when a scene is made; then in its setup. */
void museum_library_reserve(struct sim *s);
void museum_library_init(bool flush_hook);

struct dmacoh_dev *museum_device(void);
int museum_map(uint32_t pa, uint32_t len, enum dmacoh_dir dir);
int museum_unmap(void);
uint64_t museum_map_bus(void);
/* A coherent buffer; its CPU address. */
uint32_t museum_alloc(uint32_t size);
uint64_t museum_alloc_bus(void);

#endif
