/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file machine.h
 * @brief The machine's state, private. What both engines share: memory with its shadow, agents,
 *        per-CPU registers, watched pages. Cache and queue contents belong to the engines.
 */
#ifndef DMACOH_SIM_MACHINE_H
#define DMACOH_SIM_MACHINE_H

#include <dmacoh-sim/sim.h>

#include "ops.h"
#include "soft_tlb.h"

#define SIM_LINE_MAX   64
#define SIM_MAX_SLOTS  4 /* of one CPU's L1 for one line */
#define SIM_MAX_COPIES 8 /* of one line in all L1 caches: CPUs times slots */
#define SIM_MAX_RAM    16
#define SIM_MAX_PAGES  32
#define SIM_MAX_STATIC 64
#define SIM_MAX_ALLOC  64
#define SIM_MAX_FRAMES 8
#define SIM_MAX_SPANS  32
#define SIM_MAX_LOCKS  16
#define SIM_MAX_NEWPTE 16
#define SIM_MAX_REFS   16
#define SIM_QUEUE      16 /* posted entries per agent and line: a store buffer is finite */
#define SIM_MAX_TRACE  (SIM_STEP_LIMIT + 1000u) /* longer than a run: a livelock is reported */
#define SIM_MAX_TRANS  512
#define SIM_STEP_LIMIT 100000u

/** A physical line: DRAM and shadow. */
struct phys_line {
    uint64_t pa;
    uint64_t known;               /* bit per byte: truth is defined */
    uint64_t hash;                /* this line's part of the state hash */
    uint8_t data[SIM_LINE_MAX];   /* DRAM (set engine: initial contents) */
    uint8_t truth[SIM_LINE_MAX];  /* last legal value */
    uint8_t owner[SIM_LINE_MAX];  /* enum sim_owner */
    uint8_t writer[SIM_LINE_MAX]; /* agent + 1 of the last write */
    uint32_t wstep[SIM_LINE_MAX]; /* its step */
    bool table;                   /* in SIM_RAM_TABLE memory */
    bool active;                  /* touched by an agent in this run: the adversary acts on it */
    bool touched;                 /* differs from the image of the run's start */
    bool stale_hash;
    uint8_t nslot; /* VIVT: virtual addresses of this line, a slot each */
    uint32_t slot_va[SIM_MAX_SLOTS];
};

enum agent_state {
    AGENT_NONE,
    AGENT_READY,
    AGENT_DONE
};

struct agent {
    enum agent_state state;
    void (*fn)(void *);
    void *arg;
    enum op op;          /* published next operation */
    uint32_t va;         /* its VA (CPU) */
    uint64_t pa;         /* its PA (device) */
    uint8_t len;         /* loads: bytes */
    bool lib;            /* issued by the library's instruction layer */
    uint8_t variant;     /* chosen by the scheduler: which value of a racing load */
    int go_irq;          /* interrupt to take at resume, or -1 */
    bool news;           /* something happened since sim_relax() */
    uint64_t left;       /* hash of shared memory when another agent took over */
    const uint8_t *flag; /* OP_WAIT: until *flag >= flag_v */
    uint8_t flag_v;
    bool (*cond)(void *); /* OP_WAIT: until cond(cond_arg); neither: until news */
    void *cond_arg;
    uint64_t hist;     /* hash of everything this agent has seen */
    const char *site;  /* file:line, or NULL */
    uintptr_t site_pc; /* return address when there is no text */
};

struct span {
    uint64_t pa, n;
};

struct call_frame {
    struct span span[SIM_MAX_SPANS];
    uint32_t n;
    uint64_t working; /* ppc_working() at its begin */
};

struct newpte {
    uint64_t word;
    bool dsb; /* completed by a DSB; the next ISB ends it */
};

/** Registers and bookkeeping of one CPU (or the queue numbering of a device). */
struct cpu {
    uint32_t seq, fence, fence_st;
    uint8_t irq_off, irq_depth;
    bool urgent;  /* in a handler that masks nothing but itself */
    bool nc_load; /* uncached or Device load since the last DMB or DSB */
    uint32_t csselr;
    uint32_t irqoff_lines;
    uint32_t synced;      /* posted operations below this precede a sync of the outer cache */
    uint32_t range_start; /* register of the range operations; 1: none */
    struct newpte newpte[SIM_MAX_NEWPTE];
    uint32_t nnew;
    uint8_t nheld;
    uint8_t held[SIM_MAX_LOCKS];
    uint32_t nframe; /* in sim.frame */
    struct sim_counts counts;
};

