/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "scenes.h"

#include <dmacoh/dmacoh.h>
#include <dmacoh/port.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "tiny.h"
#include "tp_place.h"

#define LEN 128u

/* Where the wrong line is: on the line that sets it. */
static unsigned line;
#define MARK() (line = __LINE__)

static struct dmacoh_map map;
static uint8_t *buf;
static volatile uint8_t sink;

static void start_dev(const struct dmacoh_dev_cfg *dev, const struct sim_host_device_cfg *flags)
{
    tp_place_init_dev(6, dev);
    tiny_add(flags);
    memset(&map, 0, sizeof map);
    buf = sim_host_alloc(4096, 4096);
}

static void start(void)
{
    const struct dmacoh_dev_cfg dev = {.limits = {.mask = DMACOH_BIT_MASK(32)}};
    const struct sim_host_device_cfg flags = {0};

    start_dev(&dev, &flags);
}

static void map_buf(uint32_t len, enum dmacoh_dir dir, uint32_t attrs)
{
    sim_expect(dmacoh_map_single(&tp_place.dev, &map, buf, len, dir, attrs) == DMACOH_OK);
}

static void unmap(void)
{
    sim_expect(dmacoh_unmap(&map) == DMACOH_OK);
}

static void expect_data(const uint8_t *data, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        sim_expect(data[i] == tiny_byte(i));
    }
}

/* ---- right ---- */

static void right_receive(void *arg)
{
    (void)arg;
    start();
    memset(buf, 0x11, 4096);
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    tiny_start(map.bus, 100, TINY_WRITE); /* short: the rest keeps its value */
    tiny_wait();
    unmap();
    expect_data(buf, 100);
    for (uint32_t i = 100; i < LEN; i++) {
        sim_expect(buf[i] == 0x11);
    }
    tp_place_fini();
}

static void right_send(void *arg)
{
    (void)arg;
    start();
    for (uint32_t i = 0; i < LEN; i++) {
        buf[i] = (uint8_t)i;
    }
    map_buf(LEN, DMACOH_TO_DEVICE, 0);
    tiny_start(map.bus, LEN, TINY_READ);
    sim_expect(buf[5] == 5); /* reading is allowed meanwhile */
    tiny_wait();
    unmap();
    sim_expect(tiny.seen[0] == 0 && tiny.seen[LEN - 1u] == LEN - 1u);
    tp_place_fini();
}

/* Both ends of the buffer share their lines with variables of the driver: bounced whole. */
static void right_bounce(void *arg)
{
    (void)arg;
    start();
    buf += 8;
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    sim_expect(dmacoh_map_bounced(&map) == LEN);
    buf[-1] = 1;
    buf[LEN] = 2;
    tiny_start(map.bus, LEN, TINY_WRITE);
    tiny_wait();
    buf[-1]++;
    unmap();
    expect_data(buf, LEN);
    sim_expect(buf[-1] == 2 && buf[LEN] == 2);
    tp_place_fini();
}

/* The same as a scatter list: only the edge lines are bounced. */
static void right_edges(void *arg)
{
    static struct dmacoh_seg in[1];
    static struct dmacoh_bseg out[3];

    (void)arg;
    start();
    buf += 8;
    in[0] = (struct dmacoh_seg){sim_host_phys(buf), 200, 0};
    sim_expect(dmacoh_map_segs(&tp_place.dev, &map, in, 1, out, 3, DMACOH_FROM_DEVICE, 0) ==
               DMACOH_OK);
    sim_expect(map.nsegs == 3);
    buf[-1] = 1;
    for (uint32_t i = 0; i < 3; i++) {
        tiny.done = 0;
        tiny_start(out[i].addr, out[i].len, TINY_WRITE);
        tiny_wait();
    }
    unmap();
    expect_data(buf, out[0].len);
    expect_data(buf + out[0].len, out[1].len);
    sim_expect(buf[-1] == 1);
    tp_place_fini();
}

static void right_parts(void *arg)
{
    (void)arg;
    start();
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    tiny_start(map.bus, 64, TINY_WRITE);
    tiny_wait();
    sim_expect(dmacoh_sync_for_cpu(&map, 0, 10) == DMACOH_OK);
    expect_data(buf, 64); /* whole lines change hands */
    sim_expect(dmacoh_sync_for_device(&map, 0, 10) == DMACOH_OK);
    unmap();
    tp_place_fini();
}

