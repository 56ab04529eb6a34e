/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * All CPUs use everything that is shared at the same time: window tables, the bounce pool, the
 * coherent pool, a pool of small objects. Each has memory of its own and marks it; a slot, granule
 * or object that two got, or a copy through another one's window, shows as a foreign mark. No
 * device takes part.
 */
#include "board_smp.h"

#include "board.h"

#define ROUNDS     200u
#define ALLOCS     32u /* of a round: what is under the locks should be most of the work */
#define STRIDE     64u /* of the marked bytes */
#define TIMEOUT_MS 20000u
#define OBJ_SIZE   64u
#define OBJ_SLABS  8u
#define MAGAZINE   8u
#define OBJ_META   DMACOH_OBJPOOL_MAGAZINE_META(OBJ_SLABS, SMP_CPUS, MAGAZINE)

/* Each CPU has its own page of the first memory, which is 4 pages. */
#define PAGE 4096u

static struct dmacoh_map maps[SMP_CPUS];
static struct dmacoh_buf bufs[SMP_CPUS];
static struct dmacoh_dev direct, forced;
static struct dmacoh_objpool objects;
static _Alignas(64) unsigned char object_meta[OBJ_META];

static uint32_t joined, finished;
static bool ready, all;

/* CPUs of the running case. */
static uint32_t cpus(void)
{
    return (env_case->needs & ENV_NEED_CPU4) != 0 ? SMP_CPUS : 2u;
}

static uint8_t mark(uint32_t cpu, uint32_t round)
{
    return (uint8_t)(cpu * 64u + round % 64u);
}

static void fill(void *at, uint32_t n, uint8_t value)
{
    volatile uint8_t *byte = at;

    for (uint32_t i = 0; i < n; i += STRIDE) {
        byte[i] = value;
    }
}

static bool filled(const void *at, uint32_t n, uint8_t value)
{
    const volatile uint8_t *byte = at;

    for (uint32_t i = 0; i < n; i += STRIDE) {
        if (byte[i] != value) {
            return false;
        }
    }
    return true;
}

/*
 * A page without a mapping, through a window there and back; bounced, its content is copied both
 * ways.
 */
static void map_page(struct dmacoh_dev *dev, uint32_t cpu, uint8_t value, bool bounced)
{
    struct dmacoh_map *map = &maps[cpu];
    void *view = (void *)(env_mem_va(0) + cpu * PAGE);
    const uint32_t line = env_line();

    fill(view, 2u * line, value);
    env_expect(dmacoh_map_phys(dev, map, env_mem_phys(0) + cpu * PAGE, 2u * line,
                               DMACOH_BIDIRECTIONAL, 0) == DMACOH_OK);
    env_expect((dmacoh_map_bounced(map) != 0) == bounced);
    env_expect(dmacoh_unmap(map) == DMACOH_OK);
    env_expect(filled(view, 2u * line, value));
}

static void allocate(uint32_t cpu, uint8_t value)
{
    struct dmacoh_buf *buf = &bufs[cpu];
    struct dmacoh_obj object;

    env_expect(dmacoh_alloc(&direct, buf, PAGE, DMACOH_ATTR_NOZERO) == DMACOH_OK);
    env_expect(dmacoh_objpool_alloc(&objects, &object) == DMACOH_OK);
    env_expect(filled(object.va, OBJ_SIZE, 0));
    fill(buf->va, OBJ_SIZE, value);
    fill(object.va, OBJ_SIZE, value);
    env_relax();
    env_expect(filled(buf->va, OBJ_SIZE, value) && filled(object.va, OBJ_SIZE, value));
    env_expect(dmacoh_objpool_free(&objects, &object) == DMACOH_OK);
    env_expect(dmacoh_free(buf) == DMACOH_OK);
}

static void play(uint32_t cpu)
{
    for (uint32_t round = 0; round < ROUNDS; round++) {
        map_page(&direct, cpu, mark(cpu, round), false);
        map_page(&forced, cpu, mark(cpu, round + 1u), true);
        for (uint32_t i = 0; i < ALLOCS; i++) {
            allocate(cpu, mark(cpu, i));
        }
    }
}

