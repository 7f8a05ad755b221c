"""A server over a part of the sample, for the scripts beside this folder."""

import contextlib
import os
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "data" / "sample"
LAYERS = ["zones", "communes", "plan-2021-2030"]


@contextlib.contextmanager
def server(layers=LAYERS, check=True, store=None):
    """Yields the address of a server, without a slash at its end; it ends with the block. `store` is where the store is
    made, else in a folder of its own.
    """
    ranh = os.environ.get("RANH_BIN", str(ROOT / "target" / "debug" / "ranh"))
    with tempfile.TemporaryDirectory() as folder:
        store = str(store or pathlib.Path(folder) / "sample.gpkg")
        for layer in layers:
            run(ranh, "import", str(SAMPLE / f"{layer}.geojson"), "--store", store, "--role", "auto")
        if check:
            # 1 = there are findings, which is what the sample is for.
            run(ranh, "check", "--store", store, codes=(0, 1))
        command = [ranh, "serve", "--store", store, "--listen", "127.0.0.1:0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            try:
                line = process.stdout.readline()
                address = re.search(r"http://[^/\s]+", line)
                if address is None:
                    raise SystemExit(f"ranh serve does not say where it listens: {line!r}")
                yield address.group()
            finally:
                process.terminate()
                process.wait()


def run(*command, codes=(0,)):
    """Runs a command and fails with its words when it does."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in codes:
        raise SystemExit(f"{' '.join(command)}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout

