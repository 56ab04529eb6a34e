/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * A virtio block device on the memory-mapped transport (its version 1). A request scatters a sector
 * over pieces of any size, so a read whose one piece is the target writes single bytes there; a
 * write followed by a read shows what the device sees. Sector 0 holds every byte value, sector 1
 * the word ENV_DESC_DONE, sector 2 is for reading. One request at a time.
 */
#include "board.h"
#include "board_master.h"
#include "endian.h"
#include "env.h"

#define VIRTIO_MAGIC      0x000u
#define VIRTIO_VERSION    0x004u
#define VIRTIO_DEVICE     0x008u
#define VIRTIO_FEATURES   0x020u
#define VIRTIO_PAGE_SIZE  0x028u
#define VIRTIO_QUEUE      0x030u
#define VIRTIO_QUEUE_NUM  0x038u
#define VIRTIO_ALIGN      0x03cu
#define VIRTIO_PFN        0x040u
#define VIRTIO_NOTIFY     0x050u
#define VIRTIO_IRQ_STATUS 0x060u
#define VIRTIO_IRQ_ACK    0x064u
#define VIRTIO_STATUS     0x070u

#define MAGIC         0x74726976u
#define DEVICE_BLOCK  2u
#define STATUS_DRIVER 7u /* acknowledged, there is a driver, it is ready */
#define TRANSPORTS    4u

#define BLOCK_READ  0u
#define BLOCK_WRITE 1u
#define SECTOR      512u

#define DESC_NEXT        1u
#define DESC_WRITE       2u
#define AVAIL_NO_IRQ     1u
#define QUEUE_SIZE       8u
#define QUEUE_PAGE       4096u
#define SECTOR_OF_VALUES 0u
#define SECTOR_OF_WORD   1u
#define SECTOR_TO_READ   2u

struct desc {
    uint32_t addr, addr_high, len;
    uint16_t flags, next;
};

/* The coherent buffer: the ring's two pages as the transport wants them, then ours. */
struct shared {
    struct desc desc[QUEUE_SIZE];
    struct {
        uint16_t flags, index, ring[QUEUE_SIZE];
    } avail;
    uint8_t pad[QUEUE_PAGE - QUEUE_SIZE * sizeof(struct desc) - 2u * (QUEUE_SIZE + 2u)];
    struct {
        uint16_t flags, index;
    } used;
    uint8_t pad2[QUEUE_PAGE - 4u];
    struct {
        uint32_t type, zero, sector, sector_high;
    } request;
    uint8_t status;
    uint8_t pad3[15];
    uint8_t data[SECTOR];
};

static uintptr_t regs;
static struct dmacoh_buf buf;
static volatile struct shared *shared;
static uint32_t pieces; /* of the request that is being made */
static uint16_t requests;

static uint32_t bus_of(const volatile void *part)
{
    return (uint32_t)buf.bus + (uint32_t)((uintptr_t)part - (uintptr_t)buf.va);
}

static void add_piece(dmacoh_bus_t bus, uint32_t len, uint16_t flags)
{
    volatile struct desc *desc = &shared->desc[pieces];

    if (len == 0) {
        return;
    }
    desc->addr = (uint32_t)bus;
    desc->addr_high = 0;
    desc->len = len;
    desc->flags = flags;
    desc->next = 0;
    if (pieces != 0) {
        shared->desc[pieces - 1u].flags |= DESC_NEXT;
        shared->desc[pieces - 1u].next = (uint16_t)pieces;
    }
    pieces++;
}

static void begin(uint32_t type, uint32_t sector)
{
    pieces = 0;
    shared->request.type = type;
    shared->request.zero = 0;
    shared->request.sector = sector;
    shared->request.sector_high = 0;
    add_piece(bus_of(&shared->request), sizeof shared->request, 0);
}

static void wait_for_all(void)
{
    while (shared->used.index != requests) {
    }
    dmacoh_rmb(&board_edu); /* what the request wrote is read after its end was */
}

static void submit(uint16_t avail_flags)
{
    add_piece(bus_of(&shared->status), 1, DESC_WRITE);
    shared->avail.flags = avail_flags;
    shared->avail.ring[requests % QUEUE_SIZE] = 0;
    dmacoh_wmb(&board_edu); /* the chain is there before the index says so */
    shared->avail.index = ++requests;
    dmacoh_desc_publish(&board_edu);
    mmio_write32(regs + VIRTIO_NOTIFY, 0);
}