static void right_skip_sync(void *arg)
{
    (void)arg;
    start();
    map_buf(LEN, DMACOH_FROM_DEVICE, DMACOH_ATTR_SKIP_SYNC);
    buf[0] = 1;
    sim_expect(dmacoh_sync_for_device(&map, 0, LEN) == DMACOH_OK);
    tiny_start(map.bus, LEN, TINY_WRITE);
    tiny_wait();
    sim_expect(dmacoh_sync_for_cpu(&map, 0, LEN) == DMACOH_OK);
    expect_data(buf, LEN);
    unmap();
    tp_place_fini();
}

static void right_overwrite(void *arg)
{
    (void)arg;
    start();
    memset(buf, 0x77, LEN);
    map_buf(LEN, DMACOH_FROM_DEVICE, DMACOH_ATTR_OVERWRITE);
    tiny_start(map.bus, LEN, TINY_WRITE);
    tiny_wait();
    unmap();
    expect_data(buf, LEN);
    tp_place_fini();
}

static void right_shared_handle(void *arg)
{
    (void)arg;
    start();
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    sim_expect(dmacoh_map_ref(&map) == DMACOH_OK);
    unmap();
    tiny_start(map.bus, LEN, TINY_WRITE); /* still mapped */
    tiny_wait();
    unmap();
    expect_data(buf, LEN);
    tp_place_fini();
}

static void right_two_readers(void *arg)
{
    static struct dmacoh_map second;

    (void)arg;
    start();
    memset(&second, 0, sizeof second);
    buf[0] = 9;
    map_buf(LEN, DMACOH_TO_DEVICE, 0);
    sim_expect(dmacoh_map_single(&tp_place.dev, &second, buf, 64, DMACOH_TO_DEVICE, 0) ==
               DMACOH_OK);
    unmap();
    tiny_start(second.bus, 64, TINY_READ);
    tiny_wait();
    sim_expect(tiny.seen[0] == 9);
    sim_expect(dmacoh_unmap(&second) == DMACOH_OK);
    tp_place_fini();
}

/* A buffer that stays mapped, written again and again; other mappings come and go meanwhile. */
static void right_kept_mapping(void *arg)
{
    static struct dmacoh_map other;

    (void)arg;
    start();
    memset(&other, 0, sizeof other);
    map_buf(LEN, DMACOH_TO_DEVICE, 0);
    for (uint8_t i = 1; i < 4; i++) {
        sim_expect(dmacoh_sync_for_cpu(&map, 0, LEN) == DMACOH_OK);
        buf[0] = i;
        sim_expect(dmacoh_map_single(&tp_place.dev, &other, buf + 1024, 64, DMACOH_TO_DEVICE, 0) ==
                   DMACOH_OK);
        buf[1] = i;
        sim_expect(dmacoh_unmap(&other) == DMACOH_OK);
        buf[2] = i;
        sim_expect(dmacoh_sync_for_device(&map, 0, LEN) == DMACOH_OK);
        tiny.done = 0;
        tiny_start(map.bus, LEN, TINY_READ);
        tiny_wait();
        sim_expect(tiny.seen[0] == i && tiny.seen[1] == i && tiny.seen[2] == i);
    }
    unmap();
    tp_place_fini();
}

static void right_abandon(void *arg)
{
    (void)arg;
    start();
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    sim_expect(dmacoh_map_abandon(&map) == DMACOH_OK);
    tiny_start(sim_host_phys(buf), LEN, TINY_WRITE); /* it could not be stopped */
    tiny_wait();
}

static void right_snooping(void *arg)
{
    const struct dmacoh_dev_cfg dev = {.limits = {.mask = DMACOH_BIT_MASK(32)},
                                       .flags = DMACOH_DEV_COHERENT};
    const struct sim_host_device_cfg flags = {.snoops = true};

    (void)arg;
    start_dev(&dev, &flags);
    memset(buf, 3, LEN);
    map_buf(LEN, DMACOH_BIDIRECTIONAL, 0);
    tiny_start(map.bus, LEN, TINY_READ);
    tiny_wait();
    sim_expect(tiny.seen[LEN - 1u] == 3);
    tiny.done = 0;
    tiny_start(map.bus, LEN, TINY_WRITE);
    tiny_wait();
    unmap();
    expect_data(buf, LEN);
    tp_place_fini();
}

