/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * One transfer: every direction, call and shape, with neighbours in the buffer's lines that somebody
 * writes meanwhile. One function plays all rows. The device touches the first and the last byte
 * only: what lies between must keep its value.
 */
#include "cases.h"

enum call {
    SINGLE,
    PHYS,
    SEGS
};
enum writer {
    BY_SELF,
    BY_CPU1,
    BY_IRQ,
    BY_NOBODY
};

struct transfer {
    uint8_t call, dir, writer;
    int16_t first, end; /* positions in memory 0 */
    uint16_t bounced;   /* bytes that must go through slots; ALL, EDGES */
    uint16_t attrs;
};
#define ZERO_COPY 0u
#define ALL       1u
#define EDGES     2u

/* Values, all different, and different from every initial value. */
enum {
    CPU_FIRST = 1,
    CPU_LAST,
    HEAD,
    TAIL,
    HEAD_AGAIN,
    TAIL_AGAIN
};
#define DEV_FIRST 0x40u
#define DEV_LAST  0x41u

static const struct env_step to_device[] = {
    ENV_WAIT(1), ENV_READ(0, 0, CPU_FIRST), ENV_READ(0, ENV_LAST, CPU_LAST), ENV_DONE, ENV_END,
};
static const struct env_step from_device[] = {
    ENV_WAIT(1), ENV_WRITE(0, 0, DEV_FIRST), ENV_WRITE(0, ENV_LAST, DEV_LAST), ENV_DONE, ENV_END,
};
static const struct env_step both_ways[] = {
    ENV_WAIT(1),
    ENV_READ(0, 0, CPU_FIRST),
    ENV_WRITE(0, 0, DEV_FIRST),
    ENV_WRITE(0, ENV_LAST, DEV_LAST),
    ENV_DONE,
    ENV_END,
};

static struct env_part buffer(const struct transfer *t)
{
    return env_part(0, t->first, t->end);
}

static int map(const struct transfer *t, struct env_part p)
{
    const enum dmacoh_dir dir = (enum dmacoh_dir)t->dir;

    switch ((enum call)t->call) {
    case SINGLE:
        return env_map_single(0, p, dir, t->attrs);
    case PHYS:
        return env_map_phys(0, p, dir, t->attrs);
    case SEGS:
    default:
        return env_map_segs(0, &p, 1, 4, dir, t->attrs);
    }
}

static bool has_tail(const struct transfer *t)
{
    return (env_at(t->end) & (env_line() - 1u)) != 0;
}

static bool has_head(const struct transfer *t)
{
    return (env_at(t->first) & (env_line() - 1u)) != 0;
}

/* The bytes before and behind the buffer, where it shares its lines. */
static void write_neighbours(const struct transfer *t, uint8_t head, uint8_t tail)
{
    if (has_head(t)) {
        env_store(0, env_at(t->first) - 1u, head);
    }
    if (has_tail(t)) {
        env_store(0, env_at(t->end), tail);
    }
}

static void check_neighbours(const struct transfer *t, uint8_t head, uint8_t tail)
{
    if (has_head(t)) {
        env_expect(env_load(0, env_at(t->first) - 1u) == head);
    }
    if (has_tail(t)) {
        env_expect(env_load(0, env_at(t->end)) == tail);
    }
}

static bool bounced_as_said(const struct transfer *t, struct env_part p)
{
    const uint32_t got = dmacoh_map_bounced(env_handle(0));

    if (t->dir == DMACOH_TO_DEVICE && env_lines_leave() && (has_head(t) || has_tail(t))) {
        return got != 0;
    }
    if (t->bounced == EDGES) {
        return got != 0 && got < p.len;
    }
    return got == (t->bounced == ALL ? p.len : 0u);
}

