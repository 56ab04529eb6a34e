/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The simulated controller: what a driver that only reads needs of NVM Express 1.4. Queues, PRP lists
 * and data are reached by bus address only. It serves its queues in any order, one command a step.
 */
#include "nvme_device.h"

#include <string.h>

#define PAGE  4096u
#define BLOCK 512u
#define WORDS 16u /* of a command */

#define REG_CAP_HI   0x04u
#define REG_INTMS    0x0cu
#define REG_INTMC    0x10u
#define REG_CC       0x14u
#define REG_CSTS     0x1cu
#define REG_AQA      0x24u
#define REG_ASQ      0x28u
#define REG_ACQ      0x30u
#define REG_DOORBELL 0x1000u

#define ADMIN_CREATE_SQ 0x01u
#define ADMIN_CREATE_CQ 0x05u
#define ADMIN_IDENTIFY  0x06u
#define CMD_READ        0x02u

#define STATUS_BAD_OPCODE 1u
#define STATUS_BAD_FIELD  2u

uint8_t nvme_device_byte(uint64_t i)
{
    return (uint8_t)(i * 31u + (i >> 9) * 7u + 5u);
}

static uint64_t pair(const uint32_t *word)
{
    return word[0] | (uint64_t)word[1] << 32;
}

/* ---- commands ---- */

static uint32_t identify(struct nvme_device *d, uint64_t prp)
{
    uint32_t page[PAGE / 4u] = {0};

    page[0] = NVME_DEVICE_BLOCKS;
    page[32] = 9u << 16; /* LBA format 0: 512 bytes */
    return sim_host_dma_write(d->dev, prp, page, sizeof page) ? 0 : STATUS_BAD_FIELD;
}

static uint32_t create(struct nvme_device *d, const uint32_t *c, bool cq)
{
    const uint32_t id = c[10] & 0xffffu;

    if (id == 0 || id >= NVME_DEVICE_QUEUES || (c[11] & 1u) == 0) {
        return STATUS_BAD_FIELD;
    }
    struct nvme_device_queue *q = &d->queue[id];

    if (cq) {
        q->cq = pair(c + 6);
        q->cq_size = (c[10] >> 16) + 1u;
        q->interrupt = (c[11] & 2u) != 0;
        q->cq_tail = 0;
        q->cq_head = 0;
        q->phase = 1;
    } else {
        q->sq = pair(c + 6);
        q->sq_size = (c[10] >> 16) + 1u;
        q->sq_cq = c[11] >> 16;
        q->sq_head = 0;
        q->sq_tail = 0;
    }
    return 0;
}

/* The address of page number i of a transfer: PRP1, then PRP2 or the list that it points to. */
static bool prp_page(struct nvme_device *d, const uint32_t *c, uint32_t pages, uint32_t i,
                     uint64_t *addr)
{
    if (i == 0) {
        *addr = pair(c + 6);
        return true;
    }
    if (pages <= 2) {
        *addr = pair(c + 8);
        return true;
    }
    return sim_host_dma_read(d->dev, pair(c + 8) + (uint64_t)(i - 1u) * 8u, addr, sizeof *addr);
}

static bool write_disk(struct nvme_device *d, uint64_t addr, uint64_t disk, uint32_t len)
{
    uint8_t data[BLOCK];

    for (uint32_t done = 0; done < len;) {
        const uint32_t n = len - done < BLOCK ? len - done : BLOCK;

        for (uint32_t i = 0; i < n; i++) {
            data[i] = nvme_device_byte(disk + done + i);
        }
        if (!sim_host_dma_write(d->dev, addr + done, data, n)) {
            return false;
        }
        done += n;
    }
    return true;
}

static uint32_t read_blocks(struct nvme_device *d, const uint32_t *c)
{
    const uint64_t lba = pair(c + 10);
    const uint32_t bytes = ((c[12] & 0xffffu) + 1u) * BLOCK;
    const uint32_t offset = c[6] % PAGE;
    const uint32_t pages = (offset + bytes + PAGE - 1u) / PAGE;
    uint32_t done = 0;

    if (lba + bytes / BLOCK > NVME_DEVICE_BLOCKS) {
        return STATUS_BAD_FIELD;
    }
    d->reads++;
    for (uint32_t i = 0; i < pages; i++) {
        uint64_t addr = 0;

        if (!prp_page(d, c, pages, i, &addr) || (i != 0 && addr % PAGE != 0)) {
            return STATUS_BAD_FIELD;
        }
        const uint32_t room = PAGE - (uint32_t)(addr % PAGE);
        const uint32_t n = bytes - done < room ? bytes - done : room;

        if (!write_disk(d, addr, lba * BLOCK + done, n)) {
            return STATUS_BAD_FIELD;
        }
        done += n;
    }
    return 0;
}

static uint32_t execute(struct nvme_device *d, uint32_t id, const uint32_t *c)
{
    const uint32_t opcode = c[0] & 0xffu;

    if (id != 0) {
        return opcode == CMD_READ ? read_blocks(d, c) : STATUS_BAD_OPCODE;
    }
    switch (opcode) {
    case ADMIN_IDENTIFY:
        return identify(d, pair(c + 6));
    case ADMIN_CREATE_CQ:
        return create(d, c, true);
    case ADMIN_CREATE_SQ:
        return create(d, c, false);
    default:
        return STATUS_BAD_OPCODE;
    }
}