static void right_bus_window(void *arg)
{
    static const struct dmacoh_window window = {0x40000000u, 0x8000u, 0x100000u};
    const struct dmacoh_dev_cfg dev = {
        .limits = {.mask = DMACOH_BIT_MASK(32)}, .windows = &window, .nwindows = 1};
    const struct sim_host_device_cfg flags = {
        .bus = 0x8000u, .bus_phys = 0x40000000u, .bus_size = 0x100000u};

    (void)arg;
    start_dev(&dev, &flags);
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    sim_expect(map.bus < 0x40000000u);
    tiny_start(map.bus, LEN, TINY_WRITE);
    tiny_wait();
    unmap();
    expect_data(buf, LEN);
    tp_place_fini();
}

static void right_objects(void *arg)
{
    static _Alignas(DMACOH_META_ALIGN) unsigned char meta[DMACOH_OBJPOOL_META(2)];
    const struct dmacoh_objpool_cfg cfg = {
        .size = 64, .max_slabs = 2, .meta = meta, .meta_size = sizeof meta};
    static struct dmacoh_objpool pool;
    struct dmacoh_obj obj = {0};

    (void)arg;
    start();
    sim_expect(dmacoh_objpool_init(&pool, &tp_place.dev, &cfg) == DMACOH_OK);
    sim_expect(dmacoh_objpool_alloc(&pool, &obj) == DMACOH_OK);
    ((volatile uint32_t *)obj.va)[3] = 0x12345678u;
    dmacoh_desc_publish(&tp_place.dev);
    tiny_start(obj.bus, 64, TINY_READ);
    tiny_wait();
    sim_expect(tiny.seen[12] == 0x78 && tiny.seen[0] == 0);
    sim_expect(dmacoh_objpool_free(&pool, &obj) == DMACOH_OK);
    sim_expect(dmacoh_objpool_fini(&pool) == DMACOH_OK);
    tp_place_fini();
}

/* A copy whose source and destination cross pages, in pieces as wide as the C library likes. */
static void right_wide_copy(void *arg)
{
    struct dmacoh_buf coherent = {0};
    uint8_t *from;

    (void)arg;
    start();
    from = sim_host_alloc(8192, 4096);
    for (uint32_t i = 0; i < 200; i++) {
        from[4000 + i] = (uint8_t)i;
    }
    memcpy(buf + 1, from + 4000, 200);
    sim_expect(memcmp(buf + 1, from + 4000, 200) == 0);
    sim_expect(dmacoh_alloc(&tp_place.dev, &coherent, 8192, 0) == DMACOH_OK);
    memcpy((uint8_t *)coherent.va + 4001, from + 4000, 200);
    dmacoh_desc_publish(&tp_place.dev);
    tiny_start(coherent.bus + 4001, 200, TINY_READ);
    tiny_wait();
    sim_expect(memcmp(tiny.seen, from + 4000, 200) == 0);
    sim_expect(dmacoh_free(&coherent) == DMACOH_OK);
    tp_place_fini();
}

static void not_in_the_map(void *arg)
{
    uint8_t local[64];
    void *heap = malloc(64);

    (void)arg;
    start();
    sim_expect(dmacoh_map_single(&tp_place.dev, &map, local, 64, DMACOH_TO_DEVICE, 0) ==
               DMACOH_E_NOMAP);
    sim_expect(dmacoh_map_single(&tp_place.dev, &map, heap, 64, DMACOH_TO_DEVICE, 0) ==
               DMACOH_E_NOMAP);
    sim_expect(sim_host_phys(heap) == ~(uint64_t)0);
    free(heap);
    tp_place_fini();
}

/* ---- the CPU's part ---- */

static void read_owned(void *arg)
{
    (void)arg;
    start();
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    MARK(), sink = buf[LEN - 1u];
}

static void write_owned(void *arg)
{
    (void)arg;
    start();
    map_buf(LEN, DMACOH_TO_DEVICE, 0);
    MARK(), buf[3] = 1;
}

static void read_beyond_sync(void *arg)
{
    (void)arg;
    start();
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    sim_expect(dmacoh_sync_for_cpu(&map, 0, 64) == DMACOH_OK);
    sink = buf[63];
    MARK(), sink = buf[64];
}

static void read_bounced(void *arg)
{
    (void)arg;
    start();
    buf += 8;
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    MARK(), sink = buf[0];
}

static void shared_line(void *arg)
{
    (void)arg;
    start();
    map_buf(100, DMACOH_FROM_DEVICE, DMACOH_ATTR_EDGES_OWNED);
    MARK(), buf[101] = 1;
}

