/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The compiled library on an emulated CPU, against a modelled cache: random cases, and wrong backends. */
#include "play.h"
#include "trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum mode {
    RANDOM,
    WRAPPED,
    PATCHED
};

struct options {
    const char *cpu, *image;
    uint64_t calls, seed;
    enum mode mode;
    bool follow;
};

static void usage(void)
{
    (void)puts(
        "usage: machine_code CPU IMAGE [--calls N] [--seed N] [--follow] [--wrapped | --patched]\n"
        "\n"
        "Plays random systems on the image until the library was called N times. A system that\n"
        "fails says its seed: --seed with it and --calls 1 plays that one again.\n"
        "  --calls N    library calls, at least (default 1000)\n"
        "  --seed N     first seed (default 1)\n"
        "  --follow     print each step\n"
        "  --wrapped    each wrong backend of mutants.elf must be caught\n"
        "  --patched    with each cache operation and barrier taken out, or made another one,\n"
        "               the image must be caught\n"
        "\n"
        "CPUs:");
    cpu_list();
}

static struct options parse(int argc, char **argv)
{
    struct options o = {.calls = 1000, .seed = 1};

    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;

        if (strcmp(argv[i], "--calls") == 0 && value != NULL) {
            o.calls = strtoull(value, NULL, 0);
            i++;
        } else if (strcmp(argv[i], "--seed") == 0 && value != NULL) {
            o.seed = strtoull(value, NULL, 0);
            i++;
        } else if (strcmp(argv[i], "--follow") == 0) {
            o.follow = true;
        } else if (strcmp(argv[i], "--wrapped") == 0) {
            o.mode = WRAPPED;
        } else if (strcmp(argv[i], "--patched") == 0) {
            o.mode = PATCHED;
        } else if (o.cpu == NULL) {
            o.cpu = argv[i];
        } else if (o.image == NULL) {
            o.image = argv[i];
        } else {
            usage();
            exit(2);
        }
    }
    if (o.image == NULL) {
        usage();
        exit(2);
    }
    return o;
}

static int play_random(struct machine *m, const struct options *o)
{
    struct totals t = {0};
    uint64_t seed = o->seed;

    do {
        play_one(m, seed, &t);
        if (trace_failed()) {
            trace_print();
            (void)printf("%s: %s\nagain: machine_code %s %s --calls 1 --seed %llu\n", m->cpu->name,
                         trace_reason(), o->cpu, o->image, (unsigned long long)seed);
            return 1;
        }
        seed++;
    } while (m->calls < o->calls);

    (void)printf("%s: %llu calls in systems %llu to %llu\n", m->cpu->name,
                 (unsigned long long)m->calls, (unsigned long long)o->seed,
                 (unsigned long long)seed - 1u);
    play_print(m, &t);
    return 0;
}

int main(int argc, char **argv)
{
    static struct machine m;
    const struct options o = parse(argc, argv);
    const struct cpu *cpu = cpu_find(o.cpu);
    int status;

    if (cpu == NULL) {
        die("%s is no CPU of this test", o.cpu);
    }
    trace_follow(o.follow);
    machine_open(&m, cpu, o.image);
    switch (o.mode) {
    case WRAPPED:
        status = mutants_wrapped(&m, o.seed);
        break;
    case PATCHED:
        status = mutants_patched(&m, o.seed);
        break;
    case RANDOM:
    default:
        status = play_random(&m, &o);
        break;
    }
    machine_close(&m);
    return status;
}
