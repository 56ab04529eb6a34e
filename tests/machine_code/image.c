/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "image.h"

#include "trace.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint32_t image_get32(const struct image *im, const uint8_t *p)
{
    if (im->big) {
        return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    }
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

uint16_t image_get16(const struct image *im, const uint8_t *p)
{
    return (uint16_t)(im->big ? p[0] << 8 | p[1] : p[1] << 8 | p[0]);
}

void image_put32(const struct image *im, uint8_t *p, uint32_t value)
{
    for (uint32_t i = 0; i < 4u; i++) {
        p[i] = (uint8_t)(value >> 8u * (im->big ? 3u - i : i));
    }
}

static uint8_t *read_file(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");

    if (f == NULL) {
        die("%s: cannot be opened", path);
    }
    size_t room = (size_t)1 << 20;
    uint8_t *bytes = malloc(room);

    if (bytes == NULL) {
        die("no memory");
    }
    *size = fread(bytes, 1, room, f);
    (void)fclose(f);
    if (*size == room || *size < sizeof(Elf32_Ehdr)) {
        die("%s: not as large as an image is", path);
    }
    return bytes;
}

static uint32_t word(const struct image *im, size_t at)
{
    if (at > im->size - 4u) {
        die("image: truncated");
    }
    return image_get32(im, im->file + at);
}

/* File offset of entry i of the program headers (phdr) or of the section headers. */
static size_t header(const struct image *im, bool phdr, uint32_t i)
{
    if (phdr) {
        return word(im, offsetof(Elf32_Ehdr, e_phoff)) + i * sizeof(Elf32_Phdr);
    }
    return word(im, offsetof(Elf32_Ehdr, e_shoff)) + i * sizeof(Elf32_Shdr);
}

static uint32_t headers(const struct image *im, bool phdr)
{
    const size_t at = phdr ? offsetof(Elf32_Ehdr, e_phnum) : offsetof(Elf32_Ehdr, e_shnum);

    return image_get16(im, im->file + at);
}

static void find_text(struct image *im)
{
    for (uint32_t i = 0; i < headers(im, false); i++) {
        const size_t at = header(im, false, i);

        if ((word(im, at + offsetof(Elf32_Shdr, sh_flags)) & SHF_EXECINSTR) != 0) {
            im->text = word(im, at + offsetof(Elf32_Shdr, sh_addr));
            im->text_end = im->text + word(im, at + offsetof(Elf32_Shdr, sh_size));
            return;
        }
    }
    die("image: no text");
}

void image_open(struct image *im, const char *path)
{
    *im = (struct image){0};
    im->file = read_file(path, &im->size);
    if (memcmp(im->file, ELFMAG, SELFMAG) != 0 || im->file[EI_CLASS] != ELFCLASS32) {
        die("%s: not an ELF file of 32 bits", path);
    }
    im->big = im->file[EI_DATA] == ELFDATA2MSB;
    im->last = image_symbol(im, "mc_end") - 1u;
    find_text(im);
}

void image_close(struct image *im)
{
    free(im->file);
    *im = (struct image){0};
}

void image_load(const struct image *im, uint8_t *ram, uint32_t base, uint32_t size)
{
    if (im->text < base || im->last - base >= size) {
        die("image: %08x to %08x is not where the memory is", im->text, im->last);
    }
    for (uint32_t i = 0; i < headers(im, true); i++) {
        const size_t at = header(im, true, i);
        const uint32_t va = word(im, at + offsetof(Elf32_Phdr, p_vaddr));
        const uint32_t from = word(im, at + offsetof(Elf32_Phdr, p_offset));
        const uint32_t bytes = word(im, at + offsetof(Elf32_Phdr, p_filesz));

        if (word(im, at + offsetof(Elf32_Phdr, p_type)) != PT_LOAD || bytes == 0) {
            continue;
        }
        if (from > im->size || bytes > im->size - from) {
            die("image: truncated");
        }
        memcpy(ram + (va - base), im->file + from, bytes);
    }
}

static uint32_t symbol_in(const struct image *im, size_t table, const char *name)
{
    const uint32_t first = word(im, table + offsetof(Elf32_Shdr, sh_offset));
    const uint32_t bytes = word(im, table + offsetof(Elf32_Shdr, sh_size));
    const uint32_t link = word(im, table + offsetof(Elf32_Shdr, sh_link));
    const uint32_t strings = word(im, header(im, false, link) + offsetof(Elf32_Shdr, sh_offset));
    const size_t len = strlen(name) + 1u;

    for (uint32_t at = first; at < first + bytes; at += (uint32_t)sizeof(Elf32_Sym)) {
        const size_t text = strings + word(im, at + offsetof(Elf32_Sym, st_name));

        if (text + len <= im->size && memcmp(im->file + text, name, len) == 0) {
            return word(im, at + offsetof(Elf32_Sym, st_value));
        }
    }
    return 0;
}

uint32_t image_symbol(const struct image *im, const char *name)
{
    for (uint32_t i = 0; i < headers(im, false); i++) {
        const size_t at = header(im, false, i);

        if (word(im, at + offsetof(Elf32_Shdr, sh_type)) == SHT_SYMTAB) {
            return symbol_in(im, at, name);
        }
    }
    return 0;
}
