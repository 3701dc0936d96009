"""Writes london/boundaries.geojson: outlines of the 38 LSIP areas for the maps of a report.

Run: python3 prepare_boundaries.py EXTRACTS_DIR. Keeps code, name and shape; positions are rounded to three decimal places of a
degree (some 100 m), and points that fall on the one before are left out. For maps, not for measuring.
"""

import hashlib
import json
import pathlib
import sys

SOURCE = "geo/lsip_2023_simplified_wgs84.geojson"
SHA256 = "7ca97ccbf860f73b2344c9c76acd99f4b7c61eb5f579a534882b10fa5fe334c3"


def rounded(ring):
    points = []
    for x, y in ring:
        point = [round(x, 3), round(y, 3)]
        if not points or points[-1] != point:
            points.append(point)
    return points if len(points) >= 4 else None


def shape(geometry):
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    kept = []
    for polygon in polygons:
        outer = rounded(polygon[0])
        if outer:
            kept.append([outer] + [hole for hole in map(rounded, polygon[1:]) if hole])
    return {"type": "MultiPolygon", "coordinates": kept}


def main():
    data = (pathlib.Path(sys.argv[1]) / SOURCE).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256:
        sys.exit(f"{SOURCE} is another file: {found}")
    features = []
    for feature in json.loads(data)["features"]:
        properties = feature["properties"]
        features.append({
            "type": "Feature",
            "properties": {"code": properties["LSIP23CD"], "name": properties["LSIP23NM"].strip()},
            "geometry": shape(feature["geometry"])})
    features.sort(key=lambda feature: feature["properties"]["code"])
    lines = ",\n".join(json.dumps(feature, separators=(",", ":"), ensure_ascii=False) for feature in features)
    target = pathlib.Path(__file__).parent / "london" / "boundaries.geojson"
    target.write_text('{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8")


main()
