"""Tiles of the sample province as other people's readers see them.

usage: tiles_by_others.py     (RANH_BIN = the program; Node with the packages of tests/browser; GDAL's bindings, Debian's
                               python3-gdal, or its ogr2ogr)

A store of the sample is served, and tiles of every collection, of its findings too, are fetched at zooms 0 to 16 on both
tile matrix sets. Python's mapbox-vector-tile, @mapbox/vector-tile and GDAL's MVT driver must read the same features in
the same layers, with equal ids and attributes and the same number of points; and every tile must keep the rules of the
specification, by a judge that is held against the fixtures of @mapbox/mvt-fixtures (tests/browser/tiles.js), and every polygon be filled whole and nowhere else. Every
feature's attributes must be those of the collection's items. Of exported PMTiles, pmtiles (PyPI) must read the tiles that
the server answers, and all of them.
"""

import gzip
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "sample"
BROWSER = ROOT / "tests" / "browser"
# GDAL's bindings belong to it, whoever runs this.
SYSTEM_PYTHON = "/usr/bin/python3"
BY_GDAL = ROOT / "tests" / "served_sample" / "tiles_by_gdal.py"
GRIDS = ["WebMercatorQuad", "VN2000Quad"]
ZOOMS = range(17)
# Tiles of a collection and zoom, from the middle of its limits on.
MOST = 2
# Collections that are exported whole.
ARCHIVED = ["zones", "communes"]
KINDS = {"Point": 1, "MultiPoint": 1, "LineString": 2, "MultiLineString": 2, "Polygon": 3, "MultiPolygon": 3}


def main():
    readers = Readers()
    with tempfile.TemporaryDirectory() as folder, Server(pathlib.Path(folder)) as server:
        tiles = fetched(server)
        failures = matching(server, tiles)
        folder = pathlib.Path(folder) / "tiles"
        folder.mkdir()
        for name, bytes_ in tiles.items():
            (folder / f"{name}.mvt").write_bytes(bytes_)
        by_python = {name: readers.python(bytes_) for name, bytes_ in tiles.items()}
        features = sum(len(layer) for tile in by_python.values() for layer in tile.values())
        print(f"{len(tiles)} tiles, {sum(map(len, tiles.values()))} bytes, {features} features")
        failures += readers.by_node(folder, by_python)
        failures += readers.by_gdal(folder, by_python)
        failures += archives(server)
    for failure in failures[:50]:
        print("FAILED:", failure)
    return 1 if failures else 0


class Server:
    """The sample in a store, checked and served."""

    def __init__(self, folder):
        self.store = folder / "sample.gpkg"

    def __enter__(self):
        ranh = os.environ["RANH_BIN"]
        for file in sorted(SAMPLE.glob("*.geojson")):
            done = subprocess.run([ranh, "import", file, "--store", self.store], capture_output=True, text=True)
            if done.returncode != 0:
                raise SystemExit(f"{file}: {done.stderr}")
        subprocess.run([ranh, "check", "--store", self.store], capture_output=True)
        serve = [ranh, "serve", "--store", self.store, "--listen", "127.0.0.1:0"]
        self.process = subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = next(line.split()[-1].rstrip("/") for line in self.process.stdout if "http://" in line)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def get(self, path):
        with urllib.request.urlopen(self.address + path) as answer:
            return answer.read()

    def json(self, path):
        return json.loads(self.get(path))


def fetched(server):
    """Tiles by a name that tells collection, set, zoom, column and row; those with nothing in them are left out."""
    tiles = {}
    for collection in server.json("/collections")["collections"]:
        for grid in GRIDS:
            tileset = server.json(f"/collections/{collection['id']}/tiles/{grid}")
            for limits in tileset.get("tileMatrixSetLimits", []):
                if int(limits["tileMatrix"]) in ZOOMS:
                    for row, column in middle(limits):
                        z = limits["tileMatrix"]
                        path = f"/collections/{collection['id']}/tiles/{grid}/{z}/{row}/{column}"
                        bytes_ = server.get(path)
                        if bytes_:
                            tiles[f"{collection['id']}~{grid}~{z}~{column}~{row}"] = bytes_
    return tiles


