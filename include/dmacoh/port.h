/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file port.h
 * @brief What every system must define: eight functions and mem{cpy,move,set,cmp}.
 *
 * There are no weak defaults: a forgotten function is a link error. What only some systems need is a
 * member of struct dmacoh_port_ops; what is a fact and no action is data in struct dmacoh_cfg.
 * mem{cpy,move,set,cmp} are here because compilers emit calls to them; the library applies them to its
 * own metadata only, never to DMA memory.
 */
#ifndef DMACOH_PORT_H
#define DMACOH_PORT_H

#include <dmacoh/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @name Bits of dmacoh_port_context()
 * @{
 */
#define DMACOH_CTX_IRQS_OFF 1u /**< Interrupts of this CPU are masked. */
#define DMACOH_CTX_IRQ      2u /**< An interrupt handler is running. */
#define DMACOH_CTX_NOSLEEP  4u /**< A spin lock is held, or preemption is off. */
/** @} */

/**
 * @brief Mask the interrupts of this CPU.
 *
 * Until the matching dmacoh_port_irq_restore() the caller stays on its CPU, and no handler that may
 * call the library runs there. Calls nest. On a system without interrupts: return 0.
 *
 * @return An opaque state for dmacoh_port_irq_restore().
 * @par Context
 * Called from any context. Must not sleep.
 * @par Cost
 * On the path of every call that uses a temporary mapping, a bounce slot or a pool.
 * @par Source
 * docs/design.md, INV-4.
 */
uintptr_t dmacoh_port_irq_save(void);

/**
 * @brief Return to the interrupt state of the matching dmacoh_port_irq_save().
 * @param[in] state  What that call returned.
 * @par Context
 * Called from any context, in the reverse order of the saves. Must not sleep.
 * @par Cost
 * As dmacoh_port_irq_save().
 * @par Source
 * docs/design.md, INV-4.
 */
void dmacoh_port_irq_restore(uintptr_t state);

/**
 * @brief Number of the CPU that runs this.
 * @return 0 .. ncpus - 1, see dmacoh_cfg.ncpus.
 * @par Context
 * Called with interrupts masked, so the answer stays true until they are restored.
 * @par Cost
 * On the path of temporary mappings and of statistics.
 * @par Source
 * docs/design.md.
 */
uint32_t dmacoh_port_cpu(void);

/**
 * @brief What kind of code is running now.
 * @return An or of DMACOH_CTX_* bits; 0 in a thread that may sleep. A loader without interrupts
 *         always returns 0.
 * @par Context
 * Called from any context; thread-class functions call it in every build.
 * @par Cost
 * Not on the path of map, sync, unmap, alloc and free.
 * @par Source
 * docs/design.md, the context table.
 */
uint32_t dmacoh_port_context(void);

/**
 * @brief Make a lock usable and free.
 *
 * An explicit call and not "zero means free", because PA-RISC's ldcw needs 1 for free.
 *
 * @param[out] lock  Storage of the library, aligned to 8 bytes, not in use.
 * @par Context
 * Thread. Called by dmacoh_init(), dmacoh_pool_init() and dmacoh_objpool_init().
 * @par Cost
 * Once per object.
 * @par Source
 * [PA-LDCW].
 */
void dmacoh_port_lock_init(struct dmacoh_lock *lock);

/**
 * @brief Take a spin lock, with acquire order.
 *
 * The library's locks are leaves: while one is held it takes no other lock and calls no other port
 * function, and it holds it for a bounded number of instructions. A system with one CPU may do
 * nothing here: interrupts are masked.
 *
 * @param[in,out] lock  A lock that this CPU does not hold.
 * @par Context
 * Called with interrupts masked, any context. Must not sleep.
 * @par Cost
 * On the path of pools, bounces and shared maps.
 * @par Source
 * docs/design.md, INV-4.
 */
void dmacoh_port_lock(struct dmacoh_lock *lock);

/**
 * @brief Release a spin lock, with release order.
 * @param[in,out] lock  A lock that this CPU holds.
 * @par Context
 * As dmacoh_port_lock().
 * @par Cost
 * As dmacoh_port_lock().
 * @par Source
 * docs/design.md, INV-4.
 */
void dmacoh_port_unlock(struct dmacoh_lock *lock);

/**
 * @brief Stop the system: an invariant of the library is broken.
 *
 * Called only by builds with DMACOH_ASSERT on. Must not return.
 *
 * @param[in] what   The condition that does not hold, as text.
 * @param[in] where  The function that found it.
 * @par Context
 * Any, locks possibly held.
 * @par Cost
 * None.
 * @par Source
 * docs/design.md.
 */
void dmacoh_port_panic(const char *what, const char *where);

#ifdef __cplusplus
}
#endif
#endif
