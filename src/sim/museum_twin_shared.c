/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The same transfers through the library, where somebody else is near: bytes of the CPU in the
 * lines of the buffer, an interrupt that writes them, a second CPU. The library bounces what shares
 * a line: nothing to do for the driver.
 */
#include "museum_drivers.h"
#include "museum_place.h"

static void receive(uint32_t pa, uint32_t len)
{
    sim_expect(museum_map(pa, len, DMACOH_FROM_DEVICE) == DMACOH_OK);
    dmacoh_desc_publish(museum_device());
    MUSEUM_START(museum_map_bus());
}

static void finish(void)
{
    MUSEUM_WAIT_INTERRUPT();
    MUSEUM_READ_STATUS();
    dmacoh_rmb(museum_device());
    sim_expect(museum_unmap() == DMACOH_OK);
}

void museum_twin_receive_short(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);

    (void)arg;
    receive(MUSEUM_BUF, MUSEUM_SHORT);
    sim_store8(va + MUSEUM_SHORT, 0x77);
    finish();
    sim_expect(sim_load8(va) == 0x51);
    sim_expect(sim_load8(va + MUSEUM_SHORT) == 0x77);
}

void museum_twin_receive_edge(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);

    (void)arg;
    sim_store8(va + MUSEUM_SHORT, 0x77);
    receive(MUSEUM_BUF, MUSEUM_SHORT);
    finish();
    sim_expect(sim_load8(va) == 0x51);
    sim_expect(sim_load8(va + MUSEUM_SHORT) == 0x77);
}

/* With museum_interrupt_writes() at any step. */
void museum_twin_receive_headroom(void *arg)
{
    (void)arg;
    receive(MUSEUM_UNALIGNED, MUSEUM_LONG);
    finish();
    sim_expect(sim_load8(MUSEUM_VA(MUSEUM_UNALIGNED) + MUSEUM_LINE / 2u) == 0x51);
    (void)sim_load8(MUSEUM_VA(MUSEUM_BUF));
}

void museum_twin_receive_beside(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);

    (void)arg;
    sim_store8(va + MUSEUM_LINE, 0x77);
    receive(MUSEUM_BUF, MUSEUM_LINE);
    finish();
    sim_expect(sim_load8(va) == 0x51);
    sim_expect(sim_load8(va + MUSEUM_LINE) == 0x77);
}

void museum_twin_receive_unaligned(void *arg)
{
    (void)arg;
    (void)sim_load8(MUSEUM_VA(MUSEUM_UNALIGNED));
    receive(MUSEUM_UNALIGNED, MUSEUM_LINE / 2u);
    finish();
    sim_expect(sim_load8(MUSEUM_VA(MUSEUM_UNALIGNED)) == 0x51);
}

/* Bounced, and the device writes less than was asked for: the rest is as it was. */
void museum_twin_receive_rest(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);

    (void)arg;
    receive(MUSEUM_BUF, MUSEUM_SHORT);
    finish();
    sim_expect8(va, 0x51);
    sim_expect8(va + MUSEUM_SHORT - 1u, 0x80 + MUSEUM_SHORT - 1u);
}

/* The other CPU wrote what is sent. */
void museum_twin_send_for_other(void *arg)
{
    (void)arg;
    museum_take_over();
    sim_expect(museum_map(MUSEUM_BUF, MUSEUM_LINE, DMACOH_TO_DEVICE) == DMACOH_OK);
    dmacoh_desc_publish(museum_device());
    MUSEUM_START(museum_map_bus());
    finish();
}

void museum_twin_free(void *arg)
{
    (void)arg;
    const uint32_t va = museum_alloc(MUSEUM_LINE);

    sim_store8(va, 0x51);
    museum_free();
    museum_pass_on();
}

/* On the other CPU the same memory is given away again. */
void museum_twin_alloc_again(void *arg)
{
    (void)arg;
    museum_take_over();
    const uint32_t va = museum_alloc(MUSEUM_LINE);

    sim_store8(va, 0x5a);
    sim_expect(sim_load8(va) == 0x5a);
    museum_free();
}
