# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# What is checked without running the library: each part of scripts/lint is a test.

foreach(part IN ITEMS format clang tidy cppcheck analyzer shell rules links snippets doxygen)
    add_test(NAME lint.${part}
        COMMAND ${PROJECT_SOURCE_DIR}/scripts/lint --build ${PROJECT_BINARY_DIR} ${part})
    set_tests_properties(lint.${part} PROPERTIES LABELS lint)
endforeach()

# clang-tidy takes both processors for itself.
set_tests_properties(lint.tidy PROPERTIES PROCESSORS 2 TIMEOUT 900)

foreach(compiler IN ITEMS gcc clang arm-none-eabi-gcc)
    add_test(NAME headers.${compiler}
        COMMAND ${PROJECT_SOURCE_DIR}/tests/headers/self_contained.py
        --compiler ${compiler} --include ${PROJECT_SOURCE_DIR}/include)
    set_tests_properties(headers.${compiler} PROPERTIES LABELS lint)
endforeach()
