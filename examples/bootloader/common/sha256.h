/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file sha256.h  SHA-256 of FIPS 180-4. */
#ifndef BOOT_SHA256_H
#define BOOT_SHA256_H

#include <stdint.h>

#define SHA256_BYTES 32u

struct sha256 {
    uint32_t state[8];
    uint32_t total; /* bytes so far; below 512 MiB, so that the bit count fits 32 bits */
    unsigned char block[64];
};

void sha256_start(struct sha256 *hash);
void sha256_add(struct sha256 *hash, const void *data, uint32_t len);

/** Ends the hash; @p hex gets 64 lower-case digits and a zero. */
void sha256_finish(struct sha256 *hash, char hex[2u * SHA256_BYTES + 1u]);

#endif
