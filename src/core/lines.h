/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file lines.h
 * @brief The loop of every cache operation over a range of addresses. For backends. Private.
 */
#ifndef DMACOH_LINES_H
#define DMACOH_LINES_H

#include "range.h"

/*
 * insn(va) on each line of `line` bytes, from that of the byte `first` to the one at `end`: to the last
 * line, not to one past the end, which is 0 at the top of the address space.
 */
#define FOR_EACH_LINE(line, first, end, insn)                                                      \
    for (uintptr_t va = (uintptr_t)unit_first(first, line);; va += (line)) {                       \
        insn(va);                                                                                  \
        if (va == (end)) {                                                                         \
            break;                                                                                 \
        }                                                                                          \
    }

#endif
