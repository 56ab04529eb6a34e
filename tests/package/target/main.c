/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/*
 * A stranger's program on the target: it links if the archive needs nothing but the port and mem*.
 * It is never run; the bootloader shows a port that works.
 */
#include <dmacoh/dmacoh.h>
#include <dmacoh/port.h>

void *memcpy(void *restrict to, const void *restrict from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);

void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
    (void)from;
    (void)n;
    return to;
}

void *memmove(void *to, const void *from, size_t n)
{
    (void)from;
    (void)n;
    return to;
}

void *memset(void *to, int c, size_t n)
{
    (void)c;
    (void)n;
    return to;
}

int memcmp(const void *a, const void *b, size_t n)
{
    (void)a;
    (void)b;
    (void)n;
    return 0;
}

uintptr_t dmacoh_port_irq_save(void)
{
    return 0;
}

void dmacoh_port_irq_restore(uintptr_t state)
{
    (void)state;
}

uint32_t dmacoh_port_cpu(void)
{
    return 0;
}

uint32_t dmacoh_port_context(void)
{
    return 0;
}

void dmacoh_port_lock_init(struct dmacoh_lock *lock)
{
    lock->u.word[0] = 0;
}

void dmacoh_port_lock(struct dmacoh_lock *lock)
{
    (void)lock;
}

void dmacoh_port_unlock(struct dmacoh_lock *lock)
{
    (void)lock;
}

void dmacoh_port_panic(const char *what, const char *where)
{
    (void)what;
    (void)where;
    for (;;) {
    }
}

int main(void)
{
    static const struct dmacoh_cfg cfg;
    static struct dmacoh instance;
    static struct dmacoh_dev dev;
    static struct dmacoh_map map;
    static struct dmacoh_buf buf;

    if (dmacoh_init(&instance, &cfg) != DMACOH_OK) {
        return 1;
    }
    if (dmacoh_map_single(&dev, &map, &cfg, sizeof cfg, DMACOH_TO_DEVICE, 0) == DMACOH_OK) {
        dmacoh_desc_publish(&dev);
        return dmacoh_unmap(&map);
    }
    return dmacoh_alloc(&dev, &buf, 4096, 0);
}
