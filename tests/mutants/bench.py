# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Copies of the tree in which mutants are built and tested, one for each job."""

import dataclasses
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time

# What the build and the tests read; everything else of the repository cannot change a verdict.
PARTS = ["CMakeLists.txt", "dmacoh.cmake", "dmacoh.mk", "cmake", "include", "src", "tests", "examples"]
LABELS = {"unit"}
# No warnings: a mutant may have unused variables. Little optimisation: most of the time is compiling.
# Undefined behaviour ends the program, as in the preset host-asan.
FLAGS = "-O1 -w -fsanitize=undefined -fsanitize-undefined-trap-on-error"
CONFIGURE = ["-G", "Ninja", "-DCMAKE_BUILD_TYPE=None", f"-DCMAKE_C_FLAGS={FLAGS}",
             "-DDMACOH_SANITIZED=ON", "-DDMACOH_WERROR=OFF"]
# Which files a test can judge, as a regular expression on their paths: a backend's own, and what it shares.
SHARED = r"/core/|/common/|"
FILES = {
    "armv5": r"/armv5[_.]|/short_desc",
    "armv6": r"/armv6[_.]|/short_desc",
    "armv7a": r"/armv7a[_.]|/pl310|/short_desc",
    "armv7m": r"/armv7m[_.]",
    "mips32": r"/mips32[_.]",
    "parisc": r"/pa(11|20)?[_.]",
    "e500": r"/e500[_.]|/ppc_",
    "ppc44x": r"/ppc44x[_.]|/ppc_",
    "ppc6xx": r"/ppc6xx[_.]|/ppc_",
    "ppc8xx": r"/ppc8xx[_.]|/ppc_(cache|policy|insn)",
}
# Unit tests of one backend; all others run on ARMv7-A.
UNIT_BACKEND = re.compile(r"armv5|armv6|armv7m|mips32|parisc|e500|ppc44x|ppc6xx|ppc8xx")
# Models of the simulated machine that are searched in a few seconds, and what each can judge.
MODELS = {
    "arm926": SHARED + FILES["armv5"],
    "arm926-wt": FILES["armv5"],
    "xscale": FILES["armv5"],
    "feroceon": FILES["armv5"],
    "arm1176": SHARED + FILES["armv6"],
    "arm11mpcore": SHARED + FILES["armv6"],
    "cortex-m7": SHARED + FILES["armv7m"],
    "cortex-a7": SHARED + FILES["armv7a"],
    "cortex-a7-ncwalk": SHARED + FILES["armv7a"],
    "cortex-a15": r"/armv7a_(window|policy)",
    "cortex-a7-lpae": r"/armv7a_(long|tables|window)",
    "24kc": SHARED + FILES["mips32"],
    "bmips4380": FILES["mips32"],
    "bmips5000": FILES["mips32"],
    "pa7300lc": SHARED + FILES["parisc"],
    "pa8700": FILES["parisc"],
    "e500v2": FILES["e500"],
    "ppc405": r"/ppc44x[_.]",
    "ppc440": SHARED + FILES["ppc44x"],
    "ppc603": FILES["ppc6xx"],
    "mpc860": FILES["ppc8xx"],
}
# Four CPUs and an outer cache take minutes; these cases of them do not.
PL310_CASES = ["single-from-aligned", "phys-from-edges-owned", "phys-to-cut", "phys-from-overwrite"]
CONFORMANCE = "tests/test_conformance.cortex-a7"
# Tests of the compiled library: opcodes, and the order of instructions in the backend.
GOLDEN = {
    f"{test}.{backend}": ([f"tests/golden/{test}.py", "--backend", backend], f"/{backend}_")
    for test in ("golden", "order") for backend in ("armv5", "armv6", "armv7a", "armv7m", "mips32",
                    "e500", "ppc44x", "ppc6xx", "ppc8xx")
}
# What several backends share is judged by one of them.
GOLDEN["golden.parisc"] = (["tests/golden/golden.py", "--backend", "pa11"], "/pa_insn")
GOLDEN["order.parisc"] = (["tests/golden/order.py", "--backend", "pa11"], r"/pa_cache\.c")
GOLDEN["golden.ppc"] = (["tests/golden/golden.py", "--backend", "e500"], "/ppc_insn")
GOLDEN["order.ppc"] = (["tests/golden/order.py", "--backend", "e500"], "/ppc_cache")
GOLDEN["golden.common"] = (["tests/golden/golden.py"], "arch/common/insn/")
GOLDEN["golden.pl310"] = (["tests/golden/golden.py"], "/pl310_")
GOLDEN["order.pl310"] = (["tests/golden/order.py"], r"/pl310\.c")

ADD_TEST = re.compile(r"^add_test\(\[=*\[(.*?)\]=*\] (.*)\)$", re.M)
PROPERTIES = re.compile(r'^set_tests_properties\(\[=*\[(.*?)\]=*\] .*?\bLABELS "([^"]*)"', re.M)
MEMORY = 4 << 30


class BuildError(Exception):
    """The tree does not compile."""


class NoBaseline(Exception):
    """A test fails without any mutant."""