static void lost_neighbour(void *arg)
{
    (void)arg;
    start();
    map_buf(100, DMACOH_FROM_DEVICE, DMACOH_ATTR_EDGES_OWNED | DMACOH_ATTR_SKIP_SYNC);
    buf[101] = 1;
    MARK(), (void)dmacoh_sync_for_cpu(&map, 0, 100);
}

static void use_after_free(void *arg)
{
    struct dmacoh_buf coherent = {0};

    (void)arg;
    start();
    sim_expect(dmacoh_alloc(&tp_place.dev, &coherent, 64, 0) == DMACOH_OK);
    const volatile uint8_t *va = coherent.va;
    sim_expect(dmacoh_free(&coherent) == DMACOH_OK);
    MARK(), sink = va[0];
}

static void pool_memory(void *arg)
{
    (void)arg;
    start();
    MARK(), *(volatile uint8_t *)sim_host_uncached().va = 1;
}

static void mapped_twice(void *arg)
{
    static struct dmacoh_map second;

    (void)arg;
    start();
    memset(&second, 0, sizeof second);
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    MARK(), (void)dmacoh_map_single(&tp_place.dev, &second, buf, 64, DMACOH_TO_DEVICE, 0);
}

/* The device record lies about the device. */
static void false_coherence(void *arg)
{
    const struct dmacoh_dev_cfg dev = {.limits = {.mask = DMACOH_BIT_MASK(32)},
                                       .flags = DMACOH_DEV_COHERENT};
    const struct sim_host_device_cfg flags = {0};

    (void)arg;
    start_dev(&dev, &flags);
    sink = buf[0];
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    tiny_start(map.bus, LEN, TINY_WRITE);
    tiny_wait();
    unmap();
    MARK(), sink = buf[0];
    sim_expect(sink == tiny_byte(0));
}

static void false_coherence_send(void *arg)
{
    const struct dmacoh_dev_cfg dev = {.limits = {.mask = DMACOH_BIT_MASK(32)},
                                       .flags = DMACOH_DEV_COHERENT};
    const struct sim_host_device_cfg flags = {0};

    (void)arg;
    start_dev(&dev, &flags);
    buf[0] = 0x55;
    MARK(), (void)dmacoh_map_single(&tp_place.dev, &map, buf, LEN, DMACOH_TO_DEVICE, 0);
    tiny_start(map.bus, LEN, TINY_READ);
    tiny_wait();
    unmap();
}

/* ---- the device's part ---- */

static void direction(void *arg)
{
    (void)arg;
    start();
    MARK(), (void)dmacoh_map_single(&tp_place.dev, &map, buf, LEN, DMACOH_TO_DEVICE, 0);
    tiny_start(map.bus, LEN, TINY_WRITE);
    tiny_wait();
}

static void unmapped_early(void *arg)
{
    (void)arg;
    start();
    map_buf(LEN, DMACOH_TO_DEVICE, 0);
    tiny_start(map.bus, LEN, TINY_READ);
    while (sim_host_random(4) != 0) {
        sim_relax();
    }
    MARK(), (void)dmacoh_unmap(&map);
    tiny_wait();
}

static void never_mapped(void *arg)
{
    (void)arg;
    start();
    tiny_start(sim_host_phys(buf), LEN, TINY_READ);
    tiny_wait();
}

static void no_memory(void *arg)
{
    (void)arg;
    start();
    tiny_start((uintptr_t)buf, LEN, TINY_READ); /* a virtual address */
    tiny_wait();
}

static void late_write(void *arg)
{
    (void)arg;
    start();
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    tiny_start(map.bus, LEN, TINY_WRITE);
    while (tiny.done == 0) {
        sim_relax(); /* no register is read: nothing says that the data has landed */
    }
    unmap();
    sim_relax();
}

static void read_status(void *ctx)
{
    (void)ctx;
    (void)sim_mmio_read32(tiny_reg(TINY_STATUS));
}

static void late_write_with_hook(void *arg)
{
    const struct dmacoh_dev_cfg dev = {.limits = {.mask = DMACOH_BIT_MASK(32)},
                                       .flush_posted = read_status};
    const struct sim_host_device_cfg flags = {0};

    (void)arg;
    start_dev(&dev, &flags);
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    tiny_start(map.bus, LEN, TINY_WRITE);
    while (tiny.done == 0) {
        sim_relax();
    }
    unmap();
    expect_data(buf, LEN);
    tp_place_fini();
}

