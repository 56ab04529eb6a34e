# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""The mutation operators: each finds places in a Source and says what to put there.

A change is (start, end, replacement, kind). Kinds are part of the mutants' ids, so renaming one
renames its mutants.
"""

import re

from source import match, split_arguments

KEYWORDS = {"if", "for", "while", "switch", "return", "sizeof", "defined", "_Static_assert"}

# token -> what it becomes. Only changes that make the library weaker or different, never stronger:
# a DSB in place of a DMB is correct and slower, and the budgets' business.
SWAPS = {
    # barriers
    "insn_dsb": ["insn_dsb_st", "insn_dmb"],
    "insn_dsb_st": ["insn_dmb_st"],
    "insn_dmb": ["insn_dmb_st"],
    "BE_BAR_WMB": ["BE_BAR_RMB"],
    "BE_BAR_RMB": ["BE_BAR_WMB"],
    "BE_BAR_PUBLISH": ["BE_BAR_WMB"],
    "BE_BAR_BEGIN": ["BE_BAR_PUBLISH"],
    "BE_BAR_DONE": ["BE_BAR_PUBLISH"],
    # cache operations
    "insn_dccmvac": ["insn_dcimvac", "insn_dccimvac"],
    "insn_dcimvac": ["insn_dccmvac", "insn_dccimvac"],
    "insn_dccimvac": ["insn_dccmvac", "insn_dcimvac"],
    "BE_NOP": ["BE_CLEAN", "BE_INVAL", "BE_CLEAN_INVAL"],
    "BE_CLEAN": ["BE_NOP", "BE_INVAL", "BE_CLEAN_INVAL"],
    "BE_INVAL": ["BE_NOP", "BE_CLEAN", "BE_CLEAN_INVAL"],
    "BE_CLEAN_INVAL": ["BE_NOP", "BE_CLEAN", "BE_INVAL"],
    # TLB operations
    "insn_tlbimvaais": ["insn_tlbimva"],
    "insn_tlbimva": ["insn_tlbimvaais"],
    # directions, transitions, levels
    "DMACOH_TO_DEVICE": ["DMACOH_FROM_DEVICE"],
    "DMACOH_FROM_DEVICE": ["DMACOH_TO_DEVICE"],
    "BE_TO_DEVICE": ["BE_TO_CPU", "BE_OVERWRITE"],
    "BE_OVERWRITE": ["BE_TO_DEVICE"],
    "BE_TO_CPU": ["BE_TO_DEVICE"],
    "LEVEL_INNER": ["LEVEL_OUTER"],
    "LEVEL_OUTER": ["LEVEL_INNER"],
    "true": ["false"],
    "false": ["true"],
}
SWAP_KIND = {"true": "bool", "false": "bool"}

# Calls that get a range: index of the first argument of it, and "last" or "length".
RANGES = {
    "op_va": (2, "last"),
    "op_outer": (2, "last"),
    "maint_va": (2, "length"),
    "maint_range": (3, "length"),
    "maint_copy": (1, "copy"),
    "maint_zero": (0, "copy"),
}

COMPARE = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
STATUS = re.compile(r"\bDMACOH_E_\w+\b")
CALL = re.compile(r"(?<=[;{}])\s*((?:\(void\)\s*)?([A-Za-z_][\w.>-]*)\()")


def call_end(code, opening):
    """The last bracket of a call, which may be BE(c, op)(arguments); and the name of that op."""
    end = match(code, opening)
    name = None
    if code[end + 1 : end + 2] == "(":
        name = code[opening + 1 : end].split(",")[-1].strip()
        end = match(code, end + 1)
    return end, name


def dropped_calls(source):
    """Call statements are deleted; a call whose status is used is not made and counts as OK."""
    code = source.code
    for found in CALL.finditer(code):
        if found[2] in KEYWORDS or found[2] == "core_assert":
            continue
        end, name = call_end(code, found.end(1) - 1)
        rest = re.match(r"\s*;", code[end + 1 :])
        if rest:
            label = name or re.split(r"->|\.", found[2])[-1]
            yield found.start(1), end + 1 + rest.end(), "(void)0;", f"drop-{label}"
    for found in re.finditer(r"(?:\brc = |\bhere = |\breturn )([A-Za-z_]\w*)\(", code):
        if found[1] in KEYWORDS or found[1] == "fail":
            continue
        end, name = call_end(code, found.end() - 1)
        if re.match(r"\s*;", code[end + 1 :]):
            yield found.start(1), end + 1, "0", f"skip-{name or found[1]}"
    for found in re.finditer(r"\bFOR_EACH_LINE\((?:[^(),]+, )*(\w+)\)", code):
        if code[found.start() - 1] != "e":
            yield found.start(), found.end(), "", f"drop-{found[1]}"


STORE = re.compile(
    r"(?<=[;{}])\s*("
    r"\*?\w+(?:(?:->|\.)\w+|\[[^\];]*\])+(?: (?:[-+|&^]|<<|>>)?= [^;{}]*|\+\+|--);"
    r"|\*\w+ = [^;]*;)"
)


# What programs the hardware, or says what it holds. Elsewhere most stores are the handle's own report.
STORE_FILES = re.compile(r"/arch/|/core/(window|instance|device|caps|memmap|magazine)\.")


def stores(source):
    """A store to an object or through a pointer that is not made."""
    if not STORE_FILES.search(source.path):
        return
    for found in STORE.finditer(source.code):
        yield found.start(1), found.end(1), "(void)0;", "store"


def swaps(source):
    """One token for a weaker or another one."""
    for found in re.finditer(r"\b(?:%s)\b" % "|".join(SWAPS), source.code):
        before = source.code[: found.start()].rstrip()
        if before.endswith("case"):
            continue
        for new in SWAPS[found[0]]:
            kind = SWAP_KIND.get(found[0], f"{found[0]}-to-{new}")
            yield found.start(), found.end(), new, kind


def ranges(source):
    """The range of a cache operation or a copy, a line shorter or beside itself."""
    code = source.code
    for found in re.finditer(r"\b(op_va|op_outer|maint_\w+)\)?\(", code):
        shape = RANGES.get(found[1])
        if not shape:
            continue
        opening = found.end() - 1
        if re.match(r"\s*\{", code[match(code, opening) + 1 :]):
            continue  # the definition
        args = split_arguments(code, opening, match(code, opening))
        first, how = args[shape[0]], args[shape[0] + 1]
        if shape[1] == "copy":
            first = args[0] if found[1] == "maint_zero" else args[shape[0]]
            how = args[1] if found[1] == "maint_zero" else args[3]
        start = code[slice(*first)].strip()
        size = code[slice(*how)].strip()
        yield (*first, f" ({start}) + 64u", f"shift-{found[1]}")
        if shape[1] == "last":
            changes = [f" ({size}) - ((({size}) - ({start})) < 64u ? 0 : 64u)", f" ({size}) + 64u"]
        elif shape[1] == "length":
            changes = [f" ({size}) > 64u ? ({size}) - 64u : ({size})", f" ({size}) + 64u"]
        else:
            unit = 4 if found[1] == "maint_zero" else 1
            changes = [f" ({size}) - {unit}u", f" ({size}) + {unit}u"]
        yield (*how, changes[0], f"shorten-{found[1]}")
        yield (*how, changes[1], f"lengthen-{found[1]}")


def conditions(source):
    """An `if` that is never taken; one that always is, where no error is behind it."""
    code = source.code
    for found in re.finditer(r"\bif \(", code):
        opening = found.end() - 1
        end = match(code, opening)
        yield opening + 1, end, "0", "never"
        body = re.match(r"\s*\{", code[end + 1 :])
        if body:
            start = end + body.end()
            inside = code[start : match(code, start)]
            if "return" not in inside and "DMACOH_E_" not in inside:
                yield opening + 1, end, "1", "always"


def operands(source):
    """Each operand of || and && goes, with its operator."""
    code = source.code
    for found in re.finditer(r"&&|\|\|", code):
        stops_left = {"&&": ("&&", "||"), "||": ("||",)}[found[0]]
        left = _operand_start(code, found.start(), stops_left)
        right = _operand_end(code, found.end(), stops_left)
        if not code[:left].rstrip().endswith(found[0]):
            yield left, found.end(), " ", "operand"
        yield found.start(), right, " ", "operand"


def _operand_start(code, at, stops):
    depth = 0
    i = at - 1
    while i >= 0:
        c = code[i]
        if c in ")]}":
            depth += 1
        elif c in "([{":
            if depth == 0:
                return i + 1
            depth -= 1
        elif depth == 0:
            if code[i - 1 : i + 1] in stops or c in ",;?":
                return i + 1
            if c == ":" or (c == "=" and code[i - 1] not in "=!<>" and code[i + 1] != "="):
                return i + 1
            if code[i - 5 : i + 1] == "return" and code[i + 1].isspace():
                return i + 1
        i -= 1
    return 0


def _operand_end(code, at, stops):
    depth = 0
    for i in range(at, len(code)):
        c = code[i]
        if c in "([{":
            depth += 1
        elif c in ")]}":
            if depth == 0:
                return i
            depth -= 1
        elif depth == 0 and (code[i : i + 2] in stops or c in ",;?:"):
            return i
    return len(code)


def comparisons(source):
    """< for <=; and == for !=, but where it is a whole condition: conditions() has that one."""
    code = source.code
    for found in re.finditer(r" (<=|>=|==|!=|<|>) ", code):
        if found[1] in ("==", "!=") and re.search(r"\bif \([^()&|]*$", code[: found.start()]):
            continue
        yield found.start(1), found.end(1), COMPARE[found[1]], "compare"


def arithmetic(source):
    """Off by one everywhere; in range.h every operator as well."""
    code = source.code
    for found in re.finditer(r" [+-] 1u?\b(?!\w)", code):
        yield found.start(), found.end(), "", "one"
    for found in re.finditer(r"(?<=[\w)\]]) ([+-]) (?!1u?\b)", code):
        yield found.start(1), found.end(1), {"+": "-", "-": "+"}[found[1]], "sign"
    if source.path.endswith("range.h"):
        for found in re.finditer(r" ([&|]) ", code):
            yield found.start(1), found.end(1), {"&": "|", "|": "&"}[found[1]], "bits"
        for found in re.finditer(r"~", code):
            yield found.start(), found.end(), "", "bits"


def statuses(source):
    """An error that is reported as another one."""
    code = source.code
    for found in STATUS.finditer(code):
        if code[: found.start()].rstrip().endswith("case"):
            continue
        yield found.start(), found.end(), "DMACOH_E_PORT", "status"


# Tables of policy, and what a row of each begins with. The last row of a table, for all CPUs, has no number.
TABLES = {
    "cpus": r"\{\s*(?:[A-Z]\w*,\s*0x\w+|0,\s*0),",
    "with_pl310": r"\{\s*[A-Z]\w*,\s*0x\w+,",
    "with_early_pl310": r"\{\s*[A-Z]\w*,\s*0x\w+,",
    "errata": r"\{\s*0x\w+,\s*0x\w+,",
}
FLAGS = re.compile(r"\b(?:BE|V\d\w*)_P_\w+\b")


def policies(source):
    """A policy bit that is missing; a row that is; and each cell of a row, empty."""
    code = source.code
    for owner in source.owners:
        if not (owner.name in TABLES or (owner.name.isupper() and "_policy." in source.path)):
            continue
        for found in FLAGS.finditer(code, owner.start, owner.end):
            yield found.start(), found.end(), "0", f"without-{found[0]}"
        for found in re.finditer(TABLES.get(owner.name, r"(?!)"), code[: owner.end]):
            if found.start() >= owner.start:
                yield from _row(code, found.start())


def _row(code, opening):
    """A row without its mask is one for a single revision; without its operations, one that has none."""
    end = match(code, opening)
    cells = split_arguments(code, opening, end)
    if code[slice(*cells[0])].strip() != "0":
        yield opening, end + 2, "", "row"
    inside = code.rfind("{", opening + 1, end)
    if inside > 0:
        if code[slice(*cells[0])].strip() != "0":
            yield (*_trim(code, cells[0]), "0xffffffffu", "row-mask")
        cells = cells[2:-1] + split_arguments(code, inside, match(code, inside))[1:]
    for cell in cells:
        old = code[slice(*cell)].strip()
        if old.endswith("_OPS"):
            yield (*_trim(code, cell), "{{0}}", "cell")
        elif old != "0" and not old.startswith("BE_P_"):
            yield (*_trim(code, cell), "0x7fu" if old == "0x00" else "0", "cell")


def _trim(code, span):
    """Without the white space round it."""
    text = code[slice(*span)]
    return span[0] + len(text) - len(text.lstrip()), span[0] + len(text.rstrip())


def constants(source):
    """A named number of a backend: a bit, a mask, an offset. Its lowest bit goes; 0 becomes 1."""
    for owner in source.owners:
        body = re.fullmatch(
            r"\s*(?:UINT64_C\()?(0x[0-9a-f]+|\d+)u?\)?\s*", source.code[owner.start : owner.end]
        )
        if body:
            old = int(body[1], 0)
            new = old & (old - 1) if old != 0 else 1
            start = owner.start + body.start(1)
            yield start, start + len(body[1]), hex(new), "constant"


def instructions(source):
    """In the instruction layer: no instruction, a weaker barrier, another operand."""
    text = source.text
    for found in re.finditer(r"__asm__[^;]*;", text):
        yield found.start(), found.end(), "v = 0;" if "=r" in found[0] else ";", "asm-drop"
        for old, new in (("dsb sy", "dsb st"), ("dsb sy", "dmb sy"), ("dsb st", "dmb st"),
                         ("dmb sy", "dmb st"), ("dmb st", "dmb ishst")):
            at = found[0].find(old)
            if at >= 0:
                yield found.start() + at, found.start() + at + len(old), new, "asm-barrier"
        code = re.search(r"c(\d+), c(\d+), (\d)\"", found[0])
        if code:
            at = found.start() + code.start(3)
            yield at, at + 1, str(int(code[3]) ^ 1), "asm-opcode"
            at = found.start() + code.start(2)
            yield at, found.start() + code.end(2), str(int(code[2]) ^ 1), "asm-opcode"


ALL = [dropped_calls, stores, swaps, ranges, conditions, operands, comparisons, arithmetic, statuses,
       policies, constants]
