/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file mem.c
 * The four functions that a freestanding compiler calls. For ordinary memory only: the library
 * copies and zeroes DMA memory with its own loops.
 *
 * Built with -fno-tree-loop-distribute-patterns: otherwise the compiler turns these loops into
 * calls of themselves.
 */
#include <stddef.h>
#include <stdint.h>

void *memset(void *dest, int value, size_t size);
void *memcpy(void *restrict dest, const void *restrict src, size_t size);
void *memmove(void *dest, const void *src, size_t size);
int memcmp(const void *left, const void *right, size_t size);

#define WORD sizeof(uint32_t)

void *memset(void *dest, int value, size_t size)
{
    unsigned char *out = dest;
    const uint32_t word = (uint32_t)(unsigned char)value * 0x01010101u;

    for (; size != 0 && ((uintptr_t)out % WORD) != 0; size--) {
        *out++ = (unsigned char)value;
    }
    for (; size >= WORD; size -= WORD, out += WORD) {
        *(uint32_t *)(void *)out = word;
    }
    for (; size != 0; size--) {
        *out++ = (unsigned char)value;
    }
    return dest;
}

void *memcpy(void *restrict dest, const void *restrict src, size_t size)
{
    unsigned char *out = dest;
    const unsigned char *in = src;

    if (((uintptr_t)out % WORD) == ((uintptr_t)in % WORD)) {
        for (; size != 0 && ((uintptr_t)out % WORD) != 0; size--) {
            *out++ = *in++;
        }
        for (; size >= WORD; size -= WORD, out += WORD, in += WORD) {
            *(uint32_t *)(void *)out = *(const uint32_t *)(const void *)in;
        }
    }
    for (; size != 0; size--) {
        *out++ = *in++;
    }
    return dest;
}

void *memmove(void *dest, const void *src, size_t size)
{
    unsigned char *out = dest;
    const unsigned char *in = src;

    if ((uintptr_t)out - (uintptr_t)in >= size) {
        return memcpy(dest, src, size); /* dest is not inside [src, src + size) */
    }
    while (size != 0) {
        size--;
        out[size] = in[size];
    }
    return dest;
}

int memcmp(const void *left, const void *right, size_t size)
{
    const unsigned char *a = left;
    const unsigned char *b = right;

    for (; size != 0; size--, a++, b++) {
        if (*a != *b) {
            return *a < *b ? -1 : 1;
        }
    }
    return 0;
}
