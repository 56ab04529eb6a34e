/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file sha256.c
 * SHA-256, written for speed on an emulated CPU: the eight working variables change roles by
 * unrolling instead of being moved, and the message schedule is a ring of 16 words.
 */
#include "sha256.h"

#include "endian.h"

static const uint32_t round_constant[64] = {
    0x428a2f98u, 0x71374491u, 0xb5c0fbcfu, 0xe9b5dba5u, 0x3956c25bu, 0x59f111f1u, 0x923f82a4u,
    0xab1c5ed5u, 0xd807aa98u, 0x12835b01u, 0x243185beu, 0x550c7dc3u, 0x72be5d74u, 0x80deb1feu,
    0x9bdc06a7u, 0xc19bf174u, 0xe49b69c1u, 0xefbe4786u, 0x0fc19dc6u, 0x240ca1ccu, 0x2de92c6fu,
    0x4a7484aau, 0x5cb0a9dcu, 0x76f988dau, 0x983e5152u, 0xa831c66du, 0xb00327c8u, 0xbf597fc7u,
    0xc6e00bf3u, 0xd5a79147u, 0x06ca6351u, 0x14292967u, 0x27b70a85u, 0x2e1b2138u, 0x4d2c6dfcu,
    0x53380d13u, 0x650a7354u, 0x766a0abbu, 0x81c2c92eu, 0x92722c85u, 0xa2bfe8a1u, 0xa81a664bu,
    0xc24b8b70u, 0xc76c51a3u, 0xd192e819u, 0xd6990624u, 0xf40e3585u, 0x106aa070u, 0x19a4c116u,
    0x1e376c08u, 0x2748774cu, 0x34b0bcb5u, 0x391c0cb3u, 0x4ed8aa4au, 0x5b9cca4fu, 0x682e6ff3u,
    0x748f82eeu, 0x78a5636fu, 0x84c87814u, 0x8cc70208u, 0x90befffau, 0xa4506cebu, 0xbef9a3f7u,
    0xc67178f2u,
};

static inline uint32_t rotate(uint32_t value, uint32_t count)
{
    return value >> count | value << (32u - count);
}

/* Next word of the schedule, in the place of the one that is 16 rounds old. */
static inline uint32_t schedule(uint32_t ring[16], uint32_t t)
{
    const uint32_t w15 = ring[(t + 1u) & 15u];
    const uint32_t w2 = ring[(t + 14u) & 15u];
    const uint32_t s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ w15 >> 3;
    const uint32_t s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ w2 >> 10;

    return ring[t & 15u] += s0 + ring[(t + 9u) & 15u] + s1;
}

/* One round; the caller rotates the roles of the variables. */
#define ROUND(a, b, c, d, e, f, g, h, t, word)                                                     \
    do {                                                                                           \
        const uint32_t s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);                          \
        const uint32_t choice = (g) ^ ((e) & ((f) ^ (g)));                                         \
        const uint32_t s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);                          \
        const uint32_t majority = ((a) & (b)) | ((c) & ((a) | (b)));                               \
        const uint32_t sum = (h) + s1 + choice + round_constant[t] + (word);                       \
        (d) += sum;                                                                                \
        (h) = sum + s0 + majority;                                                                 \
    } while (0)

#define EIGHT_ROUNDS(t, word)                                                                      \
    do {                                                                                           \
        ROUND(a, b, c, d, e, f, g, h, (t) + 0u, word((t) + 0u));                                   \
        ROUND(h, a, b, c, d, e, f, g, (t) + 1u, word((t) + 1u));                                   \
        ROUND(g, h, a, b, c, d, e, f, (t) + 2u, word((t) + 2u));                                   \
        ROUND(f, g, h, a, b, c, d, e, (t) + 3u, word((t) + 3u));                                   \
        ROUND(e, f, g, h, a, b, c, d, (t) + 4u, word((t) + 4u));                                   \
        ROUND(d, e, f, g, h, a, b, c, (t) + 5u, word((t) + 5u));                                   \
        ROUND(c, d, e, f, g, h, a, b, (t) + 6u, word((t) + 6u));                                   \
        ROUND(b, c, d, e, f, g, h, a, (t) + 7u, word((t) + 7u));                                   \
    } while (0)

#define LOADED(t)    ring[t]
#define SCHEDULED(t) schedule(ring, t)

static void load_block(uint32_t ring[16], const unsigned char *data)
{
    if ((uintptr_t)data % sizeof(uint32_t) == 0) {
        const uint32_t *words = (const void *)data;

        for (uint32_t i = 0; i < 16; i++) {
            ring[i] = be32(words[i]);
        }
        return;
    }
    for (uint32_t i = 0; i < 16; i++, data += 4) {
        ring[i] = (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 |
                  (uint32_t)data[3];
    }
}

static void add_block(uint32_t state[8], const unsigned char *data)
{
    uint32_t ring[16];
    uint32_t a = state[0];
    uint32_t b = state[1];
    uint32_t c = state[2];
    uint32_t d = state[3];
    uint32_t e = state[4];
    uint32_t f = state[5];
    uint32_t g = state[6];
    uint32_t h = state[7];

    load_block(ring, data);
    EIGHT_ROUNDS(0u, LOADED);
    EIGHT_ROUNDS(8u, LOADED);
    for (uint32_t t = 16; t < 64; t += 16) {
        EIGHT_ROUNDS(t, SCHEDULED);
        EIGHT_ROUNDS(t + 8u, SCHEDULED);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
}

void sha256_start(struct sha256 *hash)
{
    static const uint32_t initial[8] = {
        0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au,
        0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u,
    };

    for (uint32_t i = 0; i < 8; i++) {
        hash->state[i] = initial[i];
    }
    hash->total = 0;
}

void sha256_add(struct sha256 *hash, const void *data, uint32_t len)
{
    const unsigned char *in = data;
    uint32_t fill = hash->total % 64u;

    hash->total += len;
    while (len != 0) {
        if (fill == 0 && len >= 64u) {
            add_block(hash->state, in);
            in += 64;
            len -= 64u;
            continue;
        }
        hash->block[fill++] = *in++;
        len--;
        if (fill == 64u) {
            add_block(hash->state, hash->block);
            fill = 0;
        }
    }
}

void sha256_finish(struct sha256 *hash, char hex[2u * SHA256_BYTES + 1u])
{
    static const unsigned char padding[64] = {0x80};
    const uint32_t bits = hash->total * 8u;
    const uint32_t fill = hash->total % 64u;
    unsigned char length[8] = {0};

    for (uint32_t i = 0; i < 4; i++) {
        length[4u + i] = (unsigned char)(bits >> (24u - 8u * i));
    }
    sha256_add(hash, padding, fill < 56u ? 56u - fill : 120u - fill);
    sha256_add(hash, length, sizeof length);
    for (uint32_t i = 0; i < 2u * SHA256_BYTES; i++) {
        hex[i] = "0123456789abcdef"[(hash->state[i / 8u] >> (28u - 4u * (i % 8u))) & 15u];
    }
    hex[2u * SHA256_BYTES] = '\0';
}
