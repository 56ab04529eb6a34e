/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file nvme.h
 * A small NVMe reader on libdmacoh: one namespace, one queue pair a CPU, and one queue pair that
 * completes by interrupt.
 *
 * Queues and PRP lists are coherent memory. Data is a streaming map of the caller's scatter list.
 * A queue pair belongs to one CPU (the interrupt's to its handler), so queues have no lock.
 */
#ifndef BOOT_NVME_H
#define BOOT_NVME_H

#include <dmacoh/dmacoh.h>
#include <stdbool.h>
#include <stdint.h>

#define NVME_BLOCK        512u
#define NVME_PAGE         4096u
#define NVME_MAX_TRANSFER 0x20000u /* bytes of one command */
#define NVME_MAX_SEGS     32u      /* pages of it: input segments of a scatter list */
#define NVME_MAX_OUT      40u      /* and room for a bounced head and tail */
#define NVME_DEPTH        16u      /* entries of a queue; one stays empty */

/* Queue pairs: 0 admin, 1 + cpu polled, the last one with interrupt. */
#define NVME_IO_QUEUE(cpu) (1u + (cpu))
#define NVME_IRQ_QUEUE     3u
#define NVME_QUEUES        4u

enum nvme_req_state {
    NVME_REQ_IDLE,
    NVME_REQ_BUSY,
    NVME_REQ_DONE
};

/** One command. The caller's storage, all zero before its first use. */
struct nvme_req {
    uint32_t state;  /**< enum nvme_req_state */
    uint32_t status; /**< after DONE: 0, or the controller's status */
    uint32_t tag;    /**< the caller's */
    bool mapped;     /**< map is live; otherwise out is the caller's own */
    struct dmacoh_map map;
    struct dmacoh_seg in[NVME_MAX_SEGS];
    struct dmacoh_bseg out[NVME_MAX_OUT];
    uint32_t nout;
    struct dmacoh_obj prp_list; /**< id 0: the command needs none */
};

struct nvme_queue {
    uint32_t id;
    uint32_t tail, head, phase;
    struct dmacoh_buf sq, cq;
    uintptr_t sq_doorbell, cq_doorbell;
    struct nvme_req *busy[NVME_DEPTH]; /**< by command identifier */
};

struct nvme {
    uintptr_t regs;
    struct dmacoh_dev *dev; /**< for queues and lists */
    struct dmacoh_objpool prp_pool;
    struct nvme_queue queue[NVME_QUEUES];
    uint32_t blocks; /**< of namespace 1, saturated to 32 bits */
};

/** Resets the controller and creates all queues. 0, or a negative code after a console message. */
int nvme_start(struct nvme *n, struct dmacoh_dev *dev, uintptr_t regs);

/** Lets INTA out, for the interrupt queue. */
void nvme_irq_unmask(struct nvme *n);

/**
 * Stops the controller and gives its memory back. Afterwards the device writes nothing, so that
 * maps of commands that never ended may be unmapped. 0, or a negative code.
 */
int nvme_stop(struct nvme *n);

/** Maps in[0 .. nin) for a read by @p dev. A negative enum dmacoh_status after a failure. */
int nvme_req_map(struct nvme_req *req, struct dmacoh_dev *dev, uint32_t nin);

/**
 * Starts a read of @p blocks blocks at @p lba into req->out[0 .. nout). A negative
 * enum dmacoh_status if it was not started; the request's map is undone then.
 */
int nvme_read(struct nvme *n, struct nvme_queue *q, struct nvme_req *req, uint64_t lba,
              uint32_t blocks);

/** Retires what the controller has completed. Their number. */
uint32_t nvme_poll(struct nvme *n, struct nvme_queue *q);

/** The interrupt's work: makes sure that the data has landed, then polls the interrupt queue. */
uint32_t nvme_irq(struct nvme *n);

/* ---- between nvme_ctrl.c and nvme_io.c ---- */

#define NVME_COMMAND_WORDS 16u

/** Puts a command into the queue and rings. Its identifier is already in word 0. */
void nvme_issue(struct nvme *n, struct nvme_queue *q, const uint32_t command[NVME_COMMAND_WORDS]);

/** Next completion of a queue, if there is one: its dword 3. */
bool nvme_reap(struct nvme *n, struct nvme_queue *q, uint32_t *dword3);

#endif
