/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file console.c  A small printf. */
#include "console.h"

#include "board.h"
#include <stdarg.h>

static void put_string(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\n') {
            board_putc('\r');
        }
        board_putc(*text);
    }
}

static void put_number(uint32_t value, uint32_t base, uint32_t width, char pad)
{
    char digits[16];
    uint32_t count = 0;

    do {
        digits[count++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value != 0);
    for (uint32_t i = count; i < width; i++) {
        board_putc(pad);
    }
    while (count != 0) {
        board_putc(digits[--count]);
    }
}

static void put_signed(int value)
{
    uint32_t magnitude = (uint32_t)value;

    if (value < 0) {
        board_putc('-');
        magnitude = 0u - magnitude; /* right for the most negative value too */
    }
    put_number(magnitude, 10, 0, ' ');
}

static void put_argument(char conversion, uint32_t width, char pad, va_list *args)
{
    switch (conversion) {
    case 's':
        put_string(va_arg(*args, const char *));
        break;
    case 'c':
        board_putc((char)va_arg(*args, int));
        break;
    case 'd':
        put_signed(va_arg(*args, int));
        break;
    case 'u':
        put_number(va_arg(*args, uint32_t), 10, width, pad);
        break;
    case 'x':
        put_number(va_arg(*args, uint32_t), 16, width, pad);
        break;
    default:
        board_putc(conversion);
        break;
    }
}

void con_printf(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    for (; *format != '\0'; format++) {
        uint32_t width = 0;
        char pad = ' ';

        if (*format != '%') {
            const char text[2] = {*format, '\0'};

            put_string(text);
            continue;
        }
        format++;
        if (*format == '0') {
            pad = '0';
        }
        while (*format >= '0' && *format <= '9') {
            width = width * 10u + (uint32_t)(*format++ - '0');
        }
        if (*format == '\0') {
            break;
        }
        put_argument(*format, width, pad, &args);
    }
    va_end(args);
}
