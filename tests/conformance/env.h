/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file env.h
 * @brief What a conformance case may use: the same on the simulated machine and on a board.
 *
 * A case is a row: memory, a device with its script, a function per CPU, an interrupt handler. It
 * calls nothing but this header, so that the simulator can put the adversary between any two steps
 * and a board can run the same lines on silicon. No malloc, no stdio, no #ifdef in cases.
 *
 * Positions in buffers count in ownership units ("lines", dmacoh_line()), because boards and models
 * differ: ENV_AT(2, -1) is the last byte of the second line.
 */
#ifndef CONFORMANCE_ENV_H
#define CONFORMANCE_ENV_H

#include <dmacoh/dmacoh.h>

/** What a case cannot do without; a place that lacks one skips the case and names the bit. */
#define ENV_NEED_CPU2   0x01u /**< a second CPU */
#define ENV_NEED_IRQ    0x02u /**< interrupts of the test's own, at times of the place's choice */
#define ENV_NEED_HIGH   0x04u /**< RAM without a mapping, and window slots */
#define ENV_NEED_DMA    0x08u /**< a master that moves single bytes */
#define ENV_NEED_SNOOP  0x10u /**< a master that snoops the caches */
#define ENV_NEED_RETYPE 0x20u /**< a page that was cacheable before, and TLB broadcasts that work */
#define ENV_NEED_INNER  0x40u /**< no outer cache */
#define ENV_NEED_DEVIRQ 0x80u /**< the master raises an interrupt when it is done */
#define ENV_NEED_SMALL  0x100u /**< a bounce pool of eight lines */
#define ENV_NEED_DIRTY  0x200u /**< caches that hold stores back, and forget them by OVERWRITE */
/** An interrupt that dmacoh_port_irq_save() does not mask, and one window slot a CPU. */
#define ENV_NEED_FAST     0x400u
#define ENV_NEED_CPU4     0x800u  /**< four CPUs; on boards only */
#define ENV_NEED_CACHED   0x1000u /**< a bounce pool of cached memory: the case's device says so */
#define ENV_NEED_COHERENT 0x2000u /**< memory that the CPU can map uncached */
#define ENV_NEED_BITS     14u

/** Memory of a case: granule-aligned, whole lines, every byte with a value of its own. */
enum env_kind {
    ENV_NO_MEM,
    ENV_LOW,       /**< in the linear map */
    ENV_HIGH,      /**< without a mapping that the library knows */
    ENV_HIGH_CROSS /**< the same, and the second line begins a new page */
};

struct env_mem {
    uint8_t kind;  /**< enum env_kind */
    uint8_t lines; /**< length in ownership units */
};
#define ENV_MEMS 3u

/** The device records; one a case. All but the last three reach all memory. */
enum env_dev {
    ENV_DIRECT,        /**< bounce pool uncached */
    ENV_CACHED_POOL,   /**< bounce pool cached */
    ENV_FORCED,        /**< DMACOH_DEV_FORCE_BOUNCE, pool uncached */
    ENV_FORCED_CACHED, /**< DMACOH_DEV_FORCE_BOUNCE, pool cached */
    ENV_GAP,           /**< gap_mask of a page: no joint inside a page */
    ENV_HOOK,          /**< with a flush_posted hook */
    ENV_ORDERED,       /**< its interrupt is ordered behind its data */
    ENV_SNOOP,         /**< DMACOH_DEV_COHERENT: snoops */
    ENV_NO_POOL,       /**< nothing to bounce through */
    ENV_WINDOW,        /**< bus addresses differ from physical ones */
    ENV_NARROW         /**< does not reach RAM without a mapping */
};

/** One step of a device's script. */
enum env_device_op {
    ENV_D_END,
    ENV_D_WAIT,  /**< until the doorbell was rung `value` times in all */
    ENV_D_READ,  /**< byte `at` of mapping `map`; must be `value`, 0: whatever the owner wrote */
    ENV_D_WRITE, /**< byte `at` of mapping `map` becomes `value` */
    ENV_D_DONE,  /**< say that it is done */
    ENV_D_IRQ,   /**< the same, with an interrupt to CPU 0 */
    ENV_D_DESC,  /**< take descriptor `at` of coherent buffer `map`: write `value`, value + 1 */
    ENV_D_POLL,  /**< until word `at` of coherent buffer `map` is `value` */
    ENV_D_WORD   /**< word `at` of coherent buffer `map` must be `value` */
};
struct env_step {
    uint8_t op, map, value;
    int16_t at;
};
#define ENV_LAST 0x7fff /**< as `at`: the last byte of the mapping */

#define ENV_WAIT(n)                                                                                \
    {                                                                                              \
        ENV_D_WAIT, 0, (n), 0                                                                      \
    }
#define ENV_READ(m, at, v)                                                                         \
    {                                                                                              \
        ENV_D_READ, (m), (v), (at)                                                                 \
    }
#define ENV_WRITE(m, at, v)                                                                        \
    {                                                                                              \
        ENV_D_WRITE, (m), (v), (at)                                                                \
    }
#define ENV_DONE                                                                                   \
    {                                                                                              \
        ENV_D_DONE, 0, 0, 0                                                                        \
    }
#define ENV_IRQ                                                                                    \
    {                                                                                              \
        ENV_D_IRQ, 0, 0, 0                                                                         \
    }
#define ENV_DESC(b, index, v)                                                                      \
    {                                                                                              \
        ENV_D_DESC, (b), (v), (index)                                                              \
    }
#define ENV_POLL(b, index, v)                                                                      \
    {                                                                                              \
        ENV_D_POLL, (b), (v), (index)                                                              \
    }
