/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file job.c
 * Pieces of a read go to the CPUs in turn: neighbours in the file, which may share a cache line
 * at their joint, are always in the hands of different CPUs.
 *
 * A job that fails is not cleaned up: the loader stops, and the machine with it.
 */
#include "job.h"

#include "board.h"
#include "progress.h"

#define IN_FLIGHT  4u /* commands of one CPU */
#define TIMEOUT_MS 10000u

enum order {
    ORDER_NONE,
    ORDER_READ,
    ORDER_STOP
};

static struct nvme *nvme;
static uint32_t cpus = 1;

/* CPU 0 writes the order and then its number; CPU 1 answers with the number. */
static struct job current;
static uint32_t order;
static uint32_t order_number;
static uint32_t answer_number;
static struct job_result result;
static int cpu_rc[BOARD_MAX_CPUS];

static struct nvme_req requests[BOARD_MAX_CPUS][IN_FLIGHT];
static struct nvme_req irq_request;

/* A quarter of the job, so that every CPU gets work, in whole pages and one command each. */
static uint32_t piece_blocks(void)
{
    const uint32_t page = NVME_PAGE / NVME_BLOCK;
    const uint32_t most = NVME_MAX_TRANSFER / NVME_BLOCK;
    const uint32_t quarter = (current.blocks / 4u + page - 1u) / page * page;

    if (quarter == 0) {
        return page;
    }
    return quarter < most ? quarter : most;
}

static uint32_t blocks_at(uint32_t first)
{
    const uint32_t left = current.blocks - first;
    const uint32_t most = piece_blocks();

    return left < most ? left : most;
}

/* Maps and starts one piece; its number of blocks is in req->tag. */
static int start_piece(struct nvme_queue *q, struct nvme_req *req, uint32_t first)
{
    const uint32_t blocks = blocks_at(first);
    const uint32_t offset = first * NVME_BLOCK;

    req->tag = blocks;
    if (current.area->kind == LANDING_COHERENT) {
        /* Coherent memory needs no map: its bus address is known and no cache is in the way. */
        req->mapped = false;
        req->nout = 1;
        req->out[0].addr = current.area->buf->bus + offset;
        req->out[0].len = blocks * NVME_BLOCK;
    } else {
        const uint32_t nin = landing_segs(current.area, offset, blocks * NVME_BLOCK, req->in);
        const int rc = nvme_req_map(req, current.dev, nin);

        if (rc != DMACOH_OK) {
            return rc;
        }
    }
    return nvme_read(nvme, q, req, current.first_block + first, blocks);
}

/* Collects what has ended. The number of requests, or a negative code. */
static int collect(uint32_t cpu, struct nvme_req *reqs, uint32_t count)
{
    int ended = 0;

    for (uint32_t i = 0; i < count; i++) {
        struct nvme_req *req = &reqs[i];

        if (__atomic_load_n(&req->state, __ATOMIC_ACQUIRE) != NVME_REQ_DONE) {
            continue;
        }
        if (req->status != 0) {
            return -1;
        }
        req->state = NVME_REQ_IDLE;
        result.bytes[cpu] += req->tag * NVME_BLOCK;
        if (cpu == 0) {
            progress_add(req->tag * NVME_BLOCK * cpus);
        }
        ended++;
    }
    return ended;
}

/* Fills idle requests with pieces from *next on. The number started, or a negative code. */
static int refill(uint32_t cpu, uint32_t *next)
{
    int started = 0;

    for (uint32_t i = 0; i < IN_FLIGHT && *next < current.blocks; i++) {
        struct nvme_req *req = &requests[cpu][i];
        int rc;

        if (req->state != NVME_REQ_IDLE) {
            continue;
        }
        rc = start_piece(&nvme->queue[NVME_IO_QUEUE(cpu)], req, *next);
        if (rc != DMACOH_OK) {
            /* A full pool is no error: commands in flight, here or there, give memory back. */
            return dmacoh_is_transient(rc) ? started : rc;
        }
        *next += piece_blocks() * cpus;
        started++;
    }
    return started;
}

