/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file nvme_ctrl.c
 * Start and stop of the controller: queues in coherent memory, admin commands.
 */
#include "nvme.h"

#include "board.h"
#include "console.h"
#include "endian.h"
#include "nvme_regs.h"

#define TIMEOUT_MS    10000u
#define PRP_LIST_SIZE 512u /* 64 pages: more than NVME_MAX_TRANSFER and its edges need */
#define PRP_SLABS     8u   /* of a page each: 64 lists */

static _Alignas(DMACOH_META_ALIGN) unsigned char prp_meta[DMACOH_OBJPOOL_META(PRP_SLABS)];

static int fail(const char *what, int rc)
{
    con_printf("nvme: %s failed: %d\n", what, rc);
    return rc != 0 ? rc : -1;
}

static bool wait_ready(const struct nvme *n, uint32_t wanted)
{
    const uint32_t start = board_ms();

    for (;;) {
        const uint32_t status = mmio_read32(n->regs + NVME_CSTS);

        if ((status & NVME_CSTS_READY) == wanted) {
            return true;
        }
        if ((status & NVME_CSTS_FATAL) != 0 || board_ms() - start > TIMEOUT_MS) {
            return false;
        }
    }
}

/* Submission entries are only written by the CPU: write-combining. Completions are read. */
static int queue_alloc(struct nvme *n, uint32_t id)
{
    const uint32_t stride = 4u << (mmio_read32(n->regs + NVME_CAP_HI) & 15u);
    struct nvme_queue *q = &n->queue[id];
    int rc;

    q->id = id;
    q->tail = 0;
    q->head = 0;
    q->phase = 1;
    q->sq_doorbell = n->regs + NVME_DB + (uintptr_t)(2u * id) * stride;
    q->cq_doorbell = n->regs + NVME_DB + (uintptr_t)(2u * id + 1u) * stride;
    rc = dmacoh_alloc_aligned(n->dev, &q->sq, NVME_DEPTH * 64u, NVME_PAGE, 0,
                              DMACOH_ATTR_WRITE_COMBINE);
    if (rc != DMACOH_OK) {
        return rc;
    }
    rc = dmacoh_alloc_aligned(n->dev, &q->cq, NVME_DEPTH * 16u, NVME_PAGE, 0, 0);
    if (rc != DMACOH_OK) {
        (void)dmacoh_free(&q->sq);
    }
    return rc;
}

/* One admin command at a time, polled. 0, the controller's status, or -1 after the time limit. */
static int admin(struct nvme *n, const uint32_t command[NVME_COMMAND_WORDS])
{
    struct nvme_queue *q = &n->queue[0];
    const uint32_t start = board_ms();
    uint32_t dword3;

    nvme_issue(n, q, command);
    while (!nvme_reap(n, q, &dword3)) {
        if (board_ms() - start > TIMEOUT_MS) {
            return -1;
        }
    }
    return (int)(dword3 >> 17);
}

static int create_queue(struct nvme *n, uint32_t id)
{
    const struct nvme_queue *q = &n->queue[id];
    const uint32_t interrupt = id == NVME_IRQ_QUEUE ? NVME_QUEUE_INTERRUPT : 0u;
    const uint32_t cq[NVME_COMMAND_WORDS] = {
        [0] = NVME_ADMIN_CREATE_CQ,
        [6] = (uint32_t)q->cq.bus,
        [7] = (uint32_t)(q->cq.bus >> 32),
        [10] = id | (NVME_DEPTH - 1u) << 16,
        [11] = NVME_QUEUE_CONTIGUOUS | interrupt, /* vector 0: the pin */
    };
    const uint32_t sq[NVME_COMMAND_WORDS] = {
        [0] = NVME_ADMIN_CREATE_SQ,
        [6] = (uint32_t)q->sq.bus,
        [7] = (uint32_t)(q->sq.bus >> 32),
        [10] = id | (NVME_DEPTH - 1u) << 16,
        [11] = NVME_QUEUE_CONTIGUOUS | id << 16,
    };
    const int rc = admin(n, cq);

    return rc != 0 ? rc : admin(n, sq);
}

