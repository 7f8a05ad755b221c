"""What GDAL's MVT driver reads of the tiles (*.mvt) in a folder, all of them in one process: a line of JSON for each tile, with
its layers and their features as GeoJSON. GDAL's bindings belong to the system's Python.

usage: /usr/bin/python3 tiles_by_gdal.py FOLDER
"""

import json
import pathlib
import sys

from osgeo import gdal


def main():
    gdal.UseExceptions()
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.mvt")):
        try:
            told = {"layers": layers(path)}
        except RuntimeError as error:
            told = {"problem": str(error)}
        print(json.dumps({"tile": path.stem, **told}))


def layers(path):
    # As the tile stands: nothing is cut off at its border.
    tile = gdal.OpenEx(f"MVT:{path}", gdal.OF_VECTOR, open_options=["CLIP=NO"])
    every = (tile.GetLayerByIndex(at) for at in range(tile.GetLayerCount()))
    return {layer.GetName(): [feature.ExportToJson(as_object=True) for feature in layer] for layer in every}


if __name__ == "__main__":
    main()
