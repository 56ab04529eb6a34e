/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file museum_place.h
 * @brief The machine of the museum, and the few words that its drivers are written in.
 *
 *     PA                      what                            VA
 *     0x00004000-0x00007fff   first-level translation table   linear map
 *     0x00008000-0x00008fff   second-level table of the page  linear map
 *     0x00010000-0x000fffff   cached memory                   0xc0000000 + PA
 *     0x00100000-0x0010ffff   uncached: descriptors, pools    0xd0000000 + (PA - 0x100000)
 *     0x00200000-0x00200fff   the page that drivers remap     0xe0000000
 *
 * A machine with an MPU has no translation: there a VA is the PA, and no page can be remapped.
 */
#ifndef DMACOH_SIM_MUSEUM_PLACE_H
#define DMACOH_SIM_MUSEUM_PLACE_H

#include <dmacoh/dmacoh.h>
#include <stdint.h>

#include "museum.h"

#define MUSEUM_LINE 64u /* of most models; whole lines on all */

#define MUSEUM_BUF  0x20000u  /* cached memory for buffers */
#define MUSEUM_DESC 0x10c000u /* a descriptor in uncached memory */
#define MUSEUM_SLOT 0x10d000u /* a bounce slot in uncached memory */

#define MUSEUM_PAGE       0x200000u   /* a page, */
#define MUSEUM_PAGE_VA    0xe0000000u /* where it is mapped, */
#define MUSEUM_PAGE_TABLE 0x8000u     /* and the table whose first entry says how */

#define MUSEUM_OUTER 0xf0000000u /* VA of the registers of an outer cache, where there is one */

/* How the model at hand sees this memory: constant while a scene runs. */
struct museum_layout {
    uint32_t line;     /* what loops step by */
    uint32_t cached;   /* VA of PA 0 */
    uint32_t uncached; /* VA of PA 0x100000 */
    uint32_t outer;    /* VA of the registers of an outer cache; 0: they are not modelled */
};
extern struct museum_layout museum_layout;

#define MUSEUM_VA(pa)       (museum_layout.cached + (pa))
#define MUSEUM_UNCACHED(pa) (museum_layout.uncached + ((pa)-0x100000u))

/* The layout of the descriptor: the device may read the rest when OWN is 1. */
#define MUSEUM_DESC_ADDR 0u
#define MUSEUM_DESC_OWN  4u

/* What driver and device share: the device's address and start registers, and its interrupt. */
struct museum_wires {
    uint64_t *bus;
    uint8_t *started, *interrupted;
    uint8_t *passed_on; /* between the CPUs: buffer or page belongs to the other one now */
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
void museum_library_init(const struct sim_model *model, bool flush_hook);

struct dmacoh_dev *museum_device(void);
int museum_map(uint32_t pa, uint32_t len, enum dmacoh_dir dir);
int museum_unmap(void);
uint64_t museum_map_bus(void);
/* A coherent buffer; its CPU address. */
uint32_t museum_alloc(uint32_t size);
uint64_t museum_alloc_bus(void);
void museum_free(void);

#endif