/** Everything that a run changes and that is not a line or an engine's. */
struct run_state {
    struct agent agent[SIM_MAX_AGENTS];
    struct cpu cpu[SIM_MAX_AGENTS];
    uint8_t irq_left[SIM_MAX_IRQS];
    uint8_t irq_pending[SIM_MAX_IRQS];
    uint8_t lock_owner[SIM_MAX_LOCKS]; /* agent + 1 */
    uint8_t lock_last[SIM_MAX_LOCKS];  /* agent + 1 that released it last */
    uint32_t lock_seq[SIM_MAX_LOCKS];  /* its program order then */
    uint32_t step;
    int last; /* agent that ran last, for preemptions */
    uint32_t adv_left, pre_left;
    uint32_t ref[SIM_MAX_REFS]; /* PA-RISC: pages referenced through a further mapping */
    uint32_t nref;
    uint32_t dma_arrived[SIM_MAX_DEVICES]; /* device writes below this are in the I/O adapter */
    enum sim_bug bug;
    bool overflow;
    bool tables_changed;
    int bug_line;
    uint32_t bug_off;
    uint32_t bug_page;
    int bug_cpu;
    char message[256];
};

enum trans_kind {
    TR_RUN,
    TR_IRQ,
    TR_FILL,
    TR_WBACK,
    TR_EVICT,
    TR_FILL2,
    TR_EVICT2,
    TR_DRAIN,
    TR_WALK,
    TR_DROP,
    TR_DIRTY /* a speculative store made its line dirty, and changed nothing */
};

/** One transition: what the scheduler or the adversary can do next. */
struct trans {
    uint8_t kind, agent, variant, slot;
    uint64_t addr; /* line PA, page VA */
};

struct watch {
    uint32_t va;
    int8_t window_of; /* CPU, or -1 */
};

struct irq {
    int cpu;
    void (*fn)(void *);
    void *arg;
    int budget;
    bool urgent;
};

struct ram {
    uint64_t pa, n;
    enum sim_ram_kind kind;
};

struct static_map {
    uint64_t pa, n;
    uint32_t va; /* of pa */
    uint8_t attr;
};

/** Registers of one CPU's MPU and L1 control, and what of them is in use. */
struct mpu_regs {
    uint32_t rbar[SIM_MPU_REGIONS], rasr[SIM_MPU_REGIONS];
    uint32_t rnr, ctrl, cacr;
};
struct mpu {
    struct mpu_regs now;
    struct mpu_regs before; /* until DSB and ISB the core may still use these */
    uint8_t pending;        /* MPU_* */
    bool news;              /* the set engine has not looked at the change yet */
};
#define MPU_SETTLED  0u
#define MPU_WRITTEN  1u
#define MPU_SEEN_DSB 2u

struct engine_ops;
struct coroutine;
struct set_engine;
struct concrete_engine;

/* What a master drives and where its window lies; size 0: bus == physical. */
struct bus_window {
    uint64_t mask_off; /* address lines that it does not have */
    uint64_t bus, pa, size;
};

struct sim {
    struct sim_model m;
    char name[64];
    uint32_t line_mask; /* line - 1 */
    uint8_t nslot;      /* slots that one CPU's L1 has for a line */
    uint64_t ttbr;
    bool mmu;
    uint32_t outer_va; /* registers of the outer cache controller, 0: none */
    uint32_t mair[2];
    struct {
        uint64_t pa, n, used, used_config;
        bool configured;
    } tables; /* memory for tables of the machine's own */
    /* config: as the scene made it before its first run; base: after a run's setup */
    struct mpu mpu[SIM_MAX_CPUS], mpu_config[SIM_MAX_CPUS], mpu_base[SIM_MAX_CPUS];
    struct ppc_regs ppc[SIM_MAX_CPUS], ppc_base[SIM_MAX_CPUS];
    struct soft_tlb soft[SIM_MAX_CPUS], soft_config[SIM_MAX_CPUS], soft_base[SIM_MAX_CPUS];
    struct static_map soft_map[SIM_MAX_STATIC]; /* what the host's refill handler loads */
    uint32_t nsoft_map, nsoft_config;
    struct ram ram[SIM_MAX_RAM];
    uint32_t nram;
    struct watch page[SIM_MAX_PAGES];
    uint32_t npage, npage_config;
    struct static_map fixed[SIM_MAX_STATIC];
    uint32_t nfixed;
    struct irq irq[SIM_MAX_IRQS];
    uint32_t nirq;
    uint32_t ndev;
    bool dev_ordered[SIM_MAX_DEVICES];
    struct bus_window dev_bus[SIM_MAX_DEVICES];
    void (*setup)(void *);
    void *setup_arg;
    struct {
        void (*fn)(void *);
        void *arg;
    } prog[SIM_MAX_AGENTS];
    uint32_t irqoff_budget;
    bool strict_from;
    bool use_irqs;

