/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file nic.c
 * The driver. Lines with SEEDED are wrong on purpose, and compiled in for the test only.
 */
#include "nic.h"

#include "nic_io.h"

#include <string.h>

#ifdef NIC_SEEDED_BUGS
enum nic_bug nic_bug;
#endif

/* The body of a descriptor must be seen before the word that gives it away. */
static void give(struct nic *nic, volatile struct nic_desc *d, dmacoh_bus_t addr, uint32_t len)
{
    d->addr = (uint32_t)addr;
    d->len = len;
    dmacoh_wmb(nic->dev);
    d->flags = NIC_DESC_OWN;
}

static void ring(struct nic *nic, uint32_t doorbell, uint32_t tail)
{
    if (NIC_BUG(NIC_BUG_EARLY_DOORBELL)) {
        nic_writel(nic->regs + doorbell, tail); /* SEEDED: early doorbell */
    }
    dmacoh_desc_publish(nic->dev);
    nic_writel(nic->regs + doorbell, tail);
}

/* ---- receive: buffers stay mapped and go back and forth by sync ---- */

static int rx_map(struct nic *nic, uint32_t i)
{
    struct dmacoh_map *map = &nic->rx_map[i];
    void *data = nic->slot[i].data;
    size_t size = sizeof nic->slot[i]; /* whole lines */
    enum dmacoh_dir dir = DMACOH_FROM_DEVICE;
    uint32_t attrs = 0;

    if (NIC_BUG(NIC_BUG_WRONG_DIRECTION)) {
        dir = DMACOH_TO_DEVICE;
    }
    if (NIC_BUG(NIC_BUG_SHARED_LINE)) {
        size = NIC_FRAME;
        attrs = DMACOH_ATTR_EDGES_OWNED; /* which is not true of the last line */
    }
    return dmacoh_map_single(nic->dev, map, data, size, dir, attrs); /* SEEDED: wrong direction */
}

static int rx_fill(struct nic *nic)
{
    for (uint32_t i = 0; i < NIC_RING; i++) {
        const int rc = rx_map(nic, i);

        if (rc != DMACOH_OK) {
            return rc;
        }
        give(nic, &nic->rx[i], nic->rx_map[i].bus, NIC_FRAME);
        nic->rx_tail++;
    }
    ring(nic, NIC_RX_TAIL, nic->rx_tail);
    return DMACOH_OK;
}

uint32_t nic_receive(struct nic *nic, uint8_t *out)
{
    const uint32_t i = nic->rx_next % NIC_RING;
    volatile struct nic_desc *d = &nic->rx[i];
    struct nic_slot *slot = &nic->slot[i];
    uint32_t len;

    if ((d->flags & NIC_DESC_DONE) == 0) {
        return 0;
    }
    dmacoh_rmb(nic->dev); /* length and data are not older than the flag */
    len = d->len < NIC_FRAME ? d->len : NIC_FRAME;
    if (!NIC_BUG(NIC_BUG_MISSING_SYNC) &&
        dmacoh_sync_for_cpu(&nic->rx_map[i], 0, len) != DMACOH_OK) {
        return 0;
    }
    memcpy(out, slot->data, len); /* SEEDED: missing sync */
    (void)dmacoh_sync_for_device(&nic->rx_map[i], 0, len);
    if (NIC_BUG(NIC_BUG_SHARED_LINE)) {
        slot->unused++; /* SEEDED: shared line */
    }
    nic->received++;
    give(nic, d, nic->rx_map[i].bus, NIC_FRAME);
    nic->rx_next++;
    nic->rx_tail++;
    ring(nic, NIC_RX_TAIL, nic->rx_tail);
    return len;
}

/* ---- transmit ---- */

uint32_t nic_sent(struct nic *nic)
{
    while (nic->tx_done != nic->tx_tail) {
        const uint32_t i = nic->tx_done % NIC_RING;

        if ((nic->tx[i].flags & NIC_DESC_DONE) == 0) {
            break;
        }
        dmacoh_rmb(nic->dev);
        (void)dmacoh_unmap(&nic->tx_map[i]);
        nic->tx_done++;
    }
    return nic->tx_done;
}

int nic_send(struct nic *nic, uint8_t *frame, uint32_t len)
{
    const uint32_t i = nic->tx_tail % NIC_RING;
    int rc;

    if (nic->tx_tail - nic_sent(nic) == NIC_RING) {
        return DMACOH_E_FULL;
    }
    rc = dmacoh_map_single(nic->dev, &nic->tx_map[i], frame, len, DMACOH_TO_DEVICE, 0);
    if (rc != DMACOH_OK) {
        return rc;
    }
    if (NIC_BUG(NIC_BUG_WRITE_OWNED)) {
        frame[len - 1u] ^= 0xffu; /* SEEDED: write owned */
    }
    give(nic, &nic->tx[i], nic->tx_map[i].bus, len);
    nic->tx_tail++;
    ring(nic, NIC_TX_TAIL, nic->tx_tail);
    return DMACOH_OK;
}

/* ---- start, stop, interrupt ---- */

int nic_start(struct nic *nic, struct dmacoh_dev *dev, uintptr_t regs, struct nic_slot *slot)
{
    int rc;

    *nic = (struct nic){.regs = regs, .dev = dev, .slot = slot};
    rc = dmacoh_alloc(dev, &nic->ring, 2u * NIC_RING * sizeof(struct nic_desc), 0);
    if (rc != DMACOH_OK) {
        return rc;
    }
    nic->rx = nic->ring.va;
    nic->tx = nic->rx + NIC_RING;
    dmacoh_desc_publish(dev); /* the rings are zero before the controller looks at them */
    nic_writel(regs + NIC_RX_RING, (uint32_t)nic->ring.bus);
    nic_writel(regs + NIC_TX_RING, (uint32_t)(nic->ring.bus + NIC_RING * sizeof(struct nic_desc)));
    nic_writel(regs + NIC_CTRL, NIC_CTRL_ENABLE);
    rc = rx_fill(nic);
    if (rc != DMACOH_OK) {
        (void)nic_stop(nic);
    }
    return rc;
}

static void unmap_all(struct dmacoh_map *map)
{
    for (uint32_t i = 0; i < NIC_RING; i++) {
        (void)dmacoh_unmap(&map[i]); /* one that is not live answers DMACOH_E_STALE */
    }
}

int nic_stop(struct nic *nic)
{
    nic_writel(nic->regs + NIC_CTRL, 0);
    (void)nic_readl(nic->regs + NIC_STATUS); /* its last writes are in memory when this returns */
    unmap_all(nic->rx_map);
    unmap_all(nic->tx_map);
    return dmacoh_free(&nic->ring);
}

void nic_irq(void *arg)
{
    struct nic *nic = arg;

    nic->events |= nic_readl(nic->regs + NIC_STATUS);
}