static bool wait_for(const uint32_t *count, uint32_t n)
{
    const uint32_t start = board_ms();

    while (__atomic_load_n(count, __ATOMIC_ACQUIRE) < n) {
        if (board_ms() - start > TIMEOUT_MS) {
            return false;
        }
    }
    return true;
}

static void join(void)
{
    __atomic_fetch_add(&joined, 1u, __ATOMIC_ACQ_REL);
    env_expect(wait_for(&joined, cpus()));
    play(env_cpu());
    __atomic_fetch_add(&finished, 1u, __ATOMIC_ACQ_REL);
}

/* CPUs 2 and 3: online, the one case, offline. */
static void other_cpu(void)
{
    if (dmacoh_cpu_online(&board_dma) == DMACOH_OK) {
        while (!__atomic_load_n(&all, __ATOMIC_ACQUIRE)) {
        }
        join();
        env_expect(dmacoh_cpu_offline(&board_dma) == DMACOH_OK);
    }
}

bool smp_start(void)
{
    for (uint32_t cpu = 2; cpu < SMP_CPUS; cpu++) {
        if (!board_start_cpu(cpu, other_cpu)) {
            return false;
        }
    }
    return true;
}

static void cpu0(void)
{
    struct dmacoh_dev_cfg dev = {.limits = {.mask = DMACOH_BIT_MASK(32)},
                                 .coherent = board_edu.coherent,
                                 .bounce = board_edu.bounce};
    struct dmacoh_objpool_cfg pool = {.size = OBJ_SIZE,
                                      .max_slabs = OBJ_SLABS,
                                      .magazine = MAGAZINE,
                                      .meta = object_meta,
                                      .meta_size = sizeof object_meta};
    int rc = dmacoh_dev_init(&direct, &board_dma, &dev);

    env_expect(rc == DMACOH_OK);
    dev.flags = DMACOH_DEV_FORCE_BOUNCE;
    env_expect(dmacoh_dev_init(&forced, &board_dma, &dev) == DMACOH_OK);
    rc = dmacoh_objpool_init(&objects, &direct, &pool);
    if (rc == DMACOH_E_UNSUPP) { /* a build without magazines */
        pool.magazine = 0;
        rc = dmacoh_objpool_init(&objects, &direct, &pool);
    }
    env_expect(rc == DMACOH_OK);
    joined = 0;
    finished = 0;
    __atomic_store_n(&all, cpus() == SMP_CPUS, __ATOMIC_RELEASE);
    __atomic_store_n(&ready, true, __ATOMIC_RELEASE);
    join();
    env_expect(wait_for(&finished, cpus()));
    ready = false; /* CPU 1 looks at it in the next case only */
    env_expect(dmacoh_objpool_fini(&objects) == DMACOH_OK);
    env_expect(dmacoh_dev_fini(&forced) == DMACOH_OK);
    env_expect(dmacoh_dev_fini(&direct) == DMACOH_OK);
}

static void cpu1(void)
{
    const uint32_t start = board_ms();

    while (!__atomic_load_n(&ready, __ATOMIC_ACQUIRE)) {
        if (board_ms() - start > TIMEOUT_MS) {
            env_expect(ready);
            return;
        }
    }
    join();
}

#define SMP_CASE(title, what, kind)                                                                \
    {                                                                                              \
        .name = (title), .needs = ENV_NEED_CPU2 | (what), .shared = ENV_SHARED_POOLS,              \
        .mem = {{(kind), 8}}, .cpu = {cpu0, cpu1},                                                 \
    }

const struct env_case smp_cases[SMP_CASES] = {
    SMP_CASE("two-cpus-at-once", 0, ENV_LOW),
    SMP_CASE("two-cpus-at-once-high", ENV_NEED_HIGH, ENV_HIGH),
    SMP_CASE("four-cpus-at-once", ENV_NEED_CPU4 | ENV_NEED_HIGH, ENV_HIGH),
};