    /* memory: lines in order of creation; base is the image after setup */
    struct phys_line *line, *base, *config;
    uint32_t nline, cap_line, nconfig;
    bool configured;
    int32_t *bucket; /* hash of PA to line, -1 empty */
    uint32_t nbucket;
    uint32_t *touched;
    uint32_t ntouched;
    uint64_t hash_sum;

    struct {
        uint8_t *mem, *base, *config;
        size_t n;
        bool flags; /* touched through steps only */
    } shared[SIM_MAX_ALLOC];
    uint32_t nshared;

    const void *lock[SIM_MAX_LOCKS]; /* index by first use */
    uint32_t nlock;
    uint32_t lock_after[SIM_MAX_LOCKS]; /* bit j: lock j was taken while i was held */

    struct run_state r;
    struct call_frame frame[SIM_MAX_AGENTS][SIM_MAX_FRAMES]; /* apart: no need to clear it */
    const struct engine_ops *eng;
    struct set_engine *set;
    struct concrete_engine *con;
    struct coroutine *co;
    struct trans *order; /* witness search: agents move in this order only */
    uint32_t norder, at_order;
    bool any_line; /* witness search: all lines, not only the suspect one */
    int suspect_line;

    bool in_setup;
    bool recording; /* set engine: keep parents of states for a witness */
    struct trans *trace;
    uint32_t ntrace;

    struct sim_report report;
    char message[256], bound[128];
    char *script, *timeline;
};

extern _Thread_local struct sim *sim_machine;
extern _Thread_local int sim_agent;

static inline bool rule(const struct sim *s, enum sim_rule r)
{
    return (s->m.rules_off & SIM_RULE(r)) == 0;
}

/* Does the adversary bring lines in that no program asked for? */
static inline bool brings_lines(const struct sim *s)
{
    const bool by_demand = s->m.no_speculation && rule(s, SIM_RULE_NO_SPECULATION);
    const bool prefetched = s->m.prefetch && rule(s, SIM_RULE_PREFETCH);

    return rule(s, SIM_RULE_FILL) && (!by_demand || prefetched);
}

static inline bool brings_dirty_lines(const struct sim *s)
{
    return s->m.store_speculation && rule(s, SIM_RULE_STORE_SPECULATION) && brings_lines(s);
}

static inline bool has_read_ahead(const struct sim *s)
{
    return s->m.read_ahead && rule(s, SIM_RULE_READ_AHEAD);
}

/* The constant keeps h == v, as in small numbers and zeros, from giving 0 and staying there. */
static inline uint64_t mix64(uint64_t h, uint64_t v)
{
    h = (h ^ v ^ 0xD6E8FEB86659FD93u) * 0x9E3779B97F4A7C15u;
    return h ^ (h >> 29);
}

/* May lines come by a translation of this type without an access? */
static inline bool attr_fills(const struct sim *s, uint8_t attr)
{
    return (attr & ATTR_TYPE) == ATTR_CACHED &&
           ((attr & ATTR_GUARDED) == 0 || !rule(s, SIM_RULE_GUARDED));
}

/* memory.c */
bool mem_is_ram(const struct sim *s, uint64_t pa, bool *table);
int mem_line(struct sim *s, uint64_t pa);
int mem_find(const struct sim *s, uint64_t pa);
void mem_touch(struct sim *s, int li);
void mem_activate(struct sim *s, int li);
void mem_save_base(struct sim *s);
void mem_reset(struct sim *s);
uint64_t mem_hash(struct sim *s);
uint64_t mem_shared_hash(const struct sim *s, bool flags);
void mem_clear(struct sim *s);
void *mem_must(void *p);