/* ---- queues ---- */

static void complete(struct nvme_device *d, uint32_t id, uint32_t cid, uint32_t status)
{
    struct nvme_device_queue *cq = &d->queue[d->queue[id].sq_cq];
    const uint32_t entry[4] = {0, 0, d->queue[id].sq_head | id << 16,
                               cid | cq->phase << 16 | status << 17};

    if (!sim_host_dma_write(d->dev, cq->cq + cq->cq_tail * sizeof entry, entry, sizeof entry)) {
        return;
    }
    cq->cq_tail = (cq->cq_tail + 1u) % cq->cq_size;
    if (cq->cq_tail == 0) {
        cq->phase ^= 1u;
    }
    if (cq->interrupt && (d->mask & 1u) == 0) {
        d->interrupts++;
        sim_host_raise(d->dev, d->irq);
    }
}

static bool full(const struct nvme_device_queue *cq)
{
    return (cq->cq_tail + 1u) % cq->cq_size == cq->cq_head;
}

static void serve(struct nvme_device *d, uint32_t id)
{
    struct nvme_device_queue *q = &d->queue[id];
    uint32_t command[WORDS];

    if (q->sq_size == 0 || q->sq_head == q->sq_tail || full(&d->queue[q->sq_cq]) ||
        !sim_host_dma_read(d->dev, q->sq + q->sq_head * sizeof command, command, sizeof command)) {
        return;
    }
    q->sq_head = (q->sq_head + 1u) % q->sq_size;
    complete(d, id, command[0] >> 16, execute(d, id, command));
}

static void step(void *ctx)
{
    struct nvme_device *d = ctx;

    if ((d->csts & 1u) != 0) {
        serve(d, sim_host_random(NVME_DEVICE_QUEUES));
    }
}

/* ---- registers ---- */

static uint32_t reg_read(void *ctx, uint32_t offset)
{
    struct nvme_device *d = ctx;

    if (offset == REG_CSTS) {
        d->csts = d->cc & 1u; /* ready when it is asked for the first time */
        return d->csts;
    }
    return 0; /* CAP: doorbells are 4 bytes apart */
}

static void enable(struct nvme_device *d, uint32_t cc)
{
    struct nvme_device_queue *q = &d->queue[0];

    if ((cc & 1u) != 0 && (d->cc & 1u) == 0) {
        memset(d->queue, 0, sizeof d->queue);
        *q = (struct nvme_device_queue){.sq = d->asq,
                                        .cq = d->acq,
                                        .sq_size = (d->aqa & 0xfffu) + 1u,
                                        .cq_size = (d->aqa >> 16 & 0xfffu) + 1u,
                                        .phase = 1};
    } else if ((cc & 1u) == 0) {
        d->csts = 0;
    }
    d->cc = cc;
}

static void half(uint64_t *reg, uint32_t offset, uint32_t value)
{
    *reg = (offset & 4u) != 0 ? (*reg & 0xffffffffu) | (uint64_t)value << 32
                              : (*reg & ~(uint64_t)0xffffffffu) | value;
}

static void doorbell(struct nvme_device *d, uint32_t number, uint32_t value)
{
    struct nvme_device_queue *q = &d->queue[number / 2u % NVME_DEVICE_QUEUES];

    if (number % 2u == 0) {
        q->sq_tail = value;
    } else {
        q->cq_head = value;
    }
}

static void reg_write(void *ctx, uint32_t offset, uint32_t value)
{
    struct nvme_device *d = ctx;

    switch (offset) {
    case REG_INTMS:
        d->mask |= value;
        break;
    case REG_INTMC:
        d->mask &= ~value;
        break;
    case REG_CC:
        enable(d, value);
        break;
    case REG_AQA:
        d->aqa = value;
        break;
    case REG_ASQ:
    case REG_ASQ + 4u:
        half(&d->asq, offset, value);
        break;
    case REG_ACQ:
    case REG_ACQ + 4u:
        half(&d->acq, offset, value);
        break;
    default:
        if (offset >= REG_DOORBELL) {
            doorbell(d, (offset - REG_DOORBELL) / 4u, value);
        }
        break;
    }
}

/* The tail of a submission queue; the head of a completion queue makes it look at nothing. */
static bool is_doorbell(void *ctx, uint32_t offset)
{
    (void)ctx;
    return offset >= REG_DOORBELL && (offset & 4u) == 0;
}

void nvme_device_add(struct nvme_device *d, void (*handler)(void *), void *arg)
{
    const struct sim_host_device_cfg cfg = {
        .name = "the NVMe controller",
        .ctx = d,
        .reg_read = reg_read,
        .reg_write = reg_write,
        .step = step,
        .doorbell = is_doorbell,
        .reg_size = REG_DOORBELL + NVME_DEVICE_QUEUES * 8u,
    };

    memset(d, 0, sizeof *d);
    d->irq = sim_host_irq(handler, arg);
    d->dev = sim_host_device(&cfg);
}