static volatile uint32_t taken;

static void count_irq(void *arg)
{
    (void)arg;
    sim_expect(dmacoh_port_context() == (DMACOH_CTX_IRQS_OFF | DMACOH_CTX_IRQ));
    taken++;
}

static void late_write_with_msi(void *arg)
{
    const struct dmacoh_dev_cfg dev = {.limits = {.mask = DMACOH_BIT_MASK(32)}};
    const struct sim_host_device_cfg flags = {.irq_ordered = true};

    (void)arg;
    taken = 0;
    start_dev(&dev, &flags);
    tiny.irq = sim_host_irq(count_irq, NULL);
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    const uintptr_t irq = dmacoh_port_irq_save();

    tiny_start(map.bus, LEN, TINY_WRITE);
    for (uint32_t i = 0; i < 100; i++) {
        sim_relax();
        sim_expect(taken == 0); /* masked */
    }
    dmacoh_port_irq_restore(irq);
    while (taken == 0) {
        sim_relax();
    }
    unmap();
    expect_data(buf, LEN);
    tp_place_fini();
}

/* ---- order ---- */

static struct dmacoh_buf ring;

static volatile uint32_t *ring_start(void)
{
    memset(&ring, 0, sizeof ring);
    sim_expect(dmacoh_alloc(&tp_place.dev, &ring, 64, 0) == DMACOH_OK);
    dmacoh_desc_publish(&tp_place.dev);
    return ring.va;
}

static void doorbell(void *arg)
{
    (void)arg;
    start();
    volatile uint32_t *desc = ring_start();

    desc[0] = 1;
    MARK(), sim_mmio_write32(tiny_reg(TINY_GO), 0);
}

static void not_a_doorbell(void *arg)
{
    (void)arg;
    start();
    volatile uint32_t *desc = ring_start();

    desc[0] = 1;
    sim_mmio_write32(tiny_reg(TINY_LEN), 0);
}

static void give(bool barrier)
{
    start();
    volatile uint32_t *desc = ring_start();

    map_buf(64, DMACOH_FROM_DEVICE, 0);
    sim_mmio_write32(tiny_reg(TINY_RING), (uint32_t)ring.bus);
    desc[0] = (uint32_t)map.bus;
    if (barrier) {
        dmacoh_wmb(&tp_place.dev);
    }
    desc[1] = 1;
    tiny_wait();
    unmap();
    expect_data(buf, 64);
}

static void with_wmb(void *arg)
{
    (void)arg;
    give(true);
}

static void without_wmb(void *arg)
{
    (void)arg;
    give(false);
}

/* ---- registers by plain accesses ---- */

static void plain_registers(void *arg)
{
    (void)arg;
    start();
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    *(volatile uint32_t *)tiny_reg(TINY_ADDR) = (uint32_t)map.bus;
    *(volatile uint32_t *)tiny_reg(TINY_LEN) = LEN;
    *(volatile uint32_t *)tiny_reg(TINY_GO) = TINY_WRITE;
    while (*(volatile uint32_t *)tiny_reg(TINY_STATUS) == 0) {
    }
    unmap();
    expect_data(buf, LEN);
    tp_place_fini();
}

static void plain_doorbell(void *arg)
{
    (void)arg;
    start();
    volatile uint32_t *desc = ring_start();
    volatile uint32_t *go = (volatile uint32_t *)tiny_reg(TINY_GO);

    desc[0] = 1;
    MARK(), *go = 0;
}

/* ---- the test's own errors ---- */

static void endless(void *arg)
{
    (void)arg;
    start();
    MARK(), tiny_wait();
}

static void expectation(void *arg)
{
    (void)arg;
    MARK(), sim_expect(sim_host_random(2) > 2);
}

static void no_register(void *arg)
{
    (void)arg;
    start();
    MARK(), sim_mmio_write32(0x1000, 0);
}

static void device_pointer(void *arg)
{
    (void)arg;
    start();
    map_buf(LEN, DMACOH_FROM_DEVICE, 0);
    tiny.pointer = true;
    tiny.into = buf;
    tiny_start(map.bus, LEN, TINY_WRITE);
    tiny_wait();
}

static void nobody(int sig)
{
    (void)sig;
}