/* A sector to or from our own memory. */
static void move_sector(uint32_t type, uint32_t sector)
{
    begin(type, sector);
    add_piece(bus_of(shared->data), SECTOR, type == BLOCK_READ ? DESC_WRITE : 0);
    submit(AVAIL_NO_IRQ);
    wait_for_all();
}

static void put(dmacoh_bus_t bus, uint32_t value, uint32_t n)
{
    const uint32_t before = n == 1u ? value : 0;

    wait_for_all();
    begin(BLOCK_READ, n == 1u ? SECTOR_OF_VALUES : SECTOR_OF_WORD);
    add_piece(bus_of(shared->data), before, DESC_WRITE);
    add_piece(bus, n, DESC_WRITE);
    add_piece(bus_of(shared->data), SECTOR - before - n, DESC_WRITE);
    submit(AVAIL_NO_IRQ);
    wait_for_all();
}

static uint32_t fetch(dmacoh_bus_t bus, uint32_t n)
{
    uint32_t value = 0;

    wait_for_all();
    begin(BLOCK_WRITE, SECTOR_TO_READ);
    add_piece(bus, n, 0);
    add_piece(bus_of(shared->data), SECTOR - n, 0);
    submit(AVAIL_NO_IRQ);
    wait_for_all();
    move_sector(BLOCK_READ, SECTOR_TO_READ);
    for (uint32_t i = 0; i < n; i++) {
        value |= (uint32_t)shared->data[i] << (8u * i);
    }
    return value;
}

/* A request that nobody needs, but its interrupt. */
static void raise_irq(void)
{
    wait_for_all();
    begin(BLOCK_READ, SECTOR_OF_VALUES);
    add_piece(bus_of(shared->data), SECTOR, DESC_WRITE);
    submit(0);
}

static void ack(void)
{
    mmio_write32(regs + VIRTIO_IRQ_ACK, mmio_read32(regs + VIRTIO_IRQ_STATUS));
}

static void read_register(void)
{
    (void)mmio_read32(regs + VIRTIO_IRQ_STATUS);
}

static void start(void)
{
    shared = buf.va;
    mmio_write32(regs + VIRTIO_STATUS, 0);
    mmio_write32(regs + VIRTIO_STATUS, STATUS_DRIVER & 3u);
    mmio_write32(regs + VIRTIO_FEATURES, 0);
    mmio_write32(regs + VIRTIO_PAGE_SIZE, QUEUE_PAGE);
    mmio_write32(regs + VIRTIO_QUEUE, 0);
    mmio_write32(regs + VIRTIO_QUEUE_NUM, QUEUE_SIZE);
    mmio_write32(regs + VIRTIO_ALIGN, QUEUE_PAGE);
    mmio_write32(regs + VIRTIO_PFN, (uint32_t)buf.bus / QUEUE_PAGE);
    mmio_write32(regs + VIRTIO_STATUS, STATUS_DRIVER);
    for (uint32_t i = 0; i < SECTOR; i++) {
        shared->data[i] = (uint8_t)i;
    }
    move_sector(BLOCK_WRITE, SECTOR_OF_VALUES);
    shared->data[0] = ENV_DESC_DONE;
    shared->data[1] = 0;
    shared->data[2] = 0;
    shared->data[3] = 0;
    move_sector(BLOCK_WRITE, SECTOR_OF_WORD);
}

static bool is_block(uintptr_t base)
{
    return mmio_read32(base + VIRTIO_MAGIC) == MAGIC && mmio_read32(base + VIRTIO_VERSION) == 1u &&
           mmio_read32(base + VIRTIO_DEVICE) == DEVICE_BLOCK;
}

static bool find(void (*irq)(void))
{
    for (uint32_t i = 0; i < TRANSPORTS; i++) {
        regs = board_virtio(i);
        if (regs != 0 && is_block(regs) &&
            dmacoh_alloc(&board_edu, &buf, sizeof(struct shared), 0) == DMACOH_OK) {
            start();
            board_virtio_irq(i, irq);
            return true;
        }
    }
    return false;
}

const struct master board_master_virtio = {
    find, put, fetch, raise_irq, ack, read_register,
};
