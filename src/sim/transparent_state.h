/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file transparent_state.h
 * @brief The machine of transparent mode, private. There is one, in static storage.
 *
 * Two arenas of RAM. Each has two mappings of one memory file: `cpu`, which the driver gets and which
 * is protected, and `view`, the machine's own, which never is. `dram` is what devices see. In the
 * cacheable arena a line is dirty where view differs from `synced`, its contents when it was last
 * equal to DRAM; a line that is not present shows whatever DRAM holds. In the uncached arena view and
 * dram differ where a store is posted.
 */
#ifndef DMACOH_SIM_TRANSPARENT_STATE_H
#define DMACOH_SIM_TRANSPARENT_STATE_H

#include <dmacoh-sim/transparent.h>
#include <dmacoh/types.h>
#include <setjmp.h>
#include <signal.h>

#include "insn/sim_insn.h"

/* One instruction at a time needs the trap flag of x86-64. */
#ifndef TP_SINGLE_STEP
#if defined(__x86_64__) && defined(__linux__)
#define TP_SINGLE_STEP 1
#else
#define TP_SINGLE_STEP 0
#endif
#endif

#define TP_PAGE        4096u
#define TP_DEVICES     4
#define TP_IRQS        4
#define TP_STORES      64  /* a store buffer is finite */
#define TP_CMOS        128 /* cache operations under way */
#define TP_DEV_WRITES  64  /* posted writes of a device, at most TP_WRITE_MAX bytes each */
#define TP_WRITE_MAX   64u
#define TP_STORE_MAX   64u
#define TP_FRAMES      24
#define TP_HISTORY     1024
#define TP_CACHED_PA   0x40000000u
#define TP_UNCACHED_PA 0x50000000u

struct tp_arena {
    uint64_t phys;
    uint32_t size, line;
    bool cached;
    uint8_t *cpu, *view, *dram;
    uint8_t *synced, *truth, *known;
    uint8_t *own;              /* enum sim_owner, a byte each */
    uint8_t *present, *active; /* a line each */
    uint32_t *list;            /* active lines */
    uint32_t nlist;
    uint16_t *denied, *readonly; /* a page each: bytes the CPU may not touch, or not write */
    int *prot;
};

/* A store to uncached memory that no device has seen yet. */
struct tp_store {
    uint32_t off, len, epoch;
    uint8_t data[TP_STORE_MAX];
};

struct tp_cmo {
    enum sim_insn_cache op;
    uint32_t line;
};

struct tp_dev_write {
    uint64_t phys;
    uint32_t len;
    uint8_t data[TP_WRITE_MAX];
};

struct sim_host_device {
    struct sim_host_device_cfg cfg;
    uint8_t *regs;
    size_t reg_bytes;
    bool busy;
    struct tp_dev_write write[TP_DEV_WRITES];
    uint32_t first, nwrites;
};

/* What the driver did to a range, for reports. */
enum tp_deed {
    TP_MAPPED,
    TP_SYNCED_CPU,
    TP_SYNCED_DEVICE,
    TP_UNMAPPED,
    TP_ALLOCATED,
    TP_FREED
};
struct tp_history {
    uint64_t phys, len;
    uintptr_t pc;
    enum tp_deed deed;
    enum dmacoh_dir dir;
};

/* Where something happened: PCs for addr2line, innermost first. */
struct tp_site {
    uintptr_t pc[TP_FRAMES];
    uint32_t n;
};

/* Where the driver has entered the machine: a call's return address, or the PC of an access. */
struct tp_entry {
    uintptr_t pc;
    bool exact;
};

struct tp_irq {
    void (*fn)(void *);
    void *arg;
    bool pending;
};

struct tp_machine {
    bool on;       /* a run is under way */
    bool failed;   /* and has failed; in a device's callback it goes on to the callback's end */
    bool stepping; /* this host can single-step */
    enum sim_speed speed;
    const struct sim_model *model;
    struct sim *registers; /* answers ID register reads */
    uint64_t random;
    uint32_t steps, max_steps;
    uint64_t traps;
    uint32_t early_reads;
    struct tp_arena cached, uncached;
    uint32_t used; /* of the cacheable arena, by sim_host_alloc() */

    struct tp_store store[TP_STORES];
    uint32_t nstores, epoch;
    struct tp_cmo cmo[TP_CMOS];
    uint32_t ncmos;

    struct sim_host_device dev[TP_DEVICES];
    uint32_t ndev, in_device;
    struct tp_irq irq[TP_IRQS];
    uint32_t nirq, in_irq;
    bool irqs_off;
    bool in_point;

