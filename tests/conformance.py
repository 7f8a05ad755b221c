"""The OGC's tests of API Features, cases made from our OpenAPI, and OWSLib, against a running server.

usage: conformance.py     (RANH_BIN = the program; RANH_CONFORMANCE = a Python that has conformance-requirements.txt)

ogctests: all 29 tests of part 1 pass. schemathesis: cases from the description of every path, sensible and senseless,
for a minute and a half: no 5xx, no status, media type or body that is not described, and what is against the schema is
refused; a method that a path does not have gets 405 and what there is, whatever comes with it. A case that a schema
allows may still make no sense (a filter that is no CQL2, a box in the wrong order), so being refused is not held against
the server. OWSLib reads what was imported.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from served_sample import SAMPLE, server

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
    "allow_header_conformance",
    "unsupported_method",
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
        failures = ogctests(python, address) + owslib(python, address) + schemathesis(python, address)
    for failure in failures:
        print("FAILED:", failure)
    return 1 if failures else 0


def ogctests(python, address):
    """The tests of part 1; the suite's own program does not tell by its exit code."""
    found = subprocess.run(
        [python, "-c", "import ogctests; print(ogctests.__path__[0])"], capture_output=True, text=True, check=True
    )
    package = pathlib.Path(found.stdout.strip())
    tests = package / "features" / "core"
    # Wherever the package lies, what its tests share stands in the folders above them.
    root = [f"--rootdir={package}", f"--confcutdir={package}"]
    command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore", "--tb=short", *root, str(tests)]
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


def owslib(python, address):
    """A client that many programs are built on."""
    script = pathlib.Path(__file__).resolve().parent / "served_sample" / "by_owslib.py"
    done = subprocess.run([python, str(script), address], capture_output=True, text=True)
    if done.returncode != 0:
        return [f"owslib: {done.stderr[-2_000:]}"]
    read = json.loads(done.stdout)
    zones = json.loads((SAMPLE / "zones.geojson").read_text(encoding="utf-8"))["features"]
    ids = [str(zone["id"]) for zone in zones]
    expected = {
        "ids": ids,
        "kcn": sum(zone["properties"]["kind"] == "KCN" for zone in zones),
        "in_extent": len(zones),
        "second_page": ids[5],
        "one": True,
    }
    failures = [f"owslib: {k} is {read[k]!r}, not {v!r}" for k, v in expected.items() if read[k] != v]
    properties = {name for zone in zones for name in zone["properties"]} | {"id", "geometry"}
    if set(read["queryables"]) != properties:
        failures.append(f"owslib: queryables differ: {sorted(set(read['queryables']) ^ properties)}")
    print(f"owslib: {len(read['ids'])} zones, {read['kcn']} with kind = KCN, {len(read['queryables'])} queryables")
    return failures


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
