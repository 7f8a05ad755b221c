"""The OGC's tests of API Features, and cases made from our OpenAPI, against a running server.

usage: conformance.py     (RANH_BIN = the program; RANH_CONFORMANCE = a Python that has conformance-requirements.txt)

ogctests: all 29 tests of part 1 pass. schemathesis: cases from the description of every path, sensible and senseless,
for a minute and a half: no 5xx, no status, media type or body that is not described, what is against the schema is
refused, and methods that are not there are told so. A case that a schema allows may still make no sense (a filter that
is no CQL2, a box in the wrong order), so being refused is not held against the server.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

from served_sample import server

OGC_TESTS = 29
SECONDS = 90
SEED = 7
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "allow_header_conformance",
]


def main():
    python = os.environ.get("RANH_CONFORMANCE")
    if not python:
        print(
            "conformance: SKIPPED, ogctests and schemathesis are not installed: no standard was tested",
            file=sys.stderr,
        )
        return 0
    with server() as address:
        failures = ogctests(python, address) + schemathesis(python, address)
    for failure in failures:
        print("FAILED:", failure)
    return 1 if failures else 0


def ogctests(python, address):
    """The tests of part 1; the suite's own program does not tell by its exit code."""
    found = subprocess.run(
        [python, "-c", "import ogctests; print(ogctests.__path__[0])"], capture_output=True, text=True, check=True
    )
    tests = pathlib.Path(found.stdout.strip()) / "features" / "core"
    command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore", "--tb=short", str(tests)]
    environment = {**os.environ, "INSTANCE_URL": address}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True)
    last = (done.stdout.strip().splitlines() or ["nothing was said"])[-1]
    print(f"ogctests: {last}")
    passed = re.search(r"(\d+) passed", last)
    if done.returncode == 0 and passed and int(passed.group(1)) == OGC_TESTS:
        return []
    print(done.stdout)
    return [f"ogctests: {OGC_TESTS} tests must pass"]


def schemathesis(python, address):
    """Cases from the description; bounded in time."""
    command = [
        str(pathlib.Path(python).parent / "schemathesis"),
        "--no-color",
        "run",
        f"{address}/api",
        f"--checks={','.join(CHECKS)}",
        f"--max-time={SECONDS}",
        f"--seed={SEED}",
        "--no-shrink",
        "--continue-on-failure",
        "--generation-database=none",
        "--warnings=off",
        "--phases=examples,coverage,fuzzing",
        "--max-examples=20",
    ]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    for line in done.stdout.splitlines():
        if re.search(r"generated|Operations:|Phase|seen|passed", line):
            print(f"schemathesis: {line.strip()}")
    if done.returncode == 0:
        return []
    print(done.stdout[-20_000:], done.stderr[-5_000:])
    return ["schemathesis: see above"]


if __name__ == "__main__":
    sys.exit(main())
