/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The drivers as their authors shipped them, reduced to what one transfer does: cache operations,
 * barriers, registers and accesses, in their order. The machine does not know who owns what here:
 * nothing is reported before the damage is done. With `cured` (an argument) the operation is added
 * or taken away that the exhibit names as its cure, and nothing else.
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
    const bool cured = arg != NULL;

    (void)sim_load8(va); /* the sector that was read before is in the cache */
    inval_range(va, MUSEUM_LINE);
    MUSEUM_START(MUSEUM_BUF);
    MUSEUM_WAIT_INTERRUPT();
    MUSEUM_READ_STATUS();
    insn_dmb();
    if (cured) {
        inval_range(va, MUSEUM_LINE);
    }
    (void)sim_load8(va);
}

void museum_raw_dirty_before(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);
    const bool cured = arg != NULL;

    sim_store8(va, 0xa0); /* whoever had the buffer before wrote into it */
    insn_dsb();
    if (cured) {
        clean_inval_range(va, MUSEUM_LINE);
    }
    MUSEUM_START(MUSEUM_BUF);
    MUSEUM_WAIT_INTERRUPT();
    MUSEUM_READ_STATUS();
    insn_dmb();
    inval_range(va, MUSEUM_LINE);
    (void)sim_load8(va);
}

void museum_raw_not_padded(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);
    const uint32_t heap = va + (arg != NULL ? MUSEUM_LINE : MUSEUM_SHORT); /* cured: padded */

    clean_inval_range(va, MUSEUM_SHORT);
    MUSEUM_START(MUSEUM_BUF);
    sim_store8(heap, 0x77); /* the heap uses what follows, and releases its lock */
    insn_dsb();
    MUSEUM_WAIT_INTERRUPT();
    MUSEUM_READ_STATUS();
    insn_dmb();
    inval_range(va, MUSEUM_SHORT);
    (void)sim_load8(va);
    (void)sim_load8(heap);
}

void museum_raw_own_after_doorbell(void *arg)
{
    const uint32_t desc = MUSEUM_UNCACHED(MUSEUM_DESC);
    const bool cured = arg != NULL;

    sim_store32(desc + MUSEUM_DESC_ADDR, MUSEUM_BUF);
    insn_dmb();
    sim_store32(desc + MUSEUM_DESC_OWN, 1);
    if (cured) {
        insn_dsb();
    }
    MUSEUM_START(MUSEUM_DESC);
}

void museum_raw_no_status_read(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);
    const bool cured = arg != NULL;

    clean_inval_range(va, MUSEUM_LINE);
    MUSEUM_START(MUSEUM_BUF);
    MUSEUM_WAIT_INTERRUPT();
    if (cured) {
        MUSEUM_READ_STATUS();
    }
    insn_dmb();
    inval_range(va, MUSEUM_LINE);
    (void)sim_load8(va);
}

void museum_raw_unaligned_start(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_UNALIGNED);
    const bool cured = arg != NULL;

    sim_store8(va, 0xa0);
    sim_store8(va + MUSEUM_LINE - 1u, 0xa1);
    insn_dsb();
    clean_range_from_start(va, MUSEUM_LINE + (cured ? MUSEUM_LINE / 2u : 0u));
    MUSEUM_START(MUSEUM_UNALIGNED);
    MUSEUM_WAIT_INTERRUPT();
}

void museum_raw_inval_without_dma(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);
    const bool cured = arg != NULL;

    sim_store8(va + MUSEUM_SHORT,
               0x77); /* a local variable of the caller, who queues the request */
    insn_dsb();
    sim_store8(va, 0x51); /* the data, byte by byte from the device's FIFO */
    MUSEUM_WAIT_INTERRUPT();
    if (!cured) {
        inval_range(va, MUSEUM_SHORT);
    }
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
    MUSEUM_DEVICE_INTERRUPT();
}

/* Sends 64 bytes: here it looks at the first and at the last. */
void museum_device_reads(void *arg)
{
    (void)arg;
    const uint64_t at = museum_device_started();

    (void)sim_dev_load(at);
    (void)sim_dev_load(at + MUSEUM_LINE - 1u);
    MUSEUM_DEVICE_INTERRUPT();
}

/* Fetches the descriptor that the start register tells it about, and stalls if OWN is not set. */
void museum_device_fetches(void *arg)
{
    (void)arg;
    const uint64_t at = museum_device_started();

    sim_expect(sim_dev_load32(at + MUSEUM_DESC_OWN) == 1);
    sim_expect(sim_dev_load32(at + MUSEUM_DESC_ADDR) == MUSEUM_BUF);
}

/* Has no part in the transfer but the interrupt at its end. */
void museum_device_fifo(void *arg)
{
    (void)arg;
    MUSEUM_DEVICE_INTERRUPT();
}
