# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# The library of the product: one backend, called directly.

string(TOUPPER "${DMACOH_BACKEND}" backend)
if(NOT DEFINED DMACOH_${backend}_SOURCES)
    list(JOIN DMACOH_BACKENDS ", " backends)
    message(FATAL_ERROR
        "DMACOH_BACKEND=\"${DMACOH_BACKEND}\" is not a backend of this version: ${backends} are")
endif()

add_library(dmacoh STATIC ${DMACOH_CORE_SOURCES} ${DMACOH_${backend}_SOURCES})
add_library(dmacoh::dmacoh ALIAS dmacoh)

target_include_directories(dmacoh
    PUBLIC
        $<BUILD_INTERFACE:${DMACOH_INCLUDES}>
        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE
        ${DMACOH_PRIVATE_INCLUDES}
        ${DMACOH_${backend}_INCLUDES}
)
target_compile_definitions(dmacoh PRIVATE DMACOH_BACKEND=${DMACOH_BACKEND})
target_link_libraries(dmacoh PRIVATE
    $<BUILD_INTERFACE:dmacoh_warnings>
    $<BUILD_INTERFACE:dmacoh_freestanding>
)
dmacoh_apply_options(dmacoh)
