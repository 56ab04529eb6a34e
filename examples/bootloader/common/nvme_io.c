/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file nvme_io.c
 * Commands and completions: what a driver does with libdmacoh in its hot path.
 */
#include "nvme.h"

#include "endian.h"
#include "nvme_regs.h"

/*
 * Submission entries and PRP lists are write-combining memory: they are only ever written. A
 * value that is needed twice stays in a local variable.
 */
void nvme_issue(struct nvme *n, struct nvme_queue *q, const uint32_t command[NVME_COMMAND_WORDS])
{
    volatile uint32_t *entry = (volatile uint32_t *)q->sq.va + (size_t)q->tail * NVME_COMMAND_WORDS;

    for (uint32_t i = 0; i < NVME_COMMAND_WORDS; i++) {
        entry[i] = le32(command[i]);
    }
    q->tail = (q->tail + 1u) % NVME_DEPTH;
    /* Entry, PRP list and the data's hand-over are visible before the doorbell arrives. */
    dmacoh_desc_publish(n->dev);
    mmio_write32(q->sq_doorbell, q->tail);
}

bool nvme_reap(struct nvme *n, struct nvme_queue *q, uint32_t *dword3)
{
    const volatile uint32_t *entry = (const volatile uint32_t *)q->cq.va + (size_t)q->head * 4u;
    const uint32_t value = le32(entry[3]);

    if ((value >> 16 & 1u) != q->phase) {
        return false;
    }
    /* The phase is new: nothing that the completion covers may be read from before it. */
    dmacoh_rmb(n->dev);
    *dword3 = value;
    q->head = (q->head + 1u) % NVME_DEPTH;
    if (q->head == 0) {
        q->phase ^= 1u;
    }
    mmio_write32(q->cq_doorbell, q->head);
    return true;
}

int nvme_req_map(struct nvme_req *req, struct dmacoh_dev *dev, uint32_t nin)
{
    const int rc = dmacoh_map_segs(dev, &req->map, req->in, nin, req->out, NVME_MAX_OUT,
                                   DMACOH_FROM_DEVICE, 0);

    req->mapped = rc == DMACOH_OK;
    req->nout = rc == DMACOH_OK ? req->map.nsegs : 0;
    return rc;
}

static uint32_t pages_of(const struct nvme_req *req)
{
    uint32_t pages = 0;

    for (uint32_t i = 0; i < req->nout; i++) {
        const uint32_t offset = (uint32_t)req->out[i].addr % NVME_PAGE;

        pages += (offset + req->out[i].len + NVME_PAGE - 1u) / NVME_PAGE;
    }
    return pages;
}

struct prp_pair {
    dmacoh_bus_t first, second;
};

/*
 * One bus address a page. The gap mask of the device record makes every joint of two segments a
 * page border, so a page is never named twice. The list holds all but the first page; with two
 * pages the second stands in the command itself.
 */
static struct prp_pair fill_prps(const struct nvme_req *req, volatile uint32_t *list)
{
    struct prp_pair prp = {.first = req->out[0].addr, .second = 0};
    uint32_t count = 0;

    for (uint32_t i = 0; i < req->nout; i++) {
        dmacoh_bus_t address = req->out[i].addr;
        uint32_t left = req->out[i].len;

        while (left != 0) {
            const uint32_t room = NVME_PAGE - (uint32_t)address % NVME_PAGE;
            const uint32_t step = left < room ? left : room;

            if (count == 1) {
                prp.second = address;
            }
            if (count != 0 && list != NULL) {
                list[2u * (count - 1u)] = le32((uint32_t)address);
                list[2u * (count - 1u) + 1u] = le32((uint32_t)(address >> 32));
            }
            count++;
            address += step;
            left -= step;
        }
    }
    if (list != NULL) {
        prp.second = req->prp_list.bus;
    }
    return prp;
}

static int undo(struct nvme_req *req, int rc)
{
    if (req->mapped) {
        req->mapped = false;
        (void)dmacoh_unmap(&req->map);
    }
    return rc;
}

static uint32_t free_identifier(const struct nvme_queue *q)
{
    uint32_t id = 0;

    while (id < NVME_DEPTH - 1u && q->busy[id] != NULL) {
        id++;
    }
    return id;
}

int nvme_read(struct nvme *n, struct nvme_queue *q, struct nvme_req *req, uint64_t lba,
              uint32_t blocks)
{
    const uint32_t id = free_identifier(q);
    volatile uint32_t *list = NULL;
    struct prp_pair prp;

    if (id == NVME_DEPTH - 1u) {
        return undo(req, DMACOH_E_FULL);
    }
    req->prp_list.id = 0;
    if (pages_of(req) > 2) {
        const int rc = dmacoh_objpool_alloc(&n->prp_pool, &req->prp_list);

        if (rc != DMACOH_OK) {
            return undo(req, rc);
        }
        list = req->prp_list.va;
    }
    prp = fill_prps(req, list);
    q->busy[id] = req;
    req->state = NVME_REQ_BUSY;

    const uint32_t command[NVME_COMMAND_WORDS] = {
        [0] = NVME_CMD_READ | id << 16,
        [1] = NVME_NSID,
        [6] = (uint32_t)prp.first,
        [7] = (uint32_t)(prp.first >> 32),
        [8] = (uint32_t)prp.second,
        [9] = (uint32_t)(prp.second >> 32),
        [10] = (uint32_t)lba,
        [11] = (uint32_t)(lba >> 32),
        [12] = blocks - 1u,
    };

    nvme_issue(n, q, command);
    return DMACOH_OK;
}

/*
 * The completion entry came the same way as the data and after it, so a polled entry proves that
 * the data is in memory. Unmap makes it visible to this CPU.
 */
static void retire(struct nvme *n, struct nvme_req *req, uint32_t status)
{
    if (req->prp_list.id != 0 && dmacoh_objpool_free(&n->prp_pool, &req->prp_list) != DMACOH_OK) {
        status = ~0u;
    }
    if (req->mapped) {
        req->mapped = false;
        if (dmacoh_unmap(&req->map) != DMACOH_OK) {
            status = ~0u;
        }
    }
    req->status = status;
    /* Release: an interrupt's work is complete when the waiting thread sees DONE. */
    __atomic_store_n(&req->state, (uint32_t)NVME_REQ_DONE, __ATOMIC_RELEASE);
}

uint32_t nvme_poll(struct nvme *n, struct nvme_queue *q)
{
    uint32_t count = 0;
    uint32_t dword3;

    while (nvme_reap(n, q, &dword3)) {
        const uint32_t id = dword3 & 0xffffu;
        struct nvme_req *req = id < NVME_DEPTH ? q->busy[id] : NULL;

        if (req != NULL) {
            q->busy[id] = NULL;
            retire(n, req, dword3 >> 17);
            count++;
        }
    }
    return count;
}

uint32_t nvme_irq(struct nvme *n)
{
    /*
     * A wired interrupt may overtake the device's writes. A read from the device pushes them
     * into memory before it returns; only then may completions and data be looked at.
     */
    (void)mmio_read32(n->regs + NVME_CSTS);
    return nvme_poll(n, &n->queue[NVME_IRQ_QUEUE]);
}