static void own_handler(void *arg)
{
    (void)arg;
    start();
    (void)signal(SIGSEGV, nobody);
    MARK(), (void)dmacoh_map_single(&tp_place.dev, &map, buf, LEN, DMACOH_TO_DEVICE, 0);
}

#define RIGHT(fn)                                                                                  \
    {                                                                                              \
#fn, fn, SIM_OK, SIM_OK, SIM_OK, NULL, NULL                                                \
    }
#define WRONG(fn, bug, says)                                                                       \
    {                                                                                              \
#fn, fn, bug, bug, bug, says, NULL                                                         \
    }
#define WRONG_AT(fn, bug, says)                                                                    \
    {                                                                                              \
#fn, fn, bug, bug, bug, says, &line                                                        \
    }
/* What is seen with single steps only, and what is seen without. */
#define STEPS(fn, bug, portable, says)                                                             \
    {                                                                                              \
#fn, fn, bug, bug, portable, says, NULL                                                    \
    }
#define STEPS_AT(fn, bug, portable, says)                                                          \
    {                                                                                              \
#fn, fn, bug, bug, portable, says, &line                                                   \
    }

const struct tp_scene tp_scenes[] = {
    RIGHT(right_receive),
    RIGHT(right_send),
    RIGHT(right_bounce),
    RIGHT(right_edges),
    RIGHT(right_parts),
    RIGHT(right_skip_sync),
    RIGHT(right_overwrite),
    RIGHT(right_shared_handle),
    RIGHT(right_two_readers),
    RIGHT(right_kept_mapping),
    RIGHT(right_abandon),
    RIGHT(right_snooping),
    RIGHT(right_bus_window),
    RIGHT(right_objects),
    RIGHT(right_wide_copy),
    RIGHT(not_in_the_map),
    RIGHT(late_write_with_hook),
    RIGHT(late_write_with_msi),
    RIGHT(not_a_doorbell),
    RIGHT(with_wmb),
    STEPS(plain_registers, SIM_OK, SIM_FAULT, NULL),
    WRONG_AT(read_owned, SIM_OWNED, "FROM_DEVICE"),
    WRONG_AT(write_owned, SIM_OWNED, "TO_DEVICE"),
    STEPS_AT(read_beyond_sync, SIM_OWNED, SIM_OK, "reads"),
    WRONG_AT(read_bounced, SIM_OWNED, "bounce"),
    STEPS_AT(shared_line, SIM_SHARED_LINE, SIM_OK, "cache line"),
    WRONG_AT(lost_neighbour, SIM_DIRTY_LOST, "drops"),
    WRONG_AT(use_after_free, SIM_OWNED, "freed"),
    WRONG_AT(pool_memory, SIM_OWNED, "pool"),
    WRONG_AT(mapped_twice, SIM_OWNED, "again"),
    {"false_coherence", false_coherence, SIM_EXPECT, SIM_STALE_CPU, SIM_EXPECT, NULL, &line},
    WRONG_AT(false_coherence_send, SIM_STALE_DEV, "0x55"),
    WRONG_AT(direction, SIM_DIRECTION, "TO_DEVICE"),
    WRONG(unmapped_early, SIM_NOT_MAPPED, "unmapped it"),
    WRONG(never_mapped, SIM_NOT_MAPPED, "no buffer"),
    WRONG(no_memory, SIM_NOT_MAPPED, "no memory"),
    WRONG(late_write, SIM_NOT_MAPPED, "after the driver has taken"),
    STEPS_AT(doorbell, SIM_DOORBELL, SIM_OK, "publish"),
    STEPS(without_wmb, SIM_NOT_MAPPED, SIM_OK, "wmb"),
    STEPS_AT(plain_doorbell, SIM_DOORBELL, SIM_FAULT, "publish"),
    WRONG(endless, SIM_LIVELOCK, "steps"),
    WRONG_AT(expectation, SIM_EXPECT, "sim_host_random(2) > 2"),
    WRONG_AT(no_register, SIM_FAULT, "no device"),
    WRONG(device_pointer, SIM_EXPECT, "callback"),
    WRONG_AT(own_handler, SIM_EXPECT, "SIGSEGV"),
};
const unsigned tp_nscenes = sizeof tp_scenes / sizeof tp_scenes[0];

const struct tp_scene *tp_scene(const char *name)
{
    for (unsigned i = 0; i < tp_nscenes; i++) {
        if (strcmp(tp_scenes[i].name, name) == 0) {
            return &tp_scenes[i];
        }
    }
    abort();
}