    struct tp_entry entry; /* the innermost one */
    uint32_t in_call;      /* library calls, nested by interrupts */
    bool call_has_cmos;    /* cache operations of this call were issued */

    struct tp_history history[TP_HISTORY];
    uint32_t nhistory;

    sigjmp_buf end;
    enum sim_bug bug;
    struct tp_site site, origin;
    bool seen_later; /* site is an earlier call, origin where the driver was */
    char message[256];
    const char *advice;
    char expect_site[96]; /* of sim_expect(): known as text */
};

extern struct tp_machine tp;

/* transparent_memory.c: RAM, owners, protection */
bool tp_memory_make(const struct sim_transparent_plan *plan);
void tp_memory_free(void);
void tp_memory_reset(void);
struct tp_arena *tp_arena_of(uint64_t phys, uint64_t len, uint32_t *off);
struct tp_arena *tp_arena_at(uintptr_t cpu, uint32_t *off);
enum sim_owner tp_owner(uint64_t phys);
void tp_own(uint64_t phys, uint64_t len, enum sim_owner owner);
/* Leaves bytes that are owned by `but` alone. */
void tp_own_but(uint64_t phys, uint64_t len, enum sim_owner owner, enum sim_owner but);
void tp_forget(uint64_t phys, uint64_t len);
void tp_protect(void);
bool tp_device_writes(enum sim_owner owner);
uint8_t *tp_low_pages(size_t n, int fd);

/* transparent_lines.c: caches and store buffer */
void tp_touch(struct tp_arena *a, uint32_t off);
bool tp_line_dirty(const struct tp_arena *a, uint32_t line);
void tp_line_reload(const struct tp_arena *a, uint32_t line);
void tp_line_clean(const struct tp_arena *a, uint32_t line);
void tp_line_absorb(const struct tp_arena *a, uint32_t line);
void tp_lines_adversary(void);
void tp_store_post(uint32_t off, const uint8_t *data, uint32_t len);
bool tp_store_pending(uint32_t off);
void tp_store_drain_all(void);
bool tp_outstanding(void);

/* transparent_step.c: where the adversary acts */
uint32_t tp_random(uint32_t n);
void tp_point(void);
struct tp_entry tp_enter(uintptr_t pc, bool exact);
void tp_leave(struct tp_entry outer);
struct tp_entry tp_call_begin(uintptr_t pc);
void tp_call_end(struct tp_entry outer);
void tp_device_enter(void);
void tp_device_leave(void);

/* transparent_device.c */
struct sim_host_device *tp_device_at(uintptr_t addr, uint32_t *reg);
uint32_t tp_reg_read(struct sim_host_device *d, uint32_t reg);
void tp_reg_write(struct sim_host_device *d, uint32_t reg, uint32_t value);
void tp_device_land(struct sim_host_device *d, uint32_t n);
void tp_devices_free(void);

/* transparent_trap.c */
bool tp_trap_install(void);
void tp_trap_remove(void);
void tp_trap_reset(void);
void tp_trap_check(void);

/* transparent_judge.c: may the CPU do that? */
void tp_judge(struct tp_arena *a, uint32_t off, bool write);

/* transparent_track.c: live mappings */
void tp_track_reset(void);
uint32_t tp_track_live(void);
void tp_deed(enum tp_deed deed, uint64_t phys, uint64_t len, enum dmacoh_dir dir);
const struct tp_history *tp_last_deed(uint64_t phys);

/* transparent_report.c */
/* The run is over; does not return, except in a device's callback. */
void tp_fail(enum sim_bug bug, const char *advice, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Before tp_fail(): the earlier call that it goes back to; as_site: that is what is wrong. */
void tp_origin(const struct tp_history *h, bool as_site);
void tp_report(struct sim_transparent_report *r);

/* transparent_insn.c: the library's instruction layer */
bool tp_on(void);
struct sim *tp_registers(void);
uint32_t tp_insn_load(uintptr_t va, unsigned len);
void tp_insn_store(uintptr_t va, uint32_t v, unsigned len);
void tp_insn_cache(enum sim_insn_cache op, uintptr_t va);
void tp_insn_barrier(enum sim_insn_barrier kind);
uintptr_t tp_irq_save(void);
void tp_irq_restore(uintptr_t state);
uint32_t tp_context(void);
void tp_relax(uintptr_t caller);
void tp_expect(bool cond, const char *what, const char *site);

#endif
