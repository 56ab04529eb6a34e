/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file paths.c
 * Reads the whole disk once on every path. The digest is printed, not judged: the board never
 * learns what it should be. What the board can judge itself (guards, and whether the path was
 * the one that was meant) decides its exit status.
 */
#include "paths.h"

#include "board.h"
#include "console.h"
#include "edu.h"
#include "job.h"
#include "progress.h"

#define COHERENT_BUFFER 0x100000u

enum bounced {
    BOUNCED_NONE,
    BOUNCED_EDGES,
    BOUNCED_ALL
};

struct path {
    const char *name;
    struct dmacoh_dev *dev;
    uint32_t kind; /* enum landing_kind */
    uint32_t skew;
    uint32_t bounced; /* enum bounced: what must go through bounce memory */
    bool irq;         /* the first piece by interrupt */
};

/* 84 is a multiple of what NVMe demands (4) and of nothing else: no piece is line-aligned. */
static const struct path paths[] = {
    {"lowmem", &board_nvme, LANDING_LOW, 4096, BOUNCED_NONE, true},
    {"edges", &board_nvme, LANDING_LOW, 84, BOUNCED_EDGES, false},
    {"highmem", &board_nvme, LANDING_HIGH, 0, BOUNCED_NONE, false},
    {"bounce", &board_nvme_narrow, LANDING_HIGH, 0, BOUNCED_ALL, false},
    {"forced", &board_nvme_forced, LANDING_LOW, 84, BOUNCED_ALL, false},
    {"coherent", &board_nvme, LANDING_COHERENT, 0, BOUNCED_NONE, false},
};

struct report {
    struct dmacoh_stats before;
    struct sha256 hash;
    uint32_t start_ms;
    uint32_t interrupts;
    uint32_t cpu1_bytes;
};

static void report_start(struct report *report)
{
    *report = (struct report){0};
    sha256_start(&report->hash);
    report->start_ms = board_ms();
    (void)dmacoh_stats(&board_dma, &report->before);
}

static uint32_t lines_of(const struct dmacoh_stats *stats)
{
    return stats->lines_clean + stats->lines_inval + stats->lines_clean_inval;
}

/* Prints the result line; returns the bytes bounced and the lines maintained. */
static void report_end(struct report *report, const char *name, uint32_t bytes, uint32_t *bounced,
                       uint32_t *lines)
{
    char digest[2u * SHA256_BYTES + 1u];
    struct dmacoh_stats after = {0};

    (void)dmacoh_stats(&board_dma, &after);
    sha256_finish(&report->hash, digest);
    *bounced = (uint32_t)(after.bytes_bounced - report->before.bytes_bounced);
    *lines = lines_of(&after) - lines_of(&report->before);
    con_printf("RESULT path=%s cpu=%s cpus=%u bytes=%u sha256=%s lines=%u barriers=%u windows=%u "
               "bounced=%u cpu1_bytes=%u interrupts=%u ms=%u\n",
               name, board_cpu_name(), job_cpus(), bytes, digest, *lines,
               after.barriers - report->before.barriers, after.windows - report->before.windows,
               *bounced, report->cpu1_bytes, report->interrupts, board_ms() - report->start_ms);
}

static int fail(const char *name, const char *what, int rc)
{
    con_printf("FAIL path=%s %s (%d %s)\n", name, what, rc, dmacoh_strstatus(rc));
    return -1;
}

/* Whether a board may skip the path only the host knows. */
static void skip(const char *name, const char *why)
{
    con_printf("SKIP path=%s %s\n", name, why);
}

static void hash_data(struct sha256 *hash, const struct landing *area, uint32_t bytes)
{
    for (uint32_t at = 0; at < bytes;) {
        uint32_t part = bytes - at < NVME_MAX_TRANSFER ? bytes - at : NVME_MAX_TRANSFER;
        const void *data = landing_view(area, at, &part);

        sha256_add(hash, data, part);
        progress_add(part);
        at += part;
    }
}

/* Bytes [from, from + bytes) of the disk into the area, checked and hashed. */
static int read_part(const struct path *path, struct landing *area, uint32_t from, uint32_t bytes,
                     struct report *report)
{
    const struct job job = {
        .dev = path->dev,
        .area = area,
        .first_block = from / NVME_BLOCK,
        .blocks = (bytes + NVME_BLOCK - 1u) / NVME_BLOCK,
        .first_by_irq = path->irq,
    };
    const uint32_t whole = job.blocks * NVME_BLOCK;
    struct job_result done;