/* shadow.c: who may touch what, and what it must read */
bool shadow_cpu_access(struct sim *s, int cpu, int li, uint32_t off, uint32_t len, bool store);
bool shadow_dev_access(struct sim *s, int dev, int li, uint32_t off, uint32_t len, bool store);
void shadow_write(struct sim *s, int agent, int li, uint32_t off, uint32_t len, uint64_t v);
bool shadow_checked(const struct sim *s, int li, uint32_t off, uint32_t len, bool device);
uint32_t shadow_truth(const struct sim *s, int li, uint32_t off, uint32_t len);
bool shadow_differs(const struct sim *s, int li, uint32_t off, uint32_t len, uint32_t v);
void shadow_stale(struct sim *s, int li, uint32_t off, uint32_t len, uint32_t got, bool device);
void shadow_unexpected(struct sim *s, int li, uint32_t off, uint8_t got, uint8_t want);
bool shadow_device_writes(const struct sim *s, int li);
bool shadow_lost(const struct sim *s, int li, const uint8_t *dirty, const uint8_t *outer,
                 uint32_t *off);
bool shadow_cmo(struct sim *s, int cpu, int li);

/* tables.c: words are four bytes, or eight of long descriptors */
typedef uint64_t (*word_fn)(struct sim *s, int cpu, uint64_t pa);
bool table_decode(struct sim *s, int cpu, uint32_t va, word_fn word, struct xlat *x);
static inline uint32_t table_word_bytes(const struct sim *s)
{
    return s->m.tables == SIM_TABLES_LPAE ? 8 : 4;
}

/* The word that begins at this byte of a line. */
static inline uint64_t table_word(const struct sim *s, const uint8_t *d)
{
    const uint32_t low = d[0] | (uint32_t)d[1] << 8 | (uint32_t)d[2] << 16 | (uint32_t)d[3] << 24;

    if (table_word_bytes(s) == 4) {
        return low;
    }
    return low |
           (uint64_t)(d[4] | (uint32_t)d[5] << 8 | (uint32_t)d[6] << 16 | (uint32_t)d[7] << 24)
               << 32;
}
bool table_word_valid(const struct sim *s, uint64_t d);
uint64_t table_plain_word(struct sim *s, int cpu, uint64_t pa);
uint64_t table_truth_word(struct sim *s, int cpu, uint64_t pa);
void table_scan_fixed(struct sim *s);
bool table_fixed_cached(const struct sim *s, uint64_t pa);
int table_watch(struct sim *s, uint32_t va, int window_of);
int table_page_of(const struct sim *s, uint32_t va);
bool table_may_be_new(const struct sim *s, int cpu, const struct xlat *x);
void table_note_store(struct sim *s, int cpu, uint64_t pa, uint64_t old);
bool table_exempt(const struct sim *s, int cpu, int page);
bool table_walk_sees_l1(const struct sim *s);
bool table_breaks_run(struct sim *s, uint64_t word, uint64_t d);
void table_blame(struct sim *s, int cpu, uint32_t va, const struct xlat *x);

/* tables_map.c */
void table_prepare(struct sim *s);

/* insn_id.c */
uint32_t id_ctr_v7(const struct sim *s);
uint32_t id_ccsidr_v7(const struct sim *s);
uint32_t id_clidr_v7(const struct sim *s);

/* mpu.c */
static inline bool has_mpu(const struct sim *s)
{
    return s->m.tables == SIM_TABLES_MPU;
}
bool mpu_decode(const struct sim *s, int cpu, uint32_t va, struct xlat *x);
bool mpu_translate(struct sim *s, int cpu, uint32_t va, struct xlat *x);
bool mpu_may_cache(const struct sim *s, int cpu, uint64_t pa);
bool mpu_write(struct sim *s, int cpu, uint32_t offset, uint32_t v);
bool mpu_read(const struct sim *s, int cpu, uint32_t offset, uint32_t *v);
void mpu_barrier(struct sim *s, int cpu, bool isb);
void mpu_prepare(struct sim *s, bool first);
void mpu_save(struct sim *s);
void mpu_reset(struct sim *s);
uint64_t mpu_hash(const struct sim *s);

/* soft_tlb.h: translation by entries that instructions write */
static inline bool has_soft_tlb(const struct sim *s)
{
    return s->m.tables == SIM_TABLES_SOFT;
}
/* Translation by registers or entries: no tables, no walker. */
static inline bool has_no_walker(const struct sim *s)
{
    return has_mpu(s) || has_soft_tlb(s);
}
/* Of a machine without a walker. */
bool regs_translate(struct sim *s, int cpu, uint32_t va, struct xlat *x);
bool regs_may_cache(const struct sim *s, int cpu, uint64_t pa);

