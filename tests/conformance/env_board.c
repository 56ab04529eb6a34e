/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The suite on a board of examples/bootloader: the library is the board's, CPUs and device are real.
 * There is no adversary: an emulator has no cache to disturb, so each case runs once (raise RUNS on
 * silicon). Results are TAP lines; what the board lacks is skipped by name.
 */
#include "board.h"
#include "board_device.h"
#include "board_smp.h"
#include "cases.h"
#include "endian.h"
#include "tap.h"

#include <dmacoh/port.h>

#define RUNS       1u
#define MEM_SIZE   0x4000u /* eight of the longest lines that a CPU can claim to have */
#define PAGE       4096u
#define BUS_OFFSET 0x80000000u
#define POOL_SIZE  0x20000u
#define LINE_SHIFT 6u /* at least */
#define TIMEOUT_MS 20000u
#define STIR_SIZE  0x100000u

/* A case with interrupts of its own, which come at another time in each run: so many, for so long. */
#define IRQ_RUNS 100u
#define IRQ_MS   500u

static _Alignas(4096) uint8_t low_memory[ENV_MEMS][MEM_SIZE];
static _Alignas(4096) uint8_t cached_pool_memory[POOL_SIZE];
static _Alignas(8) uint8_t cached_pool_meta[DMACOH_REGION_META(POOL_SIZE, LINE_SHIFT)];
static uint8_t restless[STIR_SIZE];
static struct dmacoh_pool cached_pool;
static struct dmacoh_region cached_region;
static struct dmacoh_dev device;
static struct env_state state;
static uint32_t flag[ENV_FLAGS];
static uint32_t lacks;
static uint32_t own_irqs; /* that came while a case was running */

/* The first expectation of the case that did not hold. */
static const char *failed, *failed_at;

static const struct dmacoh_window bus_windows[] = {{0, BUS_OFFSET, 0x80000000u}};

/* ---- facts ---- */

struct dmacoh *env_instance(void)
{
    return &board_dma;
}

struct dmacoh_dev *env_device(void)
{
    return &device;
}

uint32_t env_cpu(void)
{
    return dmacoh_port_cpu();
}

static uint32_t high_offset(uint32_t mem)
{
    return mem * 4u * PAGE + (env_case->mem[mem].kind == ENV_HIGH_CROSS ? PAGE - env_line() : 0u);
}

static bool is_high(uint32_t mem)
{
    return env_case->mem[mem].kind == ENV_HIGH || env_case->mem[mem].kind == ENV_HIGH_CROSS;
}

/* Highmem that every master reaches with 32 bits; 0: this board has none. */
static dmacoh_phys_t high_mib(void)
{
    return board_plan.edu_phys;
}

/* The linear map, for objects of the image. */
static dmacoh_phys_t low_phys(const void *object)
{
    return (uintptr_t)object + (board_plan.low_phys - board_plan.low_va);
}

static uintptr_t high_view;

uintptr_t env_mem_va(uint32_t mem)
{
    return is_high(mem) ? high_view + high_offset(mem) : (uintptr_t)low_memory[mem];
}

dmacoh_phys_t env_mem_phys(uint32_t mem)
{
    return is_high(mem) ? high_mib() + high_offset(mem) : low_phys(low_memory[mem]);
}

dmacoh_phys_t env_bus_to_phys(dmacoh_bus_t bus)
{
    return env_case->dev == ENV_WINDOW ? bus - BUS_OFFSET : bus;
}

dmacoh_bus_t device_bus(dmacoh_bus_t bus)
{
    return board_plan.second_bus == BUS_OFFSET ? bus : env_bus_to_phys(bus);
}

/* ---- accesses ---- */

uint8_t env_load_at(uint32_t mem, uint32_t off, const char *site)
{
    (void)site;
    return *(const volatile uint8_t *)(env_mem_va(mem) + off);
}