/* Size and block size of namespace 1, through a coherent page of its own. */
static int identify(struct nvme *n)
{
    const volatile uint32_t *data;
    struct dmacoh_buf page = {0};
    uint32_t format;
    uint32_t shift;
    int rc = dmacoh_alloc(n->dev, &page, NVME_PAGE, 0);

    if (rc != DMACOH_OK) {
        return fail("identify buffer", rc);
    }
    const uint32_t command[NVME_COMMAND_WORDS] = {
        [0] = NVME_ADMIN_IDENTIFY,
        [1] = NVME_NSID,
        [6] = (uint32_t)page.bus,
        [7] = (uint32_t)(page.bus >> 32),
    };

    rc = admin(n, command);
    data = page.va;
    n->blocks = le32(data[1]) != 0 ? UINT32_MAX : le32(data[0]);
    format = le32(data[6]) >> 16 & 15u; /* byte 26: the format in use */
    shift = le32(data[32u + format]) >> 16 & 255u;
    (void)dmacoh_free(&page);
    if (rc != 0 || 1u << (shift & 31u) != NVME_BLOCK) {
        return fail("identify", rc);
    }
    return 0;
}

static int enable(struct nvme *n)
{
    const struct nvme_queue *q = &n->queue[0];

    mmio_write32(n->regs + NVME_INTMS, ~0u);
    mmio_write32(n->regs + NVME_AQA, (NVME_DEPTH - 1u) << 16 | (NVME_DEPTH - 1u));
    mmio_write32(n->regs + NVME_ASQ, (uint32_t)q->sq.bus);
    mmio_write32(n->regs + NVME_ASQ + 4u, (uint32_t)(q->sq.bus >> 32));
    mmio_write32(n->regs + NVME_ACQ, (uint32_t)q->cq.bus);
    mmio_write32(n->regs + NVME_ACQ + 4u, (uint32_t)(q->cq.bus >> 32));
    mmio_write32(n->regs + NVME_CC, NVME_CC_ENABLE | NVME_CC_ENTRIES);
    return wait_ready(n, NVME_CSTS_READY) ? 0 : fail("enable", 0);
}

int nvme_start(struct nvme *n, struct dmacoh_dev *dev, uintptr_t regs)
{
    const struct dmacoh_objpool_cfg lists = {
        .size = PRP_LIST_SIZE,
        .align = PRP_LIST_SIZE,
        .boundary = NVME_PAGE,
        .max_slabs = PRP_SLABS,
        .attrs = DMACOH_ATTR_WRITE_COMBINE | DMACOH_ATTR_NOZERO,
        .meta = prp_meta,
        .meta_size = sizeof prp_meta,
    };
    int rc;

    n->dev = dev;
    n->regs = regs;
    mmio_write32(regs + NVME_CC, 0);
    if (!wait_ready(n, 0)) {
        return fail("reset", 0);
    }
    rc = dmacoh_objpool_init(&n->prp_pool, dev, &lists);
    for (uint32_t id = 0; id < NVME_QUEUES && rc == DMACOH_OK; id++) {
        rc = queue_alloc(n, id);
    }
    if (rc != DMACOH_OK) {
        return fail("queue memory", rc);
    }
    rc = enable(n);
    if (rc == 0) {
        rc = identify(n);
    }
    for (uint32_t id = 1; id < NVME_QUEUES && rc == 0; id++) {
        rc = create_queue(n, id);
        if (rc != 0) {
            rc = fail("create queue", rc);
        }
    }
    return rc;
}

void nvme_irq_unmask(struct nvme *n)
{
    mmio_write32(n->regs + NVME_INTMC, 1u);
}

int nvme_stop(struct nvme *n)
{
    int rc = DMACOH_OK;

    mmio_write32(n->regs + NVME_INTMS, ~0u);
    mmio_write32(n->regs + NVME_CC, 0);
    if (!wait_ready(n, 0)) {
        return fail("stop", 0); /* it may still write: its memory must not be given back */
    }
    for (uint32_t id = 0; id < NVME_QUEUES; id++) {
        if (rc == DMACOH_OK) {
            rc = dmacoh_free(&n->queue[id].sq);
        }
        if (rc == DMACOH_OK) {
            rc = dmacoh_free(&n->queue[id].cq);
        }
    }
    if (rc == DMACOH_OK) {
        rc = dmacoh_objpool_fini(&n->prp_pool);
    }
    return rc == DMACOH_OK ? 0 : fail("giving memory back", rc);
}
