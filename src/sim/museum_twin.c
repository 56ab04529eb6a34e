/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The same transfers through the library: no cache operation, no line size, no barrier instruction.
 * The bytes belong to the CPU, to the library or to the device, and the machine reports whoever
 * touches what is not his. Here: one CPU, nothing beside the buffer.
 */
#include "museum_drivers.h"
#include "museum_place.h"

/* Map, start, wait; what differs between receiving drivers is around it. */
static void begin(uint32_t pa, uint32_t len, enum dmacoh_dir dir)
{
    sim_expect(museum_map(pa, len, dir) == DMACOH_OK);
    dmacoh_desc_publish(museum_device());
    MUSEUM_START(museum_map_bus());
}

static void finish(bool read_status)
{
    MUSEUM_WAIT_INTERRUPT();
    if (read_status) {
        MUSEUM_READ_STATUS();
    }
    dmacoh_rmb(museum_device());
    sim_expect(museum_unmap() == DMACOH_OK);
}

void museum_twin_receive(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);

    (void)arg;
    (void)sim_load8(va);
    begin(MUSEUM_BUF, MUSEUM_LINE, DMACOH_FROM_DEVICE);
    finish(true);
    sim_expect(sim_load8(va) == 0x51);
}

void museum_twin_receive_dirty(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);

    (void)arg;
    sim_store8(va, 0xa0);
    begin(MUSEUM_BUF, MUSEUM_LINE, DMACOH_FROM_DEVICE);
    finish(true);
    sim_expect(sim_load8(va) == 0x51);
}

void museum_twin_descriptor(void *arg)
{
    (void)arg;
    const uint32_t desc = museum_alloc(MUSEUM_LINE);

    sim_store32(desc + MUSEUM_DESC_ADDR, MUSEUM_BUF);
    dmacoh_wmb(museum_device());
    sim_store32(desc + MUSEUM_DESC_OWN, 1);
    dmacoh_desc_publish(museum_device());
    MUSEUM_START(museum_alloc_bus());
}

/* The driver does not read the status: the device record says how its writes are pushed out. */
void museum_twin_receive_hook(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);

    (void)arg;
    begin(MUSEUM_BUF, MUSEUM_LINE, DMACOH_FROM_DEVICE);
    finish(false);
    sim_expect(sim_load8(va) == 0x51);
}

void museum_twin_send(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_UNALIGNED);

    (void)arg;
    sim_store8(va, 0xa0);
    sim_store8(va + MUSEUM_LINE - 1u, 0xa1);
    begin(MUSEUM_UNALIGNED, MUSEUM_LINE, DMACOH_TO_DEVICE);
    finish(true);
}

/* The completion path is the same for both kinds of transfer, as in the driver as shipped. */
void museum_twin_no_dma(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);

    (void)arg;
    sim_store8(va + MUSEUM_SHORT, 0x77);
    sim_store8(va, 0x51);
    MUSEUM_WAIT_INTERRUPT();
    sim_expect(museum_unmap() == DMACOH_E_STALE);
    sim_expect(sim_load8(va) == 0x51);
    sim_expect(sim_load8(va + MUSEUM_SHORT) == 0x77);
}

/* A coherent buffer: nothing is mapped or remapped for a transfer. */
void museum_twin_receive_coherent(void *arg)
{
    (void)arg;
    const uint32_t va = museum_alloc(MUSEUM_LINE);

    dmacoh_desc_publish(museum_device());
    MUSEUM_START(museum_alloc_bus());
    MUSEUM_WAIT_INTERRUPT();
    MUSEUM_READ_STATUS();
    dmacoh_rmb(museum_device());
    sim_expect(sim_load8(va) == 0x51);
    museum_free();
}
