/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file compiler.h
 * Included before everything else of this board's images, by an option of the compiler.
 *
 * GCC's own barrier on PA-RISC is a "load and clear" of the stack, at an address that is aligned to
 * 8 bytes; the architecture demands 16. So an atomic load, the only thing for which the shared files
 * want a barrier from it, is made of the right instruction here.
 */
#ifndef BOARD_COMPILER_H
#define BOARD_COMPILER_H

/* NOLINTNEXTLINE(bugprone-reserved-identifier): it replaces the compiler's own */
#define __atomic_load_n(word, order)                                                               \
    __extension__({                                                                                \
        const __typeof__(*(word)) value_ = *(const volatile __typeof__(*(word)) *)(word);          \
        __asm__ volatile("sync" ::"i"(order) : "memory");                                          \
        value_;                                                                                    \
    })

#endif
