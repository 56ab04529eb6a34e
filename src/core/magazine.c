/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Magazines: free objects that a CPU keeps for itself, so that most allocations and frees take no lock. A
 * magazine belongs to its CPU and is touched with that CPU's interrupts masked; it is filled from the slabs
 * and emptied into them, under the lock, a few objects at a time.
 *
 * Each object has a state byte: where the object is. It is the truth, and an entry of a magazine only a
 * hint: an entry counts if the byte names this CPU. The byte changes as follows, and only this CPU makes
 * the steps that start at its own name:
 *
 *      IN_SLAB  -> name of the CPU    refill, under the lock
 *      name     -> HANDED_OUT         alloc on that CPU
 *      HANDED_OUT -> name             free on that CPU
 *      name     -> IN_SLAB            spill, under the lock
 *
 * Whoever frees an object got it from whoever allocated it, by some synchronisation of the caller's, and
 * between CPUs free objects travel under the lock: so a correct caller never sees an old byte, and no step
 * needs a barrier or an atomic instruction of its own. If two CPUs free one object in the same moment, both
 * may find it handed out and both write their name; the later name stays, and the entry of the other CPU is
 * dropped when that CPU comes to it. An object is never handed out to two.
 */
#include "maint.h"
#include "objpool.h"

#if DMACOH_WITH_MAGAZINE

#define BATCH      8u /* objects that one call moves between a magazine and the slabs */
#define IN_SLAB    0u
#define HANDED_OUT 0xffu

struct magazine {
    uint32_t n;
    uint32_t k[]; /* numbers of objects; the last one is taken first */
};

static inline uint8_t name_of(uint32_t cpu)
{
    return (uint8_t)(cpu + 1u);
}

static inline struct magazine *magazine_of(const struct dmacoh_objpool *op, uint32_t cpu)
{
    return (struct magazine *)(op->magazines + (size_t)cpu * op->magazine_bytes);
}

int magazine_init(struct dmacoh_objpool *op, const struct dmacoh_objpool_cfg *cfg)
{
    const uint32_t ncpus = op->dev->c->ncpus;

    if (cfg->magazine > DMACOH_OBJPOOL_MAX_MAGAZINE || ncpus >= HANDED_OUT) {
        return DMACOH_E_SIZE;
    }
    const uint32_t objects = cfg->max_slabs << INDEX_BITS;
    const uint32_t each = (uint32_t)DMACOH_OBJPOOL_MAGAZINE_META(0, 1, cfg->magazine);
    /* DMACOH_OBJPOOL_MAGAZINE_META() where size_t may be too narrow for it. */
    const uint64_t slabs = (uint64_t)cfg->max_slabs * DMACOH_OBJPOOL_META(1);
    /* Both are small; a product of 64 bits would take the FPU's registers on PA-RISC. */
    const uint32_t magazines = each * ncpus;

    if (cfg->meta_size < slabs + magazines + objects) {
        return DMACOH_E_META;
    }
    op->objects = objects;
    op->magazine = cfg->magazine;
    op->magazine_bytes = each;
    op->magazines = (uintptr_t)cfg->meta + (size_t)slabs;
    op->state = (uint8_t *)(op->magazines + magazines);
    for (uint32_t cpu = 0; cpu < ncpus; cpu++) {
        magazine_of(op, cpu)->n = 0;
    }
    for (uint32_t k = 0; k < objects; k++) {
        op->state[k] = IN_SLAB;
    }
    return DMACOH_OK;
}

bool magazine_busy(const struct dmacoh_objpool *op)
{
    for (uint32_t k = 0; k < op->objects; k++) {
        if (op->state[k] == HANDED_OUT) {
            return true;
        }
    }
    return false;
}

/*
 * Fill this CPU's magazine if it is empty. Interrupts are masked, and are not any more afterwards:
 * growing lets them in, and then this may be another CPU. So the caller begins anew.
 */
static slow_path int refill(struct dmacoh_objpool *op, uint32_t cpu, uintptr_t irq)
{
    struct magazine *m = magazine_of(op, cpu);
    int rc = DMACOH_OK;

    dmacoh_port_lock(&op->lock);
    if (m->n == 0 && op->partial == NO_SLAB) {
        rc = slab_grow(op, &irq);
    } else if (m->n == 0) {
        const uint32_t most = op->magazine < BATCH ? op->magazine : BATCH;

        while (m->n < most && op->partial != NO_SLAB) {
            const uint32_t k = slab_take(op);

            op->state[k] = name_of(cpu);
            m->k[m->n++] = k;
        }
    }
    op_unlock(op, irq);
    return rc;
}

