/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * What U-Boot's two cache functions do when the glue of examples/uboot serves them: which lines, in
 * which order, and what is left to U-Boot. The glue starts its instance once, so each test has to be a
 * process of its own, which is libcheck's way.
 */
#include "rig.h"

#include "uboot.h"

#include <pthread.h>
#include <sys/mman.h>

void __wrap_flush_dcache_range(unsigned long start, unsigned long stop);
void __wrap_invalidate_dcache_range(unsigned long start, unsigned long stop);
void __real_flush_dcache_range(unsigned long start, unsigned long stop);
void __real_invalidate_dcache_range(unsigned long start, unsigned long stop);

#define LINE     64ul
#define RAM      0x40000000ul
#define RAM_SIZE 0x100000ul

static struct fake machine;

/* --- U-Boot --- */

static bool ready;
static struct uboot_bank banks[2];
static unsigned int complaints;
static struct {
    unsigned int flushes, invals;
    unsigned long start, stop;
} real;

bool uboot_ready(void)
{
    return ready;
}

unsigned int uboot_banks(void)
{
    return 2;
}

struct uboot_bank uboot_bank(unsigned int index)
{
    struct uboot_bank bank = banks[index];

    bank.phys = bank.first;
    return bank;
}

unsigned long uboot_line(void)
{
    return LINE;
}

bool uboot_aligned(unsigned long start, unsigned long stop)
{
    const bool good = ((start | stop) & (LINE - 1)) == 0;

    complaints += !good;
    return good;
}

void __real_flush_dcache_range(unsigned long start, unsigned long stop)
{
    real.flushes++;
    real.start = start;
    real.stop = stop;
}

void __real_invalidate_dcache_range(unsigned long start, unsigned long stop)
{
    real.invals++;
    real.start = start;
    real.stop = stop;
}

/* --- the machine --- */

static void start(unsigned long first, unsigned long size)
{
    fake_init(&machine);
    ready = true;
    banks[0] = (struct uboot_bank){first, size, 0};
}

static void teardown(void)
{
    fake_free(&machine);
}

/* The next entry of the log is a barrier. */
static void expect_barrier(uint32_t *at)
{
    ck_assert_uint_lt(*at, machine.nlog);
    ck_assert_int_eq(machine.log[*at].kind, FAKE_DSB);
    (*at)++;
}

/* A barrier, the operation on n lines from first on, a barrier. */
static void expect_pass(uint32_t *at, enum fake_kind kind, unsigned long first, unsigned long n)
{
    expect_barrier(at);
    for (unsigned long i = 0; i < n; i++, (*at)++) {
        ck_assert_uint_lt(*at, machine.nlog);
        ck_assert_int_eq(machine.log[*at].kind, kind);
        ck_assert_uint_eq(machine.log[*at].at, first + i * LINE);
    }
    expect_barrier(at);
}

static void expect_flushed(unsigned long first, unsigned long n)
{
    uint32_t at = 0;

    expect_pass(&at, FAKE_CLEAN, first, n);
    expect_pass(&at, FAKE_INVAL, first, n);
    ck_assert_uint_eq(at, machine.nlog);
    ck_assert_uint_eq(real.flushes, 0);
}

static void expect_cleaned(unsigned long first, unsigned long n)
{
    uint32_t at = 0;

    expect_pass(&at, FAKE_CLEAN, first, n);
    ck_assert_uint_eq(at, machine.nlog);
    ck_assert_uint_eq(real.flushes, 0);
}

static void expect_invalidated(unsigned long first, unsigned long n)
{
    uint32_t at = 0;

    expect_pass(&at, FAKE_INVAL, first, n);
    ck_assert_uint_eq(at, machine.nlog);
    ck_assert_uint_eq(real.invals, 0);
}

/* --- whole lines --- */

START_TEST(flush_cleans_then_drops)
{
    start(RAM, RAM_SIZE);
    __wrap_flush_dcache_range(RAM + 0x1000, RAM + 0x1000 + 3 * LINE);
    expect_flushed(RAM + 0x1000, 3);
    ck_assert_uint_eq(uboot_calls()->to_device, 1);
    ck_assert_uint_eq(uboot_calls()->partial, 0);
    ck_assert_uint_eq(uboot_calls()->own, 0);
}
END_TEST

START_TEST(invalidate_drops)
{
    start(RAM, RAM_SIZE);
    __wrap_invalidate_dcache_range(RAM, RAM + 2 * LINE);
    expect_invalidated(RAM, 2);
    ck_assert_uint_eq(uboot_calls()->to_cpu, 1);
    ck_assert_uint_eq(uboot_calls()->partial, 0);
}
END_TEST