static void check_data(const struct transfer *t, struct env_part p)
{
    const bool written = t->dir != DMACOH_TO_DEVICE;

    env_expect(env_load(0, p.first) == (written ? DEV_FIRST : CPU_FIRST));
    env_expect(env_load(0, p.first + p.len - 1u) == (written ? DEV_LAST : CPU_LAST));
    if (p.len > 2u && (t->attrs & DMACOH_ATTR_OVERWRITE) == 0) {
        env_expect(env_load(0, p.first + 1u) == env_initial(0, p.first + 1u));
    }
}

/* Lines are dirty before the map in every direction: nothing of them may reach memory later. */
static void cpu0(void)
{
    const struct transfer *t = env_arg();
    const struct env_part p = buffer(t);
    const bool mine = t->writer == BY_SELF;

    env_store(0, p.first, CPU_FIRST);
    env_store(0, p.first + p.len - 1u, CPU_LAST);
    if (mine) {
        write_neighbours(t, HEAD, TAIL);
    }
    if ((t->attrs & DMACOH_ATTR_EDGES_OWNED) != 0) {
        env_padding(env_part(0, 0, t->first));
        env_padding(env_part(0, t->end, ENV_AT(3, 0)));
    }
    env_expect(map(t, p) == DMACOH_OK);
    env_expect(bounced_as_said(t, p));
    env_publish();
    env_doorbell();
    if (mine) {
        write_neighbours(t, HEAD_AGAIN, TAIL_AGAIN);
    }
    env_stir();
    env_wait_done(1);
    env_read_register();
    env_expect(env_unmap(0) == DMACOH_OK);
    check_data(t, p);
    if (mine) {
        check_neighbours(t, HEAD_AGAIN, TAIL_AGAIN);
    }
}

/* Another CPU uses the neighbours, at any moment. */
static void cpu1(void)
{
    const struct transfer *t = env_arg();

    write_neighbours(t, HEAD, TAIL);
    check_neighbours(t, HEAD, TAIL);
}

static void irq(void)
{
    const struct transfer *t = env_arg();

    write_neighbours(t, HEAD, TAIL);
    check_neighbours(t, HEAD, TAIL);
}

#define TO   DMACOH_TO_DEVICE
#define FROM DMACOH_FROM_DEVICE
#define BIDI DMACOH_BIDIRECTIONAL

/* Shapes: of three lines of memory. */
#define ALIGNED  ENV_AT(1, 0), ENV_AT(2, 0)
#define HEAD_CUT ENV_AT(0, 12), ENV_AT(2, 0)
#define TAIL_CUT ENV_AT(0, 0), ENV_AT(1, 4)
#define BOTH_CUT ENV_AT(0, 13), ENV_AT(2, 3)
#define INSIDE   ENV_AT(1, 5), ENV_AT(1, 9)
/* The same with edges of whole words: fewer copies, for rows that share lines between agents. */
#define BOTH_WORDS  ENV_AT(0, 12), ENV_AT(2, 4)
#define INSIDE_WORD ENV_AT(1, 4), ENV_AT(1, 8)

