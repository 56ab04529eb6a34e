# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# The source list, for a build system of your own (our CMakeLists.txt uses this same file):
#
#   include(path/to/libdmacoh/dmacoh.cmake)
#   target_sources(kernel PRIVATE ${DMACOH_CORE_SOURCES} ${DMACOH_ARMV7A_SOURCES})
#   target_include_directories(kernel PRIVATE ${DMACOH_INCLUDES} ${DMACOH_PRIVATE_INCLUDES}
#                                             ${DMACOH_ARMV7A_INCLUDES})
#   set_source_files_properties(${DMACOH_CORE_SOURCES} ${DMACOH_ARMV7A_SOURCES}
#       PROPERTIES COMPILE_DEFINITIONS DMACOH_BACKEND=armv7a)
#
# Sets, all absolute paths:
#   DMACOH_INCLUDES          public headers
#   DMACOH_PRIVATE_INCLUDES  needed to compile the library's own files only
#   DMACOH_CORE_SOURCES      the arch-neutral part
#   DMACOH_BACKENDS          every backend, as in DMACOH_<ARCH>_BACKENDS below
#   DMACOH_ARMV7A_SOURCES, DMACOH_ARMV7A_INCLUDES    the ARMv7-A backend, and its instructions;
#                            likewise for every other backend, in capitals
#   DMACOH_BACKEND_SOURCES   all backends, each file once (for a program that has a choice)
#   DMACOH_ARCH_INCLUDES     the directories of all architectures, without instructions
#   DMACOH_VERSION           "major.minor.patch"
#
# The lists themselves are plain text, one path a line: any other build system can read them
# (dmacoh.mk does so for make).

# Reads the list file `list` (paths relative to the repository) into the variable `out`.
function(dmacoh_read_sources out list)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${list})
    file(STRINGS ${list} lines REGEX "^[^#]")
    set(paths)
    foreach(line IN LISTS lines)
        list(APPEND paths ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/${line})
    endforeach()
    set(${out} ${paths} PARENT_SCOPE)
endfunction()

set(DMACOH_INCLUDES ${CMAKE_CURRENT_LIST_DIR}/include)
set(DMACOH_PRIVATE_INCLUDES ${CMAKE_CURRENT_LIST_DIR}/src/core)

dmacoh_read_sources(DMACOH_CORE_SOURCES ${CMAKE_CURRENT_LIST_DIR}/src/core/sources.txt)

# Backends of one architecture share files and directories; each has a list of its own.
set(DMACOH_ARCHS arm mips parisc ppc)
set(DMACOH_ARM_BACKENDS armv5 armv6 armv7a armv7m)
set(DMACOH_MIPS_BACKENDS mips32)
set(DMACOH_PARISC_BACKENDS pa11 pa20)
set(DMACOH_PPC_BACKENDS e500 ppc44x ppc6xx ppc8xx)
set(DMACOH_BACKENDS)
set(DMACOH_BACKEND_SOURCES)
set(DMACOH_ARCH_INCLUDES)
foreach(arch IN LISTS DMACOH_ARCHS)
    string(TOUPPER ${arch} arch_name)
    set(directory ${CMAKE_CURRENT_LIST_DIR}/src/arch/${arch})
    list(APPEND DMACOH_ARCH_INCLUDES ${directory})
    foreach(backend IN LISTS DMACOH_${arch_name}_BACKENDS)
        string(TOUPPER ${backend} name)
        list(APPEND DMACOH_BACKENDS ${backend})
        dmacoh_read_sources(DMACOH_${name}_SOURCES ${directory}/${backend}.txt)
        set(DMACOH_${name}_INCLUDES
            ${directory}
            ${directory}/insn
            ${CMAKE_CURRENT_LIST_DIR}/src/arch/common/insn
        )
        list(APPEND DMACOH_BACKEND_SOURCES ${DMACOH_${name}_SOURCES})
    endforeach()
endforeach()
list(REMOVE_DUPLICATES DMACOH_BACKEND_SOURCES)

# The version is written once, in the public header, so that it is right without any build system.
set(DMACOH_VERSION)
foreach(part MAJOR MINOR PATCH)
    file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/include/dmacoh/version.h line
        REGEX "^#define DMACOH_VERSION_${part} ")
    string(REGEX REPLACE "^#define [A-Z_]+ +([0-9]+).*" "\\1" number "${line}")
    list(APPEND DMACOH_VERSION ${number})
endforeach()
list(JOIN DMACOH_VERSION "." DMACOH_VERSION)
