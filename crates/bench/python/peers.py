"""The peers that Python brings, run by the program `bench`, one engine in one process:

    peers.py TASK ENGINE WORKLOAD FOLDER EVERY REPEAT

Reads the same files and the same candidates as the engines in Rust and leaves the same: ENGINE.json and, beside it,
one f64 for each pair. Loading is not timed; the figures are the CPU time of the whole process on one thread.
"""

import json
import resource
import sys
import time
from importlib import metadata
from pathlib import Path

import numpy as np
import shapely


def ragged(path):
    """The geometries of a workload file."""
    counts = np.fromfile(path, "<u8", 4)
    coords, rings, polygons, features = (int(n) for n in counts)
    xy = np.fromfile(path, "<f8", 2 * coords, offset=32).reshape(-1, 2)
    words = np.fromfile(path, "<u4", rings + polygons + features, offset=32 + 16 * coords)
    offsets = np.split(words.astype(np.int64), [rings, rings + polygons])
    if features == polygons and (np.diff(offsets[2]) == 1).all():
        return shapely.from_ragged_array(shapely.GeometryType.POLYGON, xy, tuple(offsets[:2]))
    return shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, xy, tuple(offsets))


def read_pairs(folder):
    """The candidates: for each pair its zone and its cell."""
    words = np.fromfile(folder / "pairs.bin", "<u4").astype(np.int64)
    zones, pairs = words[:2]
    taken, starts, cells = np.split(words[2:], [zones, 2 * zones + 1])
    assert len(cells) == pairs
    return np.repeat(taken, np.diff(starts)), cells


def cpu_s():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(work):
    """What the work gives, and its cost."""
    cpu, wall = cpu_s(), time.perf_counter()
    result = work()
    return result, {"cpu_s": cpu_s() - cpu, "wall_s": time.perf_counter() - wall}


def figure(name, includes, cost, count, **more):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"name": name, "includes": includes, "cost": cost, "count": int(count), "peak_bytes": peak, **more}


def leave(folder, engine, version, figures):
    text = json.dumps({"engine": engine, "version": version, "figures": figures})
    (folder / f"{engine}.json").write_text(text, encoding="utf-8")


def with_shapely(workload, folder):
    """shapely's own best way: zones prepared, the pairs that meet, their intersections."""
    zone, cell = read_pairs(folder)
    zones, cells = ragged(workload / "zones.bin"), ragged(workload / "cells.bin")

    def work():
        shapely.prepare(zones[np.unique(zone)])
        areas = np.zeros(len(zone))
        meets = shapely.intersects(zones[zone], cells[cell])
        areas[meets] = shapely.area(shapely.intersection(zones[zone[meets]], cells[cell[meets]]))
        return areas

    areas, cost = timed(work)
    areas.astype("<f8").tofile(folder / "shapely.geometry.areas.f64")
    includes = "zones prepared, intersects, intersection and its area"
    version = f"shapely {shapely.__version__} (GEOS {shapely.geos_version_string})"
    leave(folder, "shapely", version, [figure("geometry", includes, cost, len(zone), has_areas=True)])


def duckdb_connection():
    """DuckDB on one thread with its spatial extension, which comes as a package and is not downloaded."""
    import duckdb
    import duckdb_extension_spatial

    home = Path(duckdb_extension_spatial.__file__).parent
    extension = home / "extensions" / f"v{duckdb.__version__}" / "spatial.duckdb_extension"
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute(f"LOAD '{extension}'")
    return connection


def with_duckdb(workload, folder):
    """One spatial join of the zones taken with all cells, and the areas of the intersections."""
    zone, cell = read_pairs(folder)
    connection = duckdb_connection()
    for name, wanted in (("zones", np.unique(zone)), ("cells", None)):
        shapes = ragged(workload / f"{name}.bin")
        ids = np.arange(len(shapes)) if wanted is None else wanted
        connection.execute(f"CREATE TABLE {name} (id INTEGER, geom GEOMETRY)")
        # In parts, so that the text form between the two never holds everything at once.
        for part in np.array_split(ids, max(1, len(ids) // 20000)):
            given = {"id": part.astype(np.int32), "wkb": shapely.to_wkb(shapes[part])}
            connection.execute(f"INSERT INTO {name} SELECT id, ST_GeomFromWKB(wkb) FROM given")
    join = """
        CREATE TABLE found AS
        SELECT zones.id AS zone, cells.id AS cell, ST_Area(ST_Intersection(zones.geom, cells.geom)) AS area_m2
        FROM zones JOIN cells ON ST_Intersects(zones.geom, cells.geom)
    """
    plan = connection.execute("EXPLAIN " + join).fetchall()[0][1]
    _, cost = timed(lambda: connection.execute(join))
    found = connection.execute("SELECT zone, cell, area_m2 FROM found").fetchnumpy()
    # Pairs that the join leaves out do not meet.
    key = zone * (1 << 32) + cell
    order = np.argsort(key)
    at = np.searchsorted(key[order], found["zone"].astype(np.int64) * (1 << 32) + found["cell"])
    areas = np.zeros(len(zone))
    areas[order[at]] = found["area_m2"]
    areas.astype("<f8").tofile(folder / "duckdb.geometry.areas.f64")
    kind = "SPATIAL_JOIN" if "SPATIAL_JOIN" in plan else "no spatial join in its plan"
    includes = f"{kind} of zones and all cells (its own index included), intersection and its area"
    version = f"DuckDB {metadata.version('duckdb')} (spatial {metadata.version('duckdb-extension-spatial')})"
    leave(folder, "duckdb", version, [figure("geometry", includes, cost, len(zone), has_areas=True)])


ENGINES = {"shapely": with_shapely, "duckdb": with_duckdb}


def main():
    task, engine, workload, folder = sys.argv[1:5]
    assert task == "overlap", f"no task {task}"
    ENGINES[engine](Path(workload), Path(folder))


if __name__ == "__main__":
    main()