void env_store_at(uint32_t mem, uint32_t off, uint8_t v, const char *site)
{
    (void)site;
    *(volatile uint8_t *)(env_mem_va(mem) + off) = v;
}

/* Words of coherent buffers are descriptors: little-endian, as the masters are. */
uint32_t env_word_at(uint32_t buf, uint32_t word, const char *site)
{
    (void)site;
    return le32(((const volatile uint32_t *)state.buf[buf].va)[word]);
}

void env_set_word_at(uint32_t buf, uint32_t word, uint32_t v, const char *site)
{
    (void)site;
    ((volatile uint32_t *)state.buf[buf].va)[word] = le32(v);
}

void env_expect_at(bool cond, const char *what, const char *site)
{
    if (!cond && failed == NULL) {
        failed = what;
        failed_at = site;
    }
}

void env_padding(struct env_part p)
{
    (void)p;
}

int env_add_old_page(uint32_t region_flags)
{
    (void)region_flags;
    return DMACOH_E_UNSUPP; /* ENV_NEED_RETYPE: never called here */
}

/* Twice the caches' size, so that other lines have to go. */
void env_stir(void)
{
    volatile uint8_t *byte = restless;

    for (uint32_t i = 0; i < STIR_SIZE; i += 32u) {
        byte[i] = (uint8_t)(byte[i] + 1u);
    }
}

/* ---- waiting ---- */

static void wait_until(const uint32_t *word, uint32_t n, const char *what)
{
    const uint32_t start = board_ms();

    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) < n) {
        device_play();
        if (board_ms() - start > TIMEOUT_MS) {
            env_expect_at(false, what, ENV_SITE);
            return;
        }
    }
}

void env_signal(uint32_t i)
{
    __atomic_fetch_add(&flag[i], 1u, __ATOMIC_RELEASE);
}

void env_wait(uint32_t i, uint32_t n)
{
    wait_until(&flag[i], n, "time limit of env_wait()");
}

void env_wait_done(uint32_t n)
{
    const uint32_t start = board_ms();

    while (device_done() < n) {
        device_play();
        if (board_ms() - start > TIMEOUT_MS) {
            env_expect_at(false, "time limit of env_wait_done()", ENV_SITE);
            return;
        }
    }
}

void env_relax(void)
{
    device_play();
}

void env_doorbell(void)
{
    device_ring();
}

void env_read_register(void)
{
    device_read();
}

/* ---- set-up of a case ---- */

static void read_device(void *ctx)
{
    (void)ctx;
    device_read();
}

/* Pools of the board's records; the suite's own devices differ from them in one point each. */
static int init_device(void)
{
    struct dmacoh_dev_cfg cfg = {.limits = {.mask = DMACOH_BIT_MASK(32)},
                                 .coherent = board_edu.coherent,
                                 .bounce = board_edu.bounce};

    switch ((enum env_dev)env_case->dev) {
    case ENV_CACHED_POOL:
        cfg.bounce = &cached_pool;
        break;
    case ENV_FORCED_CACHED:
        cfg.bounce = &cached_pool;
        cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
        break;
    case ENV_FORCED:
        cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
        break;
    case ENV_GAP:
        cfg.limits.gap_mask = PAGE - 1u;
        break;
    case ENV_HOOK:
        cfg.flush_posted = read_device;
        break;
    case ENV_ORDERED:
        cfg.flags = DMACOH_DEV_IRQ_ORDERED;
        break;
    case ENV_NO_POOL:
        cfg.bounce = NULL;
        break;
    case ENV_WINDOW:
        cfg.windows = bus_windows;
        cfg.nwindows = 1;
        break;
    case ENV_NARROW:
        cfg.limits.mask = board_plan.edu_mask;
        break;
    case ENV_SNOOP:
        cfg.flags = DMACOH_DEV_COHERENT;
        break;
    case ENV_DIRECT:
        break;
    }
    return dmacoh_dev_init(&device, &board_dma, &cfg);
}

