/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The drivers as their authors shipped them, reduced to what one transfer does: cache operations,
 * barriers, registers and accesses, in their order. The machine does not know who owns what here:
 * nothing is reported before the damage is done.
 */
#include "insn/armv7a_insn.h"
#include "museum_drivers.h"
#include "museum_place.h"

/* Every line that [va, va + len) touches: these loops are right. */
static void inval_range(uint32_t va, uint32_t len)
{
    for (uint32_t at = va & ~(MUSEUM_LINE - 1u); at < va + len; at += MUSEUM_LINE) {
        insn_dcimvac(at);
    }
    insn_dsb();
}

static void clean_inval_range(uint32_t va, uint32_t len)
{
    for (uint32_t at = va & ~(MUSEUM_LINE - 1u); at < va + len; at += MUSEUM_LINE) {
        insn_dccimvac(at);
    }
    insn_dsb();
}

/* And this one is the exhibit: it steps by lines from wherever the buffer begins. */
static void clean_range_from_start(uint32_t va, uint32_t len)
{
    for (uint32_t at = va; at < va + len; at += MUSEUM_LINE) {
        insn_dccmvac(at);
    }
    insn_dsb();
}

void museum_raw_inval_before(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);

    (void)arg;
    (void)sim_load8(va); /* the sector that was read before is in the cache */
    inval_range(va, MUSEUM_LINE);
    museum_start(MUSEUM_BUF);
    museum_wait_interrupt();
    museum_read_status();
    insn_dmb();
    (void)sim_load8(va);
}

void museum_raw_dirty_before(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);

    (void)arg;
    sim_store8(va, 0xa0); /* whoever had the buffer before wrote into it */
    insn_dsb();
    museum_start(MUSEUM_BUF);
    museum_wait_interrupt();
    museum_read_status();
    insn_dmb();
    inval_range(va, MUSEUM_LINE);
    (void)sim_load8(va);
}

void museum_raw_not_padded(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);

    (void)arg;
    clean_inval_range(va, MUSEUM_SHORT);
    museum_start(MUSEUM_BUF);
    sim_store8(va + MUSEUM_SHORT, 0x77); /* the heap uses the rest of the line */
    museum_wait_interrupt();
    museum_read_status();
    insn_dmb();
    inval_range(va, MUSEUM_SHORT);
    (void)sim_load8(va);
    (void)sim_load8(va + MUSEUM_SHORT);
}

void museum_raw_own_after_doorbell(void *arg)
{
    const uint32_t desc = MUSEUM_UNCACHED(MUSEUM_DESC);

    (void)arg;
    sim_store32(desc + MUSEUM_DESC_ADDR, MUSEUM_BUF);
    insn_dmb();
    sim_store32(desc + MUSEUM_DESC_OWN, 1);
    museum_start(MUSEUM_DESC);
}

void museum_raw_no_status_read(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);

    (void)arg;
    clean_inval_range(va, MUSEUM_LINE);
    museum_start(MUSEUM_BUF);
    museum_wait_interrupt();
    insn_dmb();
    inval_range(va, MUSEUM_LINE);
    (void)sim_load8(va);
}

void museum_raw_unaligned_start(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_UNALIGNED);

    (void)arg;
    sim_store8(va, 0xa0);
    sim_store8(va + MUSEUM_LINE - 1u, 0xa1);
    insn_dsb();
    clean_range_from_start(va, MUSEUM_LINE);
    museum_start(MUSEUM_UNALIGNED);
    museum_wait_interrupt();
}

void museum_raw_inval_without_dma(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);

    (void)arg;
    sim_store8(va + MUSEUM_SHORT, 0x77); /* a local variable of the caller */
    sim_store8(va, 0x51);                /* the data, byte by byte from the device's FIFO */
    museum_wait_interrupt();
    inval_range(va, MUSEUM_SHORT);
    (void)sim_load8(va);
    (void)sim_load8(va + MUSEUM_SHORT);
}

/* ---- devices: the same for both drivers ---- */

/* Reads a block from its medium and writes it to memory: here its first byte. */
void museum_device_writes(void *arg)
{
    (void)arg;
    const uint64_t at = museum_device_started();

    sim_dev_store(at, 0x51);
    museum_device_interrupt();
}

/* Sends 64 bytes: here it looks at the first and at the last. */
void museum_device_reads(void *arg)
{
    (void)arg;
    const uint64_t at = museum_device_started();

    (void)sim_dev_load(at);
    (void)sim_dev_load(at + MUSEUM_LINE - 1u);
    museum_device_interrupt();
}

/* Fetches the descriptor that the start register tells it about, and stalls if it may not have it. */
void museum_device_fetches(void *arg)
{
    (void)arg;
    const uint64_t at = museum_device_started();

    if (sim_dev_load32(at + MUSEUM_DESC_OWN) == 1) {
        sim_expect(sim_dev_load32(at + MUSEUM_DESC_ADDR) == MUSEUM_BUF);
    } else {
        sim_expect(!"the device owns the descriptor");
    }
}

/* Has no part in the transfer but the interrupt at its end. */
void museum_device_fifo(void *arg)
{
    (void)arg;
    museum_device_interrupt();
}