def middle(limits):
    rows = range(limits["minTileRow"], limits["maxTileRow"] + 1)
    columns = range(limits["minTileCol"], limits["maxTileCol"] + 1)
    center = (rows[len(rows) // 2], columns[len(columns) // 2])
    around = [(row, column) for row in rows[:64] for column in columns[:64]] + [center]
    around.sort(key=lambda tile: abs(tile[0] - center[0]) + abs(tile[1] - center[1]))
    return list(dict.fromkeys(around))[:MOST]


def matching(server, tiles):
    """Attributes of the tiles' features that are not those of the items."""
    import mapbox_vector_tile

    failures, items = [], {}
    for name, bytes_ in tiles.items():
        collection = name.split("~")[0]
        if collection not in items:
            # A feature that cannot be had by its name would be missed below.
            answer = server.json(f"/collections/{collection}/items?limit=10000")
            items[collection] = {str(item["id"]): item["properties"] for item in answer["features"]}
        for layer in mapbox_vector_tile.decode(bytes_).values():
            for feature in layer["features"]:
                properties = feature["properties"]
                item = items[collection].get(properties.get("fid"))
                if "fid" in properties and item is None:
                    failures.append(f"{name}: {properties['fid']} is no item")
                for key in {"name", "code", "kind", "state", "rule", "severity"} & set(properties):
                    if item is not None and key in item and str(item[key]) != properties[key]:
                        failures.append(f"{name}: {key} of {properties['fid']}")
    return failures


def archives(server):
    """Tiles of exported files that are not those of the server."""
    from pmtiles.reader import MmapSource, Reader, all_tiles

    failures, count = [], 0
    for collection in ARCHIVED:
        path = server.store.with_name(f"{collection}.pmtiles")
        export = [os.environ["RANH_BIN"], "export", collection, "--store", server.store, "--out", path]
        done = subprocess.run([*export, "--max-zoom", "13"], capture_output=True, text=True)
        if done.returncode != 0:
            failures.append(f"{collection}: {done.stderr.strip()}")
            continue
        with open(path, "rb") as file:
            source = MmapSource(file)
            reader = Reader(source)
            header, metadata = reader.header(), reader.metadata()
            names = [layer["id"] for layer in metadata["vector_layers"]]
            if (header["min_zoom"], header["max_zoom"], names[0]) != (0, 13, collection):
                failures.append(f"{collection}: header {header}, layers {names}")
            stored = {place: gzip.decompress(bytes_) for place, bytes_ in all_tiles(source)}
        count += len(stored)
        if header["addressed_tiles_count"] != len(stored):
            failures.append(f"{collection}: {len(stored)} tiles of {header['addressed_tiles_count']}")
        for (z, x, y), bytes_ in stored.items():
            if server.get(f"/tiles/{collection}/{z}/{x}/{y}") != bytes_:
                failures.append(f"{collection}: {z}/{x}/{y} is not the server's")
        for z, x, y in around(stored):
            if server.get(f"/tiles/{collection}/{z}/{x}/{y}"):
                failures.append(f"{collection}: {z}/{x}/{y} is missing")
    print(f"pmtiles: {count} tiles")
    return failures


def around(stored):
    """Tiles beside those that are there."""
    steps = [(-1, 0), (1, 0), (0, -1), (0, 1)]
    beside = {(z, x + dx, y + dy) for z, x, y in stored for dx, dy in steps}
    return sorted(tile for tile in beside - set(stored) if all(0 <= c < 2 ** tile[0] for c in tile[1:]))


class Readers:
    """Each reader's features of a tile: layer → sorted (id, kind, attributes, points)."""

    def python(self, bytes_):
        import mapbox_vector_tile

        tile = mapbox_vector_tile.decode(bytes_, default_options={"y_coord_down": True})
        return {
            name: sorted(
                told(f.get("id"), KINDS[f["geometry"]["type"]], f["properties"], points(f["geometry"]))
                for f in layer["features"]
            )
            for name, layer in tile.items()
        }

    def by_node(self, folder, expected):
        if shutil.which("node") is None or not (BROWSER / "node_modules" / "@mapbox" / "vector-tile").is_dir():
            print("tiles_by_others: SKIPPED Node, which is absent or lacks the packages of tests/browser", file=sys.stderr)
            return []
        done = subprocess.run(["node", BROWSER / "tiles.js", folder], capture_output=True, text=True)
        if done.returncode != 0:
            return [done.stderr.strip()]
        read = json.loads(done.stdout)
        print(f"@mapbox/vector-tile: {len(read['tiles'])} tiles; judged like {read['fixtures']} fixtures; {read['filled']} polygons filled")
        if read["filled"] == 0:
            return ["no polygon was filled"]
        failures = list(read["problems"])
        for name, layers in expected.items():
            tile = read["tiles"].get(f"{name}.mvt", {})
            # A ring is closed by repeating its first point there, as GeoJSON does.
            seen = {
                layer: sorted(told(f["id"], f["type"], f["properties"], f["points"]) for f in features)
                for layer, features in tile.items()
            }
            if seen != layers:
                failures.append(f"{name}: @mapbox/vector-tile reads otherwise")
        return failures

    def by_gdal(self, folder, expected):
        if has_bindings():
            read = by_bindings(folder)
        elif shutil.which("ogr2ogr") is not None:
            read = by_ogr2ogr(folder, expected)
        else:
            print("tiles_by_others: SKIPPED GDAL, whose bindings and ogr2ogr are absent", file=sys.stderr)
            return []
        failures, count = [], 0
        for name, layers in expected.items():
            seen = read.get(name, {"problem": "GDAL does not read it"})
            if "problem" in seen:
                failures.append(f"{name}: {seen['problem']}")
                continue
            for layer, features in layers.items():
                of_layer = sorted(of_gdal(feature) for feature in seen["layers"].get(layer, []))
                count += len(of_layer)
                # GDAL makes polygons of rings its own way, so that points are not counted.
                if of_layer != sorted(feature[:3] for feature in features):
                    failures.append(f"{name}: {layer}: GDAL reads otherwise")
        print(f"GDAL: {count} features")
        return failures


def has_bindings():
    if not pathlib.Path(SYSTEM_PYTHON).exists():
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", "import osgeo.gdal"], capture_output=True).returncode == 0


def by_bindings(folder):
    """Each tile as GDAL reads it, all in one process: to start GDAL takes longer than to read a tile."""
    # What the environment says of Python is meant for another one.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([SYSTEM_PYTHON, BY_GDAL, folder], capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        raise SystemExit(f"{BY_GDAL.name}: {done.stderr.strip()}")
    return {tile.pop("tile"): tile for tile in map(json.loads, done.stdout.splitlines())}


def by_ogr2ogr(folder, expected):
    """The same by a process for each layer of each tile, where there is nothing but programs of GDAL."""
    read = {}
    for name, layers in expected.items():
        told = read.setdefault(name, {"layers": {}})
        for layer in layers:
            source = f"MVT:{folder / name}.mvt"
            command = ["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", source, layer, "-oo", "CLIP=NO"]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode != 0:
                told["problem"] = f"{layer}: {done.stderr.strip()}"
                break
            told["layers"][layer] = json.loads(done.stdout)["features"]
    return read


def told(number, kind, properties, count):
    # 46 and 46.0 are one number.
    is_number = lambda value: isinstance(value, (int, float)) and not isinstance(value, bool)
    properties = {key: float(value) if is_number(value) else value for key, value in properties.items()}
    return (number, kind, json.dumps(properties, sort_keys=True, ensure_ascii=False), count)


def of_gdal(feature):
    # A feature without an attribute that others have shows it as null.
    properties = {key: value for key, value in feature["properties"].items() if value is not None}
    number = properties.pop("mvt_id")
    return told(number, KINDS[feature["geometry"]["type"]], properties, 0)[:3]


def points(geometry):
    def count(nested):
        return 1 if not isinstance(nested[0], (list, tuple)) else sum(map(count, nested))

    return count(geometry["coordinates"])


if __name__ == "__main__":
    sys.exit(main())