static void init_memory(void)
{
    for (uint32_t m = 0; m < ENV_MEMS; m++) {
        const uint32_t n = env_case->mem[m].lines * env_line();

        for (uint32_t off = 0; off < n; off++) {
            env_store(m, off, env_initial(m, off));
        }
    }
}

/* No granule is smaller than a line. */
static uint32_t line_shift(void)
{
    const uint32_t shift = (uint32_t)__builtin_ctz(env_line());

    return shift > LINE_SHIFT ? shift : LINE_SHIFT;
}

static int init_cached_pool(void)
{
    const struct dmacoh_region_cfg cfg = {
        .phys = low_phys(cached_pool_memory),
        .size = POOL_SIZE,
        .va = (uintptr_t)cached_pool_memory,
        .attr = DMACOH_MEM_CACHED,
        .method = DMACOH_M_NONE,
        .granule_shift = line_shift(),
        .meta = cached_pool_meta,
        .meta_size = sizeof cached_pool_meta,
    };
    const int rc = dmacoh_pool_init(&cached_pool, &board_dma, NULL);

    return rc == DMACOH_OK ? dmacoh_pool_add_region(&cached_pool, &cached_region, &cfg) : rc;
}

/* ---- the second CPU ---- */

static uint32_t order, answer;
static int online;

static void cpu1_loop(void)
{
    uint32_t seen = 0;

    online = dmacoh_cpu_online(&board_dma);
    __atomic_store_n(&answer, 1u, __ATOMIC_RELEASE);
    for (;;) {
        while (__atomic_load_n(&order, __ATOMIC_ACQUIRE) == seen) {
        }
        seen++;
        env_case->cpu[1]();
        __atomic_store_n(&answer, seen + 1u, __ATOMIC_RELEASE);
    }
}

static bool start_cpu1(void)
{
    const uint32_t start = board_ms();

    if (!board_start_cpu(1, cpu1_loop)) {
        return false;
    }
    while (__atomic_load_n(&answer, __ATOMIC_ACQUIRE) == 0) {
        if (board_ms() - start > TIMEOUT_MS) {
            return false;
        }
    }
    if (online != DMACOH_OK) {
        con_printf("# CPU 1 is refused: %s\n", dmacoh_strstatus(online));
    }
    return online == DMACOH_OK;
}

/* ---- running ---- */

static void own_irq(void)
{
    own_irqs++;
    env_case->irq();
}

/* Where in the case an interrupt comes is the timer's affair; some come after its end, and are dropped. */
static void play_cpus(uint32_t run)
{
    if (env_case->irqs != 0) {
        (void)board_interrupt_in(run, own_irq);
    }
    if (env_case->cpu[1] != NULL) {
        __atomic_fetch_add(&order, 1u, __ATOMIC_RELEASE);
    }
    env_case->cpu[0]();
    if (env_case->irqs != 0) {
        (void)board_interrupt_in(0, NULL);
    }
    if (env_case->cpu[1] != NULL) {
        wait_until(&answer, order + 1u, "time limit of CPU 1");
    }
}

static bool is_wanted(const struct env_case *c, uint32_t run, uint32_t began)
{
    if (c->irqs == 0) {
        return run < RUNS;
    }
    return run < IRQ_RUNS && board_ms() - began <= IRQ_MS;
}

static void run_case(const struct env_case *c)
{
    const uint32_t began = board_ms();

    env_case = c;
    env_state = &state;
    failed = NULL;
    for (uint32_t run = 0; failed == NULL && is_wanted(c, run, began); run++) {
        state = (struct env_state){0};
        for (uint32_t i = 0; i < ENV_FLAGS; i++) {
            flag[i] = 0;
        }
        env_expect(init_device() == DMACOH_OK);
        init_memory();
        device_reset();
        play_cpus(run);
        device_play();
        env_expect(dmacoh_dev_fini(&device) == DMACOH_OK);
    }
}

