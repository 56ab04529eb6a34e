/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The emulator Unicorn: a hook on each instruction of interest, and on each access to the arena. */
#include "machine.h"
#include "trace.h"

#include <unicorn/unicorn.h>

#define ARM_MODE_MASK 0x1fu
#define ARM_SVC       0x13u

static void check(uc_err err, const char *what)
{
    if (err != UC_ERR_OK) {
        die("Unicorn: %s: %s", what, uc_strerror(err));
    }
}

static uint32_t read_reg(const struct machine *m, int reg)
{
    uint32_t value = 0;

    check(uc_reg_read(m->engine, reg, &value), "register");
    return value;
}

static void write_reg(const struct machine *m, int reg, uint32_t value)
{
    check(uc_reg_write(m->engine, reg, &value), "register");
}

static uint32_t numbered(const struct machine *m, uint8_t n)
{
    return n == REG_NONE ? 0 : read_reg(m, m->cpu->reg(n));
}

static void on_site(uc_engine *uc, uint64_t pc, uint32_t size, void *user)
{
    struct site *site = user;
    const struct insn *insn = &site->insn;

    (void)pc;
    (void)size;
    machine_site(site->m, site,
                 numbered(site->m, insn->base) + numbered(site->m, insn->index) +
                     (uint32_t)insn->offset);
    if (trace_failed()) {
        (void)uc_emu_stop(uc);
    }
}

static void on_access(uc_engine *uc, uc_mem_type type, uint64_t va, int size, int64_t value,
                      void *user)
{
    machine_access(user, (uint32_t)va, (uint32_t)size, type == UC_MEM_WRITE, (uint64_t)value);
    if (trace_failed()) {
        (void)uc_emu_stop(uc);
    }
}

/* Unicorn's hooks are variadic with a callback as an object pointer. */
static void *callback(void (*fn)(void))
{
    union {
        void (*fn)(void);
        void *object;
    } u = {fn};

    return u.object;
}

static void hook_arena(struct machine *m, uint32_t va, uint32_t size)
{
    uc_hook handle;

    check(uc_hook_add(m->engine, &handle, UC_HOOK_MEM_READ | UC_HOOK_MEM_WRITE,
                      callback((void (*)(void))on_access), m, va, va + (size - 1u)),
          "hook of accesses");
}

static void hook_sites(struct machine *m)
{
    for (uint32_t i = 0; i < m->nsites; i++) {
        struct site *site = &m->sites[i];
        uc_hook handle;

        check(uc_hook_add(m->engine, &handle, UC_HOOK_CODE, callback((void (*)(void))on_site), site,
                          site->pc, site->pc),
              "hook of an instruction");
    }
}

static void engine_open(struct machine *m)
{
    const struct cpu *cpu = m->cpu;
    uc_engine *uc;

    check(uc_open((uc_arch)cpu->arch, (uc_mode)cpu->mode, &uc), "open");
    m->engine = uc;
    check(uc_ctl_set_cpu_model(uc, cpu->model), "model");
    check(uc_mem_map_ptr(uc, 0, RAM_SIZE, UC_PROT_ALL, m->ram), "memory");
    check(uc_mem_map_ptr(uc, LOW_PHYS, HIGH_AT, UC_PROT_ALL, m->cache.cpu), "memory");
    check(uc_mem_map_ptr(uc, HIGH_PHYS, ARENA_HIGH, UC_PROT_ALL, m->cache.cpu + HIGH_AT), "memory");
    if (cpu->arch == UC_ARCH_ARM) {
        const uint32_t cpsr = read_reg(m, UC_ARM_REG_CPSR);

        write_reg(m, UC_ARM_REG_CPSR, (cpsr & ~ARM_MODE_MASK) | ARM_SVC);
    }
    hook_arena(m, cpu->cached_va + LOW_PHYS, HIGH_AT);
    if (cpu->uncached_va != cpu->cached_va) {
        hook_arena(m, cpu->uncached_va + LOW_PHYS, HIGH_AT);
    }
    if (cpu->windows != NULL) {
        /* Unicorn wants memory at virtual addresses as well; what it reads is the physical one. */
        check(uc_mem_map_ptr(uc, MC_WIN_VA, MC_WIN_BYTES, UC_PROT_ALL, m->window_memory), "memory");
        hook_arena(m, MC_WIN_VA, MC_WIN_BYTES);
    }
    hook_sites(m);
}

static void engine_close(struct machine *m)
{
    check(uc_close(m->engine), "close");
}

static bool engine_run(struct machine *m, uint32_t pc, const uint32_t args[4], uint32_t *result)
{
    const struct cpu *cpu = m->cpu;
    const uint32_t stop = cpu->cached_va + RAM_STOP;

    for (uint32_t i = 0; i < 4u; i++) {
        write_reg(m, cpu->reg(cpu->arg[i]), args[i]);
    }
    write_reg(m, cpu->reg(cpu->stack), cpu->cached_va + RAM_TOP - cpu->frame);
    write_reg(m, cpu->link != REG_NONE ? cpu->reg(cpu->link) : UC_PPC_REG_LR, stop);
    if (cpu->callee != REG_NONE) {
        write_reg(m, cpu->reg(cpu->callee), pc);
    }
    const uc_err err = uc_emu_start(m->engine, pc, stop, 0, 0);

    *result = read_reg(m, cpu->reg(cpu->result));
    if (err != UC_ERR_OK) {
        trace_fail("the CPU stopped at %08x: %s", read_reg(m, cpu->pc), uc_strerror(err));
    }
    return !trace_failed();
}

static void engine_patched(struct machine *m, uint32_t pc)
{
    check(uc_ctl_remove_cache(m->engine, pc, pc + 4u), "translated code");
}

const struct emulator emulator_unicorn = {engine_open, engine_close, engine_run, engine_patched};