/* All pieces of this CPU from block `next` on, several in flight. */
static int read_pieces(uint32_t cpu, uint32_t next)
{
    int in_flight = 0;
    uint32_t last_ms = board_ms();

    while (next < current.blocks || in_flight != 0) {
        int count = refill(cpu, &next);

        if (count < 0) {
            return count;
        }
        in_flight += count;
        (void)nvme_poll(nvme, &nvme->queue[NVME_IO_QUEUE(cpu)]);
        count = collect(cpu, requests[cpu], IN_FLIGHT);
        if (count < 0) {
            return count;
        }
        in_flight -= count;
        if (count != 0) {
            last_ms = board_ms();
        } else if (board_ms() - last_ms > TIMEOUT_MS) {
            return -2;
        }
    }
    return 0;
}

/* Block 0 by the interrupt queue: this thread only waits, the handler does the rest. */
static int read_by_irq(void)
{
    const uint32_t start = board_ms();
    int rc;

    do {
        rc = start_piece(&nvme->queue[NVME_IRQ_QUEUE], &irq_request, 0);
    } while (dmacoh_is_transient(rc) && board_ms() - start <= TIMEOUT_MS);
    while (rc == 0) {
        rc = collect(0, &irq_request, 1);
        if (rc == 1) {
            return 0;
        }
        if (rc == 0 && board_ms() - start > TIMEOUT_MS) {
            rc = -3;
        }
    }
    return rc;
}

void job_nvme_interrupt(void)
{
    result.interrupts += nvme_irq(nvme);
}

static int work(uint32_t cpu)
{
    uint32_t next = cpu * piece_blocks();

    if (cpu == 0 && current.first_by_irq) {
        const int rc = read_by_irq();

        if (rc != 0) {
            return rc;
        }
        next += piece_blocks() * cpus;
    }
    return read_pieces(cpu, next);
}

/* The second CPU's life: online, orders, offline. */
static void cpu1_loop(void)
{
    uint32_t seen = 0;

    cpu_rc[1] = dmacoh_cpu_online(&board_dma);
    __atomic_store_n(&answer_number, ~0u, __ATOMIC_RELEASE);
    for (;;) {
        board_sleep_while(&order_number, seen);
        seen++;
        if (order == ORDER_STOP) {
            break;
        }
        cpu_rc[1] = work(1);
        __atomic_store_n(&answer_number, seen, __ATOMIC_RELEASE);
    }
    cpu_rc[1] = dmacoh_cpu_offline(&board_dma);
    __atomic_store_n(&answer_number, seen, __ATOMIC_RELEASE);
}

static bool wait_answer(uint32_t number, uint32_t limit_ms)
{
    const uint32_t start = board_ms();

    while (__atomic_load_n(&answer_number, __ATOMIC_ACQUIRE) != number) {
        if (board_ms() - start > limit_ms) {
            return false;
        }
    }
    return true;
}

static void send_order(enum order what)
{
    order = what;
    __atomic_store_n(&order_number, order_number + 1u, __ATOMIC_RELEASE);
    board_wake();
}

void job_start_cpus(struct nvme *n)
{
    nvme = n;
    if (board_start_cpu(1, cpu1_loop) && wait_answer(~0u, TIMEOUT_MS) && cpu_rc[1] == DMACOH_OK) {
        cpus = 2;
    }
}

uint32_t job_cpus(void)
{
    return cpus;
}

struct job_result job_run(const struct job *job)
{
    current = *job;
    result = (struct job_result){0};
    if (cpus == 1) {
        result.rc = work(0);
        return result;
    }
    send_order(ORDER_READ);
    result.rc = work(0);
    /* CPU 1 ends its own commands by its own time limit. */
    if (!wait_answer(order_number, 4u * TIMEOUT_MS) && result.rc == 0) {
        result.rc = -4;
    }
    if (result.rc == 0) {
        result.rc = cpu_rc[1];
    }
    return result;
}

int job_stop_cpus(void)
{
    if (cpus == 1) {
        return 0;
    }
    send_order(ORDER_STOP);
    return wait_answer(order_number, TIMEOUT_MS) ? cpu_rc[1] : -4;
}