/* ARM11 MPCore with several CPUs, which is also what must not have cached bounce slots. */
bool env_lines_leave(void)
{
    return (lacks & ENV_NEED_CACHED) != 0;
}

static uint32_t missing(const struct env_case *c)
{
    const bool cached = c->dev == ENV_CACHED_POOL || c->dev == ENV_FORCED_CACHED;

    return (c->needs | (cached ? ENV_NEED_CACHED : 0u)) & lacks;
}

static const char *bit_names(uint32_t bits)
{
    static const char *const names[ENV_NEED_BITS] = {
        " CPU2",   " IRQ",   " HIGH",  " DMA",  " SNOOP", " RETYPE", " INNER",
        " DEVIRQ", " SMALL", " DIRTY", " FAST", " CPU4",  " CACHED", " COHERENT"};

    for (uint32_t i = 0; i < ENV_NEED_BITS; i++) {
        if ((bits >> i & 1u) != 0) {
            return names[i];
        }
    }
    return "";
}

static bool report(uint32_t number, const struct env_case *c)
{
    if (missing(c) != 0) {
        tap_skip(number, c->name, bit_names(missing(c)));
        return true;
    }
    run_case(c);
    if (failed != NULL) {
        tap_not_ok(number, c->name, failed, failed_at);
        return false;
    }
    tap_ok(number, c->name);
    return true;
}

static bool start(void)
{
    int rc = board_dma_init();

    if (rc == DMACOH_OK) {
        rc = init_cached_pool();
        if (rc == DMACOH_E_UNSUPP) {
            lacks |= ENV_NEED_CACHED;
            rc = DMACOH_OK;
        }
    }
    if (rc != DMACOH_OK) {
        con_printf("Bail out! the library does not start: %s\n", dmacoh_strstatus(rc));
        return false;
    }
    if (high_mib() != 0) {
        high_view = (uintptr_t)board_high_view(high_mib());
    } else {
        lacks |= ENV_NEED_HIGH;
    }
    if (!board_interrupt_in(0, NULL)) {
        lacks |= ENV_NEED_IRQ;
    }
    lacks |= ENV_NEED_RETYPE | ENV_NEED_SMALL | ENV_NEED_FAST;
    if (!board_plan.snoops) {
        lacks |= ENV_NEED_SNOOP;
    }
    if (!device_find()) {
        lacks |= ENV_NEED_DMA | ENV_NEED_DEVIRQ;
    }
    if (!start_cpu1()) {
        lacks |= ENV_NEED_CPU2 | ENV_NEED_CPU4;
    } else if (!smp_start()) {
        lacks |= ENV_NEED_CPU4;
    }
    return true;
}

/** The board's main program calls this instead of its own work. 0: every case passed or was skipped. */
int conformance_main(void);

int conformance_main(void)
{
    static const struct env_table *const tables[] = {&env_stream,  &env_bounce,  &env_sync,
                                                     &env_endings, &env_windows, &env_coherent,
                                                     &env_errors};
    uint32_t number = 0;
    uint32_t failures = 0;
    uint32_t total = SMP_CASES;

    if (!start()) {
        return 1;
    }
    for (uint32_t t = 0; t < ENV_COUNT(tables); t++) {
        total += tables[t]->n;
    }
    tap_plan(total);
    for (uint32_t t = 0; t < ENV_COUNT(tables); t++) {
        for (uint32_t i = 0; i < tables[t]->n; i++) {
            failures += report(++number, &tables[t]->cases[i]) ? 0u : 1u;
        }
    }
    for (uint32_t i = 0; i < SMP_CASES; i++) {
        failures += report(++number, &smp_cases[i]) ? 0u : 1u;
    }
    if ((lacks & ENV_NEED_IRQ) == 0 && own_irqs == 0) {
        con_printf("# no interrupt came into a case\n");
        failures++;
    }
    con_printf("# %u cases, %u failed, %u interrupts into cases\n", total, failures, own_irqs);
    return failures != 0;
}