#define ENV_WORD(b, index, v)                                                                      \
    {                                                                                              \
        ENV_D_WORD, (b), (v), (index)                                                              \
    }
#define ENV_END                                                                                    \
    {                                                                                              \
        ENV_D_END, 0, 0, 0                                                                         \
    }

/** A descriptor of the test's ring: four words. The device may take it when OWN is 1. */
enum env_desc {
    ENV_DESC_OWN,
    ENV_DESC_BUS,
    ENV_DESC_LEN,
    ENV_DESC_CHECK,
    ENV_DESC_WORDS
};
#define ENV_DESC_DONE 2u /**< OWN after the device is done */

/** What the library's calls of both CPUs read and write; each CPU has its own statistics anyway. */
#define ENV_SHARED_POOLS   1u /**< both allocate, or both bounce */
#define ENV_SHARED_HANDLES 2u /**< one handle or buffer is used by both */

/** One case. */
struct env_case {
    const char *name;
    uint32_t needs; /**< ENV_NEED_* */
    uint8_t dev;    /**< enum env_dev */
    uint8_t irqs;   /**< how often `irq` may come by itself, at any step of CPU 0 */
    uint8_t shared; /**< ENV_SHARED_*: what two CPUs use */
    struct env_mem mem[ENV_MEMS];
    const struct env_step *script; /**< NULL: no device */
    void (*cpu[2])(void);
    void (*irq)(void);
    const void *arg; /**< of env_arg() */
};

/** A position: whole lines and some bytes, -128 .. 127. */
#define ENV_AT(lines, bytes) ((lines)*256 + (bytes))

/** Part of a memory of the case: mem, first byte, bytes. Made by env_part(). */
struct env_part {
    uint32_t mem, first, len;
};

/* ---- facts ---- */
uint32_t env_line(void);
uint32_t env_at(int position);
const void *env_arg(void);
struct dmacoh *env_instance(void);
struct dmacoh_dev *env_device(void);
/** Memory `mem`, from position `first` to position `end`. */
struct env_part env_part(uint32_t mem, int first, int end);
/** Nothing lives in these bytes: padding of the driver's own. */
void env_padding(struct env_part p);
/** May a neighbour's store take a line away before it is cleaned? Shared lines are bounced then. */
bool env_lines_leave(void);
/** Value of a byte before anybody stored to it. */
uint8_t env_initial(uint32_t mem, uint32_t off);

/* ---- CPU accesses: each one a step ---- */
#define ENV_STR2(x) #x
#define ENV_STR(x)  ENV_STR2(x)
#define ENV_SITE    __FILE__ ":" ENV_STR(__LINE__)

uint8_t env_load_at(uint32_t mem, uint32_t off, const char *site);
void env_store_at(uint32_t mem, uint32_t off, uint8_t v, const char *site);
uint32_t env_word_at(uint32_t buf, uint32_t word, const char *site);
void env_set_word_at(uint32_t buf, uint32_t word, uint32_t v, const char *site);
void env_expect_at(bool cond, const char *what, const char *site);
/** Byte of a memory of the case. */
#define env_load(mem, off)     env_load_at((mem), (off), ENV_SITE)
#define env_store(mem, off, v) env_store_at((mem), (off), (uint8_t)(v), ENV_SITE)
/** Word of a coherent buffer. */
#define env_word(buf, word)        env_word_at((buf), (word), ENV_SITE)
#define env_set_word(buf, word, v) env_set_word_at((buf), (word), (v), ENV_SITE)
/** The case fails here unless it holds. */
#define env_expect(cond) env_expect_at((cond), #cond, ENV_SITE)

/* ---- the library, with the ownership told to the place ---- */
#define ENV_MAPS 4u
struct dmacoh_map *env_handle(uint32_t m);
int env_map_single(uint32_t m, struct env_part p, enum dmacoh_dir dir, uint32_t attrs);
int env_map_phys(uint32_t m, struct env_part p, enum dmacoh_dir dir, uint32_t attrs);
int env_map_segs(uint32_t m, const struct env_part *p, uint32_t n, uint32_t max_out,
                 enum dmacoh_dir dir, uint32_t attrs);
int env_unmap(uint32_t m);
int env_abandon(uint32_t m);
int env_ref(uint32_t m);
int env_sync_for_cpu(uint32_t m, uint32_t off, uint32_t len);
int env_sync_for_device(uint32_t m, uint32_t off, uint32_t len);

#define ENV_BUFS 2u
struct dmacoh_buf *env_buf(uint32_t b);
/** `lines` ownership units of coherent memory. */
int env_alloc(uint32_t b, uint32_t lines);
int env_free(uint32_t b);
/** Add a page that was cacheable until now, with dirty lines, as an uncached region. */
int env_add_old_page(uint32_t region_flags);

/* ---- the device ---- */
/** Order everything before it against the doorbell. */
void env_publish(void);
void env_wmb(void);
void env_rmb(void);
void env_doorbell(void);
/** Until the device said `n` times that it is done; its writes may still be on their way. */
void env_wait_done(uint32_t n);
/** Read a register of the device: its writes have landed. */
void env_read_register(void);

/* ---- CPUs and interrupts ---- */
#define ENV_FLAGS 4u
/** Everything before is visible to who waits for the flag. */
void env_signal(uint32_t flag);
void env_wait(uint32_t flag, uint32_t n);
/** Body of a polling loop. */
void env_relax(void);
/** CPU that runs this. */
uint32_t env_cpu(void);
/** Make the caches restless: a board touches much memory; the simulator always is. */
void env_stir(void);

#endif