/* outer.c: the outer cache's rules, for both engines */
bool outer_keeps_clean(const struct sim *s);
bool outer_holds_stores(const struct sim *s);
bool outer_awaits_sync(const struct sim *s, const struct posted *e);
bool outer_outlasts_dsb(const struct sim *s, int agent, const struct posted *e);
bool outer_looks_up(const struct sim *s, uint8_t attr);

/* slots.c: where in an L1 a line may lie; masks have a bit a slot */
bool slots_init(struct sim *s);
uint8_t slots_of(struct sim *s, int li, uint32_t va);
uint8_t slots_count(const struct sim *s, int li);
uint8_t slots_fixed(struct sim *s, int li);
uint8_t slots_page(struct sim *s, int li, uint32_t page_va, uint64_t page_pa, uint8_t attr);

/* Number of the copy of a line in one slot of one CPU. */
static inline int copy_of(const struct sim *s, int cpu, int slot)
{
    return cpu * s->nslot + slot;
}

/* Number of the copy in the same slot of another CPU. */
static inline int peer_of(const struct sim *s, int copy, int cpu)
{
    return copy_of(s, cpu, copy % s->nslot);
}

/* ppc.c: registers of PowerPC */
bool has_ppc(const struct sim *s);
void ppc_prepare(struct sim *s);
void ppc_save(struct sim *s);
void ppc_reset(struct sim *s);
uint64_t ppc_working(const struct sim *s, int cpu);
void ppc_check_working(struct sim *s, int cpu, uint64_t before, const char *guest);
uint64_t ppc_hash(const struct sim *s);

/* pa.c: machines that check themselves to death on an alias, and their I/O adapters */
bool pa_referenced(const struct sim *s, uint32_t fixed, uint32_t va);
void pa_access(struct sim *s, int cpu, uint32_t va, const struct xlat *x);
void pa_check_places(struct sim *s, int li, uint32_t present);
void pa_check_uncached(struct sim *s, int li, uint32_t present);
bool pa_holds_dma(const struct sim *s);
void pa_dma_arrived(struct sim *s, int dev);
uint64_t pa_hash(const struct sim *s);

/* posted.c */
bool posted_ordered(const struct sim *s, const struct posted *a, const struct posted *b);
bool posted_before_load(const struct sim *s, const struct posted *e, uint32_t va);
bool posted_forwards(const struct posted *e, bool cached, uint8_t slot);
bool posted_writes_through(const struct sim *s, const struct posted *e);
bool posted_reaches_peers(const struct sim *s, const struct posted *e);
bool posted_is_store(const struct posted *e);
bool posted_is_tlbi(const struct posted *e);
struct posted posted_make(struct sim *s, int agent, enum op kind, uint32_t va, int li);

/* agent.c */
void agent_init(struct sim *s);
void agent_free(struct sim *s);
void agent_start(struct sim *s, int a);
void agent_resume(struct sim *s, int a);
void agent_yield(struct sim *s);

/* step.c */
void step_yield(struct sim *s, enum op op, uint32_t va, uint64_t pa, uint32_t len);
void step_end(struct sim *s, uint64_t seen);
void step_fail(struct sim *s, enum sim_bug bug, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void step_overflow(struct sim *s);
void step_stop(struct sim *s);
void step_local(struct sim *s, enum op op);
struct sim *step_self(const char *what);
/* step_access.c */
uint32_t step_load(struct sim *s, uint32_t va, uint32_t len, bool lib);
void step_store(struct sim *s, uint32_t va, uint64_t v, uint32_t len, bool lib);
void step_cache(struct sim *s, enum op kind, uint32_t va);
void step_site(struct sim *s, const char *site, uintptr_t pc);

/* barrier.c */
void step_barrier(struct sim *s, enum op kind);
void step_tlbi(struct sim *s, enum op kind, uint32_t va);

/* context.c */
void context_irq_off(struct sim *s, int cpu);
void context_line_op(struct sim *s, int cpu);
void context_lock(struct sim *s, const void *lock);
void context_unlock(struct sim *s, const void *lock);
void context_panic(const char *what, const char *where);

/* sched.c */
void sched_reset(struct sim *s);
uint32_t sched_enum(struct sim *s, struct trans *t, bool *limited);
void sched_exec(struct sim *s, struct trans t);
uint64_t sched_hash(struct sim *s);
bool sched_finished(const struct sim *s);
bool sched_runnable(const struct sim *s, int a);
bool sched_same(struct trans a, struct trans b);
void sched_judge_stuck(struct sim *s);

/* names.c */
const char *name_op(enum op op);
const char *name_owner(enum sim_owner o);

#endif