/* A CPU that does not tell its granule: the library must assume 2 KiB, U-Boot's drivers know their line. */
START_TEST(granule_larger_than_a_line)
{
    start(RAM, RAM_SIZE);
    machine.ctr &= 0xf0ffffffu;
    __wrap_flush_dcache_range(RAM + LINE, RAM + 3 * LINE);
    expect_flushed(RAM + LINE, 2);
    fake_clear();
    __wrap_invalidate_dcache_range(RAM + LINE, RAM + 3 * LINE);
    expect_invalidated(RAM + LINE, 2);
}
END_TEST

START_TEST(last_bytes_of_the_space)
{
    start(0xfff00000ul, 0x100000ul);
    __wrap_flush_dcache_range(0xffffffc0ul, 0xfffffffful);
    expect_flushed(0xffffffc0ul, 1);
}
END_TEST

/* --- any range --- */

START_TEST(flush_takes_every_line_it_touches)
{
    start(RAM, RAM_SIZE);
    for (unsigned long from = RAM + LINE; from < RAM + 2 * LINE; from++) {
        for (unsigned long len = 1; len <= 3 * LINE; len++) {
            const unsigned long first = from & ~(LINE - 1);
            const unsigned long n = ((from + len - 1) & ~(LINE - 1)) / LINE - first / LINE + 1;

            fake_clear();
            __wrap_flush_dcache_range(from, from + len);
            expect(fake_count(FAKE_CLEAN) == n && fake_count(FAKE_INVAL) == n);
            expect(machine.log[1].at == first);
        }
    }
    ck_assert_uint_eq(real.flushes, 0);
    ck_assert_uint_eq(uboot_calls()->partial, complaints);
}
END_TEST

/* A line that holds other data as well is not dropped; without a whole line it is U-Boot's. */
START_TEST(invalidate_takes_every_line_it_covers)
{
    start(RAM, RAM_SIZE);
    for (unsigned long from = RAM + LINE; from < RAM + 2 * LINE; from++) {
        for (unsigned long len = 1; len <= 3 * LINE; len++) {
            const unsigned long first = (from + LINE - 1) & ~(LINE - 1);
            const unsigned long end = (from + len) & ~(LINE - 1);
            const unsigned long n = first < end ? (end - first) / LINE : 0;
            const unsigned int before = real.invals;

            fake_clear();
            __wrap_invalidate_dcache_range(from, from + len);
            expect(fake_count(FAKE_INVAL) == n && fake_count(FAKE_CLEAN) == 0);
            expect(n == 0 || machine.log[1].at == first);
            expect(real.invals - before == (n == 0));
        }
    }
    ck_assert_uint_eq(uboot_calls()->refused, real.invals);
    ck_assert_uint_eq(uboot_calls()->partial, complaints);
}
END_TEST

/* --- the library's own memory: between the passes it stores there, so the second one is left out --- */

START_TEST(flush_keeps_its_own_variables)
{
    const unsigned long own = (unsigned long)uboot_calls();
    const unsigned long line = own & ~(LINE - 1);

    ck_assert_uint_lt(own, 1ul << 32);
    start(own & ~0xffffful, 0x200000ul);
    __wrap_flush_dcache_range(line, line + LINE);
    expect_cleaned(line, 1);
    ck_assert_uint_eq(uboot_calls()->own, 1);
    fake_clear();
    __wrap_flush_dcache_range(banks[0].first, banks[0].first + banks[0].size);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), banks[0].size / LINE);
    ck_assert_uint_eq(fake_count(FAKE_INVAL), 0);
    ck_assert_uint_eq(uboot_calls()->own, 2);
}
END_TEST

/* Lines around a variable of the caller: below it are the frames of the glue and of the library. */
static void *flush_around(void *arg)
{
    volatile char variable = 0;
    const unsigned long line = (unsigned long)&variable & ~(LINE - 1);

    (void)arg;
    __wrap_flush_dcache_range(line - 4 * LINE, line + LINE);
    return NULL;
}

/* The whole of RAM, and the stack somewhere in it. */
static void *flush_all(void *arg)
{
    (void)arg;
    __wrap_flush_dcache_range(banks[0].first, banks[0].first + banks[0].size);
    return NULL;
}

/* As U-Boot: on a stack that is in the RAM of the machine. */
static void run_on_stack(void *(*fn)(void *), unsigned long lines)
{
    const size_t size = 0x100000;
    char *const low =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    pthread_attr_t attr;
    pthread_t thread;

    ck_assert_ptr_ne(low, MAP_FAILED);
    start((unsigned long)low, size);
    ck_assert_int_eq(pthread_attr_init(&attr), 0);
    ck_assert_int_eq(pthread_attr_setstack(&attr, low, size), 0);
    ck_assert_int_eq(pthread_create(&thread, &attr, fn, NULL), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    (void)pthread_attr_destroy(&attr);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), lines);
    ck_assert_uint_eq(fake_count(FAKE_INVAL), 0);
    ck_assert_uint_eq(uboot_calls()->own, 1);
    (void)munmap(low, size);
}