@dataclasses.dataclass
class Test:
    """A test program. `seconds` and `fork` are found out by a run without a mutant."""

    name: str
    command: list  # words; programs relative to the build directory
    target: str = ""  # what ninja builds; empty: nothing
    only: str = ""  # regular expression: paths of the files that it can judge
    fork: str = "no"
    seconds: float = 0.0

    def judges(self, path):
        return re.search(self.only, "/" + path) is not None


def limit():
    """No core dumps, and no mutant that eats the machine's memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def run(command, directory, fork, timeout):
    """Did the program pass? Ends it at the first test that fails (libcheck tells each by TAP)."""
    environment = dict(os.environ, CK_FORK=fork, CK_TAP_LOG_FILE_NAME="-", CK_VERBOSITY="silent")
    process = subprocess.Popen(
        command, cwd=directory, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, start_new_session=True, preexec_fn=limit,
    )

    def end():
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    timer = threading.Timer(timeout, end)
    timer.start()
    try:
        for line in process.stdout:
            if line.startswith(b"not ok"):
                end()
                process.wait()
                return False
        return process.wait() == 0
    finally:
        timer.cancel()
        process.stdout.close()


class Tree:
    """One copy of the repository, with its build directory."""

    def __init__(self, top, directory):
        self.top = top
        self.source = directory / "tree"
        self.build = directory / "build"
        self.ready = {}  # name of a test: passed without a mutant

    def update(self):
        """Make the copy equal to the repository; a file that did not change keeps its time."""
        wanted = set()
        for part in PARTS:
            path = self.top / part
            files = [path] if path.is_file() else sorted(path.rglob("*"))
            for file in files:
                if file.is_file() and "__pycache__" not in file.parts:
                    wanted.add(file.relative_to(self.top))
        for name in wanted:
            copy = self.source / name
            content = (self.top / name).read_bytes()
            if not copy.exists() or copy.read_bytes() != content:
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(self.top / name, copy)
                os.utime(copy)
        for file in self.source.rglob("*"):
            if file.is_file() and file.relative_to(self.source) not in wanted:
                file.unlink()

    def configure(self):
        """All tests that can kill a mutant."""
        command = ["cmake", "-S", self.source, "-B", self.build, *CONFIGURE]
        done = subprocess.run(command, text=True, capture_output=True)
        if done.returncode != 0:
            raise BuildError(done.stdout + done.stderr)
        # Not `ctest --show-only`: it does not tell the command of a program that is not built yet.
        tests = []
        for file in sorted(self.build.rglob("CTestTestfile.cmake")):
            text = file.read_text()
            labels = dict(PROPERTIES.findall(text))
            for name, command in ADD_TEST.findall(text):
                if labels.get(name) in LABELS:
                    program, *args = re.findall(r'"([^"]*)"', command)
                    target = os.path.relpath(program, self.build)
                    backend = UNIT_BACKEND.search(name)
                    only = SHARED + FILES[backend[0] if backend else "armv7a"]
                    tests.append(Test(name, ["./" + target, *args], target, only))
        for model, only in MODELS.items():
            command = ["./" + CONFORMANCE, "all", model]
            tests.append(Test(f"conformance.{model}", command, CONFORMANCE, only))
        for case in PL310_CASES:
            command = ["./" + CONFORMANCE, case, "cortex-a9-pl310"]
            tests.append(Test(f"conformance.pl310.{case}", command, CONFORMANCE, r"/pl310\.c|/armv7a_"))
        for name, (command, only) in GOLDEN.items():
            tests.append(Test(name, [sys.executable, *command], only=only))
        return tests

    def compile(self, test):
        """Build what a test needs."""
        if test.target:
            done = subprocess.run(
                ["ninja", test.target], cwd=self.build, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            if done.returncode != 0:
                raise BuildError(done.stdout.decode(errors="replace"))

    def passes(self, test, timeout):
        if test.target:
            return run(test.command, self.build, test.fork, timeout)
        scratch = ["--scratch", self.build / "golden"]
        return run([*test.command, *scratch], self.source, "no", timeout)

    def prepare(self, test):
        """The test must pass without a mutant; find out how, and how long that takes."""
        if test.name in self.ready:
            return
        self.compile(test)
        for fork in ("no", "yes"):
            test.fork = fork
            start = time.monotonic()
            if self.passes(test, 300):
                test.seconds = max(test.seconds, time.monotonic() - start)
                self.ready[test.name] = True
                return
        raise NoBaseline(f"{test.name} fails without any mutant")

    def killer(self, mutant, tests):
        """The first test that fails with the mutant; "" if none does, "uncompilable" if it cannot."""
        file = pathlib.Path(self.source / mutant.path)
        text = file.read_text()
        tests = [test for test in tests if test.judges(mutant.path)]
        for test in tests:
            if test.name not in self.ready:
                self.prepare(test)
        file.write_text(mutant.apply(text))
        try:
            for test in tests:
                self.compile(test)
                if not self.passes(test, 3 + 4 * test.seconds):
                    return test.name
        except BuildError:
            return "uncompilable"
        finally:
            file.write_text(text)
        return ""