static const struct transfer rows[] = {
    {SINGLE, TO, BY_SELF, ALIGNED, ZERO_COPY, 0},
    {SINGLE, FROM, BY_SELF, ALIGNED, ZERO_COPY, 0},
    {SINGLE, BIDI, BY_SELF, ALIGNED, ZERO_COPY, 0},
    {PHYS, TO, BY_SELF, BOTH_CUT, ZERO_COPY, 0},
    {PHYS, FROM, BY_SELF, ALIGNED, ZERO_COPY, 0},
    {PHYS, BIDI, BY_SELF, ALIGNED, ZERO_COPY, 0},
    {SEGS, TO, BY_SELF, BOTH_CUT, ZERO_COPY, 0},
    {SEGS, FROM, BY_SELF, ALIGNED, ZERO_COPY, 0},
    {SEGS, BIDI, BY_SELF, ALIGNED, ZERO_COPY, 0},
    {SINGLE, FROM, BY_SELF, INSIDE, ALL, 0}, /* 9 */
    {SINGLE, BIDI, BY_SELF, INSIDE, ALL, 0},
    {PHYS, FROM, BY_SELF, TAIL_CUT, ALL, 0},
    {SEGS, FROM, BY_SELF, HEAD_CUT, EDGES, 0}, /* 12 */
    {SEGS, FROM, BY_SELF, TAIL_CUT, EDGES, 0},
    {SEGS, FROM, BY_SELF, BOTH_CUT, EDGES, 0},
    {SEGS, BIDI, BY_SELF, BOTH_CUT, EDGES, 0},
    {SEGS, FROM, BY_SELF, INSIDE, ALL, 0},
    {SEGS, FROM, BY_CPU1, BOTH_WORDS, EDGES, 0}, /* 17 */
    {SEGS, FROM, BY_IRQ, BOTH_WORDS, EDGES, 0},
    {SINGLE, FROM, BY_CPU1, INSIDE_WORD, ALL, 0}, /* 19 */
    {SINGLE, FROM, BY_IRQ, INSIDE_WORD, ALL, 0},
    {PHYS, TO, BY_CPU1, BOTH_WORDS, ZERO_COPY, 0}, /* 21 */
    {PHYS, TO, BY_IRQ, BOTH_WORDS, ZERO_COPY, 0},
    {PHYS, FROM, BY_NOBODY, ALIGNED, ZERO_COPY, DMACOH_ATTR_OVERWRITE}, /* 23 */
    {PHYS, FROM, BY_NOBODY, BOTH_CUT, ZERO_COPY, DMACOH_ATTR_EDGES_OWNED},
    {SEGS, BIDI, BY_CPU1, INSIDE_WORD, ALL, 0}, /* 25 */
    {SEGS, BIDI, BY_IRQ, INSIDE_WORD, ALL, 0},
};

#define DMA ENV_NEED_DMA
#define MEM3                                                                                       \
    {                                                                                              \
        {                                                                                          \
            ENV_LOW, 3                                                                             \
        }                                                                                          \
    }
#define ROW(name, i, device, script)                                                               \
    {                                                                                              \
        name, DMA, device, 0, 0, MEM3, script, {cpu0, NULL}, NULL, &rows[i]                        \
    }
#define ROW_CPU1(name, i, device, script)                                                          \
    {                                                                                              \
        name, DMA | ENV_NEED_CPU2, device, 0, 0, MEM3, script, {cpu0, cpu1}, NULL, &rows[i]        \
    }
#define ROW_IRQ(name, i, device, script)                                                           \
    {                                                                                              \
        name, DMA | ENV_NEED_IRQ, device, 1, 0, MEM3, script, {cpu0, NULL}, irq, &rows[i]          \
    }