START_TEST(flush_keeps_its_stack)
{
    run_on_stack(flush_around, 5);
}
END_TEST

START_TEST(flush_of_everything_keeps_its_stack)
{
    run_on_stack(flush_all, 0x100000 / LINE);
}
END_TEST

/* --- what is left to U-Boot --- */

static void expect_left(unsigned long from, unsigned long to, unsigned int refused)
{
    const unsigned int flushes = real.flushes, invals = real.invals;

    fake_clear();
    __wrap_flush_dcache_range(from, to);
    ck_assert_uint_eq(real.flushes, flushes + 1);
    ck_assert_uint_eq(real.start, from);
    ck_assert_uint_eq(real.stop, to);
    real.start = real.stop = 0;
    __wrap_invalidate_dcache_range(from, to);
    ck_assert_uint_eq(real.invals, invals + 1);
    ck_assert_uint_eq(real.start, from);
    ck_assert_uint_eq(real.stop, to);
    ck_assert_uint_eq(machine.nlog, 0);
    ck_assert_uint_eq(uboot_calls()->refused, refused);
}

START_TEST(before_relocation_nothing_is_touched)
{
    struct uboot_report report;

    start(RAM, RAM_SIZE);
    ready = false;
    expect_left(RAM, RAM + LINE, 0);
    uboot_report(&report);
    ck_assert_uint_eq(report.line, 0); /* not even started */
    ready = true;
    __wrap_flush_dcache_range(RAM, RAM + LINE);
    uboot_report(&report);
    ck_assert_uint_eq(report.line, LINE);
}
END_TEST

START_TEST(not_memory)
{
    start(RAM, RAM_SIZE);
    expect_left(0x1000, 0x2000, 2);
    expect_left(RAM + RAM_SIZE - LINE, RAM + RAM_SIZE + LINE, 4);
}
END_TEST

START_TEST(second_bank)
{
    start(RAM, RAM_SIZE);
    banks[1] = (struct uboot_bank){2 * RAM, RAM_SIZE, 0};
    __wrap_flush_dcache_range(2 * RAM, 2 * RAM + LINE);
    expect_flushed(2 * RAM, 1);
}
END_TEST

START_TEST(empty_and_reversed)
{
    start(RAM, RAM_SIZE);
    expect_left(RAM, RAM, 0);
    expect_left(RAM + LINE, RAM, 0);
}
END_TEST

START_TEST(no_instance)
{
    struct uboot_report report;

    start(RAM, 0);
    expect_left(RAM, RAM + LINE, 2);
    banks[0].size = RAM_SIZE; /* it is tried once */
    expect_left(RAM, RAM + LINE, 4);
    uboot_report(&report);
    ck_assert_int_eq(report.status, DMACOH_E_INVAL);
    ck_assert_uint_eq(report.line, 0);
}
END_TEST

START_TEST(report)
{
    struct uboot_report now;

    start(RAM, RAM_SIZE);
    __wrap_flush_dcache_range(RAM, RAM + 2 * LINE);
    __wrap_invalidate_dcache_range(RAM, RAM + 5 * LINE);
    uboot_report(&now);
    ck_assert_int_eq(now.status, DMACOH_OK);
    ck_assert_uint_eq(now.calls.to_device, 1);
    ck_assert_uint_eq(now.calls.to_cpu, 1);
    ck_assert_uint_eq(now.lines_clean, 2);
    ck_assert_uint_eq(now.lines_inval, 2 + 5);
    ck_assert_uint_eq(now.barriers, 6);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("uboot");
    TCase *t = tcase_create("glue");

    tcase_add_checked_fixture(t, NULL, teardown);
    tcase_add_test(t, flush_cleans_then_drops);
    tcase_add_test(t, invalidate_drops);
    tcase_add_test(t, granule_larger_than_a_line);
    tcase_add_test(t, last_bytes_of_the_space);
    tcase_add_test(t, flush_takes_every_line_it_touches);
    tcase_add_test(t, invalidate_takes_every_line_it_covers);
    tcase_add_test(t, flush_keeps_its_own_variables);
    tcase_add_test(t, flush_keeps_its_stack);
    tcase_add_test(t, flush_of_everything_keeps_its_stack);
    tcase_add_test(t, before_relocation_nothing_is_touched);
    tcase_add_test(t, not_memory);
    tcase_add_test(t, second_bank);
    tcase_add_test(t, empty_and_reversed);
    tcase_add_test(t, no_instance);
    tcase_add_test(t, report);
    suite_add_tcase(s, t);
    return rig_run(s);
}
