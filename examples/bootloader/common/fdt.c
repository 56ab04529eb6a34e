/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file fdt.c  Walks the structure block of a flat device tree once per question. */
#include "fdt.h"

#include "endian.h"
#include <stddef.h>

#define FDT_MAGIC      0xd00dfeedu
#define FDT_BEGIN_NODE 1u
#define FDT_END_NODE   2u
#define FDT_PROP       3u
#define FDT_NOP        4u

/* Words of the header. */
#define HDR_MAGIC   0
#define HDR_STRUCT  2
#define HDR_STRINGS 3

static bool starts_with(const char *text, const char *prefix)
{
    while (*prefix != '\0') {
        if (*text++ != *prefix++) {
            return false;
        }
    }
    return true;
}

static bool equal(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

static uint32_t words_of(uint32_t bytes)
{
    return (bytes + 3u) / 4u;
}

static uint32_t name_words(const char *name)
{
    uint32_t length = 0;

    while (name[length] != '\0') {
        length++;
    }
    return words_of(length + 1u);
}

const void *fdt_check(const void *fdt)
{
    const uint32_t *header = fdt;

    return be32(header[HDR_MAGIC]) == FDT_MAGIC ? fdt : NULL;
}

const void *fdt_property(const void *fdt, const char *node, const char *name, uint32_t *len)
{
    const uint32_t *header = fdt;
    const uint32_t *at;
    const char *strings;
    uint32_t depth = 0;
    uint32_t inside = 0; /* depth of the wanted node while the walk is in it */

    if (fdt == NULL) {
        return NULL;
    }
    at = header + be32(header[HDR_STRUCT]) / 4u;
    strings = (const char *)fdt + be32(header[HDR_STRINGS]);
    for (;;) {
        const uint32_t token = be32(*at++);

        if (token == FDT_BEGIN_NODE) {
            const char *node_name = (const char *)at;

            depth++;
            if (inside == 0 && starts_with(node_name, node)) {
                inside = depth;
            }
            at += name_words(node_name);
        } else if (token == FDT_END_NODE) {
            if (depth == inside) {
                return NULL;
            }
            depth--;
        } else if (token == FDT_PROP) {
            const uint32_t bytes = be32(at[0]);

            if (depth == inside && equal(strings + be32(at[1]), name)) {
                *len = bytes;
                return at + 2;
            }
            at += 2u + words_of(bytes);
        } else if (token != FDT_NOP) {
            return NULL; /* the end, or not a tree */
        }
    }
}

bool fdt_memory_size(const void *fdt, uint64_t *size)
{
    uint32_t len;
    const uint32_t *reg = fdt_property(fdt, "memory@", "reg", &len);

    if (reg == NULL || len < 16) {
        return false;
    }
    *size = (uint64_t)be32(reg[2]) << 32 | be32(reg[3]);
    return true;
}

const char *fdt_bootargs(const void *fdt)
{
    uint32_t len;
    const char *args = fdt_property(fdt, "chosen", "bootargs", &len);

    return args != NULL && len != 0 ? args : "";
}

/* The rest of the word that starts with `prefix`, or NULL. */
static const char *find_word(const char *args, const char *prefix)
{
    while (*args != '\0') {
        while (*args == ' ') {
            args++;
        }
        if (starts_with(args, prefix)) {
            while (*prefix != '\0') {
                args++;
                prefix++;
            }
            return args;
        }
        while (*args != '\0' && *args != ' ') {
            args++;
        }
    }
    return NULL;
}

bool bootarg_flag(const char *args, const char *word)
{
    const char *rest = find_word(args, word);

    return rest != NULL && (*rest == '\0' || *rest == ' ');
}

bool bootarg_number(const char *args, const char *name, uint32_t *value)
{
    const char *digits = find_word(args, name);
    uint32_t number = 0;

    if (digits == NULL || *digits++ != '=' || *digits == '\0' || *digits == ' ') {
        return false;
    }
    for (; *digits != '\0' && *digits != ' '; digits++) {
        if (*digits < '0' || *digits > '9' || number > UINT32_MAX / 10u - 1u) {
            return false;
        }
        number = number * 10u + (uint32_t)(*digits - '0');
    }
    *value = number;
    return true;
}
