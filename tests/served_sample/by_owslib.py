"""What OWSLib reads from the server whose address is given, as JSON."""

import json
import sys

from owslib.ogcapi.features import Features

client = Features(sys.argv[1])
everything = client.collection_items("zones", limit=10_000)
first = everything["features"][0]
west, south, east, north = client.collection("zones")["extent"]["spatial"]["bbox"][0]
print(
    json.dumps(
        {
            "collections": client.feature_collections(),
            "ids": [feature["id"] for feature in everything["features"]],
            "queryables": sorted(client.collection_queryables("zones")["properties"]),
            "kcn": client.collection_items("zones", filter="kind = 'KCN'", limit=1)["numberMatched"],
            "in_extent": client.collection_items("zones", bbox=[west, south, east, north], limit=1)["numberMatched"],
            "second_page": client.collection_items("zones", limit=5, offset=5)["features"][0]["id"],
            "one": client.collection_item("zones", first["id"])["properties"] == first["properties"],
            "conforms": len(client.conformance()["conformsTo"]),
        }
    )
)