/*
 * Give some objects of this CPU's magazine back to their slabs. Interrupts are masked. It ends early
 * when a slab gets empty and leaves: so at most one is freed.
 */
static slow_path void spill(struct dmacoh_objpool *op, struct magazine *m, uint32_t cpu)
{
    struct dmacoh_buf gone;
    bool left = false;

    dmacoh_port_lock(&op->lock);
    for (uint32_t i = 0; i < BATCH && m->n != 0 && !left; i++) {
        const uint32_t k = m->k[--m->n];

        if (likely(op->state[k] == name_of(cpu))) {
            op->state[k] = IN_SLAB;
            left = slab_put(op, k, &gone);
        }
    }
    dmacoh_port_unlock(&op->lock);
    if (left) {
        (void)dmacoh_free(&gone);
    }
}

/* Take an object out of the magazine. False: it is empty, or its last entry did not count. */
static inline bool pop(struct dmacoh_objpool *op, uint32_t cpu, struct dmacoh_obj *obj)
{
    struct magazine *m = magazine_of(op, cpu);
    const uint32_t n = m->n;

    if (unlikely(n == 0)) {
        return false;
    }
    const uint32_t k = m->k[n - 1u];

    m->n = n - 1u;
    if (unlikely(op->state[k] != name_of(cpu))) {
        return false;
    }
    op->state[k] = HANDED_OUT;
    object_describe(op, k, obj);
    return true;
}

static slow_path int magazine_alloc_slowly(struct dmacoh_objpool *op, struct dmacoh_obj *obj)
{
    for (;;) {
        const uintptr_t irq = dmacoh_port_irq_save();
        const uint32_t cpu = dmacoh_port_cpu();

        if (pop(op, cpu, obj)) {
            dmacoh_port_irq_restore(irq);
            return DMACOH_OK;
        }
        const int rc = refill(op, cpu, irq);

        if (rc != DMACOH_OK) {
            object_none(obj);
            return rc;
        }
    }
}

int magazine_alloc(struct dmacoh_objpool *op, struct dmacoh_obj *obj)
{
    const uintptr_t irq = dmacoh_port_irq_save();
    const bool done = pop(op, dmacoh_port_cpu(), obj);
    int rc = DMACOH_OK;

    dmacoh_port_irq_restore(irq);
    if (unlikely(!done)) {
        rc = magazine_alloc_slowly(op, obj);
    }
    if ((op->attrs & DMACOH_ATTR_NOZERO) == 0 && rc == DMACOH_OK) {
        maint_zero((uintptr_t)obj->va, op->stride);
    }
    return rc;
}

static slow_path void push_slowly(struct dmacoh_objpool *op, struct magazine *m, uint32_t cpu,
                                  uint32_t k)
{
    spill(op, m, cpu);
    m->k[m->n++] = k;
}

int magazine_free(struct dmacoh_objpool *op, struct dmacoh_obj *obj)
{
    const uintptr_t irq = dmacoh_port_irq_save();
    const uint32_t cpu = dmacoh_port_cpu();
    const uint32_t k = obj->id - 1u;
    struct magazine *m = magazine_of(op, cpu);

    if (unlikely(k >= op->objects || op->state[k] != HANDED_OUT)) {
        dmacoh_port_irq_restore(irq);
        return DMACOH_E_STALE;
    }
    op->state[k] = name_of(cpu);
    if (unlikely(m->n == op->magazine)) {
        push_slowly(op, m, cpu, k);
    } else {
        m->k[m->n++] = k;
    }
    object_none(obj);
    dmacoh_port_irq_restore(irq);
    return DMACOH_OK;
}

#endif /* DMACOH_WITH_MAGAZINE */

int dmacoh_objpool_drain(struct dmacoh_objpool *op)
{
#if DMACOH_WITH_MAGAZINE
    bool more = true;

    if (!object_live(op, KIND_OBJPOOL)) {
        return DMACOH_E_INVAL;
    }
    while (op->magazine != 0 && more) {
        const uintptr_t irq = dmacoh_port_irq_save();
        const uint32_t cpu = dmacoh_port_cpu();
        struct magazine *m = magazine_of(op, cpu);

        spill(op, m, cpu);
        more = m->n != 0;
        dmacoh_port_irq_restore(irq);
    }
    return DMACOH_OK;
#else
    (void)op;
    return DMACOH_E_UNSUPP;
#endif
}
