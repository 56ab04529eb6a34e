/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file image.h
 * @brief The program for the target: its bytes, in its byte order, and its symbols.
 */
#ifndef MC_IMAGE_H
#define MC_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct image {
    bool big;                /* byte order */
    uint32_t text, text_end; /* addresses of the instructions */
    uint32_t last;           /* of variables */
    uint8_t *file;           /* the ELF file */
    size_t size;             /* its bytes */
};

/** Reads an ELF file of 32 bits; ends the program if there is something wrong with it. */
void image_open(struct image *im, const char *path);
void image_close(struct image *im);

/** Copies the segments to ram, which stands for the addresses from base on. */
void image_load(const struct image *im, uint8_t *ram, uint32_t base, uint32_t size);

/** Address of a symbol; 0: there is none. */
uint32_t image_symbol(const struct image *im, const char *name);

/** Words of 32 and 16 bits in the target's byte order. */
uint32_t image_get32(const struct image *im, const uint8_t *p);
uint16_t image_get16(const struct image *im, const uint8_t *p);
void image_put32(const struct image *im, uint8_t *p, uint32_t value);

#endif