    landing_poison(area, whole);
    done = job_run(&job);
    if (done.rc != 0) {
        return fail(path->name, "read", done.rc);
    }
    if (!landing_guards_ok(area, whole)) {
        return fail(path->name, "bytes outside the buffer were written", 0);
    }
    if (path->irq && done.interrupts == 0) {
        return fail(path->name, "no interrupt", 0);
    }
    report->interrupts += done.interrupts;
    report->cpu1_bytes += done.bytes[1];
    hash_data(&report->hash, area, bytes);
    return 0;
}

/* Did the data go the way that the path is there to show? */
static int judge(const struct path *path, uint32_t bytes, uint32_t bounced, uint32_t lines)
{
    if (path->bounced == BOUNCED_NONE && bounced != 0) {
        return fail(path->name, "a zero-copy path was bounced", 0);
    }
    if (path->bounced == BOUNCED_EDGES && bounced == 0) {
        return fail(path->name, "no edge was bounced", 0);
    }
    if (path->bounced == BOUNCED_ALL && bounced < bytes) {
        return fail(path->name, "not all was bounced", 0);
    }
    if (path->kind == LANDING_COHERENT && lines != 0) {
        return fail(path->name, "coherent memory needed cache operations", 0);
    }
    return 0;
}

static int run_path(const struct path *path, uint32_t bytes, const struct dmacoh_buf *buf)
{
    struct landing area = {
        .kind = path->kind,
        .skew = path->skew,
        .room = path->kind == LANDING_COHERENT ? COHERENT_BUFFER : board_plan.landing_size,
        .buf = buf,
    };
    static struct report report;
    uint32_t bounced;
    uint32_t lines;

    progress_start(path->name, bytes * 2u); /* reading and hashing */
    report_start(&report);
    for (uint32_t from = 0; from < bytes; from += area.room) {
        const uint32_t part = bytes - from < area.room ? bytes - from : area.room;

        if (read_part(path, &area, from, part, &report) != 0) {
            return -1;
        }
    }
    report_end(&report, path->name, bytes, &bounced, &lines);
    return judge(path, bytes, bounced, lines);
}

/* The first bytes of the disk, still in lowmem after the last path that landed there. */
static int run_edu(uint32_t bytes)
{
    const struct landing lowmem = {.kind = LANDING_LOW, .skew = 84};
    const uint32_t part = bytes < EDU_MOST ? bytes : EDU_MOST;
    static struct report report;
    uint32_t bounced;
    uint32_t lines;
    int rc;

    progress_start("edu", 1);
    report_start(&report);
    rc = edu_round_trip(&lowmem, part, &report.hash);
    if (rc != 0) {
        return fail("edu", "round trip", rc);
    }
    report_end(&report, "edu", part, &bounced, &lines);
    return bounced < 2u * part ? fail("edu", "not all was bounced", 0) : 0;
}

int paths_run(struct nvme *n, uint32_t bytes)
{
    struct dmacoh_buf buf = {0};
    int failures = 0;
    int rc;

    if (bytes == 0 || bytes > board_plan.landing_size - 2u * NVME_PAGE ||
        (bytes + NVME_BLOCK - 1u) / NVME_BLOCK > n->blocks) {
        return fail("all", "the disk has not so many bytes, or no memory takes them", 0);
    }
    /* Room for a guard behind the data. */
    rc = dmacoh_alloc(&board_nvme, &buf, COHERENT_BUFFER + LANDING_GUARD, 0);
    if (rc != DMACOH_OK) {
        return fail("coherent", "buffer", rc);
    }
    for (uint32_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        if (paths[i].kind == LANDING_HIGH && board_plan.high_phys == 0) {
            skip(paths[i].name, "all RAM has a mapping");
            continue;
        }
        failures += run_path(&paths[i], bytes, &buf) != 0;
    }
    if (edu_present()) {
        failures += run_edu(bytes) != 0;
    } else {
        skip("edu", "no such device");
    }
    rc = dmacoh_free(&buf);
    if (rc != DMACOH_OK) {
        failures++;
        (void)fail("coherent", "free", rc);
    }
    return failures;
}
