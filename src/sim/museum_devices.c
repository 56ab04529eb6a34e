/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The devices: the same for the driver as shipped and for the one that uses the library. */
#include "museum_drivers.h"
#include "museum_place.h"

/* Reads a block from its medium and writes it to memory: here its first byte. */
void museum_device_writes(void *arg)
{
    (void)arg;
    const uint64_t at = museum_device_started();

    sim_dev_store(at, 0x51);
    MUSEUM_DEVICE_INTERRUPT();
}

/* The same, into a buffer that begins inside a line; it leaves the part of that line alone. */
void museum_device_writes_second_line(void *arg)
{
    (void)arg;
    const uint64_t at = museum_device_started();

    sim_dev_store(at + MUSEUM_LINE / 2u, 0x51);
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

/* Sends one line: here it looks at the first byte. */
void museum_device_reads_first(void *arg)
{
    (void)arg;
    const uint64_t at = museum_device_started();

    (void)sim_dev_load(at);
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