static const struct env_case cases[] = {
    ROW("single-to-aligned", 0, ENV_DIRECT, to_device),
    ROW("single-from-aligned", 1, ENV_DIRECT, from_device),
    ROW("single-bidi-aligned", 2, ENV_DIRECT, both_ways),
    ROW("phys-to-cut", 3, ENV_DIRECT, to_device),
    ROW("phys-from-aligned", 4, ENV_DIRECT, from_device),
    ROW("phys-bidi-aligned", 5, ENV_DIRECT, both_ways),
    ROW("segs-to-cut", 6, ENV_DIRECT, to_device),
    ROW("segs-from-aligned", 7, ENV_DIRECT, from_device),
    ROW("segs-bidi-aligned", 8, ENV_DIRECT, both_ways),
    ROW("single-from-inside-line", 9, ENV_DIRECT, from_device),
    ROW("single-bidi-inside-line", 10, ENV_CACHED_POOL, both_ways),
    ROW("phys-from-tail-cut", 11, ENV_DIRECT, from_device),
    ROW("segs-from-head-cut", 12, ENV_DIRECT, from_device),
    ROW("segs-from-tail-cut", 13, ENV_CACHED_POOL, from_device),
    ROW("segs-from-both-cut", 14, ENV_DIRECT, from_device),
    ROW("segs-bidi-both-cut", 15, ENV_DIRECT, both_ways),
    ROW("segs-from-inside-line", 16, ENV_CACHED_POOL, from_device),
    ROW_CPU1("segs-from-both-cut-cpu1-neighbours", 17, ENV_DIRECT, from_device),
    ROW_IRQ("segs-from-both-cut-irq-neighbours", 18, ENV_DIRECT, from_device),
    ROW_CPU1("single-from-inside-line-cpu1-neighbours", 19, ENV_DIRECT, from_device),
    ROW_IRQ("single-from-inside-line-irq-neighbours", 20, ENV_CACHED_POOL, from_device),
    ROW_CPU1("phys-to-cut-cpu1-neighbours", 21, ENV_DIRECT, to_device),
    ROW_IRQ("phys-to-cut-irq-neighbours", 22, ENV_DIRECT, to_device),
    ROW("phys-from-overwrite", 23, ENV_DIRECT, from_device),
    ROW("phys-from-edges-owned", 24, ENV_NO_POOL, from_device),
    ROW_CPU1("segs-bidi-inside-line-cpu1-neighbours", 25, ENV_CACHED_POOL, both_ways),
    ROW_IRQ("segs-bidi-inside-line-irq-neighbours", 26, ENV_DIRECT, both_ways),
    ROW("phys-to-bus-window", 3, ENV_WINDOW, to_device),
    ROW("segs-from-bus-window-both-cut", 14, ENV_WINDOW, from_device),
    ROW("phys-bidi-irq-ordered", 5, ENV_ORDERED, both_ways),
};

const struct env_table env_stream = {cases, ENV_COUNT(cases)};

/* ---- through bounce memory, as the device's record demands it ---- */

static const struct transfer whole[] = {
    {PHYS, TO, BY_SELF, BOTH_CUT, ALL, 0},
    {PHYS, FROM, BY_SELF, ALIGNED, ALL, 0},
    {PHYS, BIDI, BY_SELF, BOTH_CUT, ALL, 0},
    {SEGS, FROM, BY_SELF, BOTH_CUT, ALL, 0},
    {PHYS, TO, BY_CPU1, INSIDE_WORD, ALL, 0},
    {PHYS, FROM, BY_NOBODY, ALIGNED, ALL, DMACOH_ATTR_OVERWRITE},
};

#define ROW_WHOLE(name, i, device, script)                                                         \
    {                                                                                              \
        name, DMA, device, 0, 0, MEM3, script, {cpu0, NULL}, NULL, &whole[i]                       \
    }

static const struct env_case bounce_cases[] = {
    ROW_WHOLE("bounce-to-uncached", 0, ENV_FORCED, to_device),
    ROW_WHOLE("bounce-to-cached", 0, ENV_FORCED_CACHED, to_device),
    ROW_WHOLE("bounce-from-uncached", 1, ENV_FORCED, from_device),
    ROW_WHOLE("bounce-from-cached", 1, ENV_FORCED_CACHED, from_device),
    ROW_WHOLE("bounce-bidi-uncached", 2, ENV_FORCED, both_ways),
    ROW_WHOLE("bounce-bidi-cached", 2, ENV_FORCED_CACHED, both_ways),
    ROW_WHOLE("bounce-segs-from-cached", 3, ENV_FORCED_CACHED, from_device),
    ROW_WHOLE("bounce-gap-mask-both-cut", 3, ENV_GAP, from_device),
    ROW_WHOLE("bounce-overwrite-uncached", 5, ENV_FORCED, from_device),
    {"bounce-to-cpu1-neighbours",
     DMA | ENV_NEED_CPU2,
     ENV_FORCED_CACHED,
     0,
     0,
     MEM3,
     to_device,
     {cpu0, cpu1},
     NULL,
     &whole[4]},
};

const struct env_table env_bounce = {bounce_cases, ENV_COUNT(bounce_cases)};
