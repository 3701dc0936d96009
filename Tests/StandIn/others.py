"""The stand-in's answers of DfE's EES, of ONS's Open Geography (ArcGIS) and of DWP's Stat-Xplore."""
import json
import random
import time
from urllib.parse import parse_qsl

SET = "63629501-d3ca-c471-9780-ec4cb6fdf172"


def answer(handler, world, service, parts, query, body, head):
    {"ees": ees, "arcgis": arcgis, "statxplore": statxplore, "files": files}[service](
        handler, world, parts, query, body, head)


def send(handler, value, status=200, **more):
    handler.send(json.dumps(value), "application/json", status, **more)


def ees(handler, world, parts, query, _body, _head):
    path = "/".join(parts)
    rows = world.rows + (1 if world.options.get("fault") == "rows" else 0)
    if path == f"data-sets/{SET}":
        return send(handler, {"id": SET, "title": "Made-up starts", "latestVersion": {"version": "2.1"}})
    if path == f"data-sets/{SET}/versions/2.1":
        return send(handler, {
            "version": "2.1", "published": "2026-05-14T09:30:00Z", "totalResults": world.rows, "file": {"id": "f-1"}})
    if path == f"data-sets/{SET}/meta":
        return send(handler, {
            "filters": [{"id": "a", "column": "level", "label": "Level, of study", "hint": "", "options": []}],
            "indicators": [{"id": "b", "column": "starts", "label": "Starts", "unit": "", "decimalPlaces": 0}]})
    if path == f"data-sets/{SET}/csv":
        text = "time_period,geographic_level,level,starts\n" + "".join(
            f'202324,National,"Level {i}, all",{i}\n' for i in range(rows))
        # Always gzip, asked or not.
        return handler.send(text, "text/csv", packed=True)
    send(handler, {
        "title": "Not Found", "type": "https://tools.ietf.org/html/rfc9110#section-15.5.5", "status": 404,
        "errors": [{"message": "The data set version could not be found."}]}, 404)


def arcgis(handler, world, parts, query, body, _head):
    asked = {**query, **dict(parse_qsl(body))}
    if parts[0] != "LAD25_LSIP25_EN_LU":
        return send(handler, {"error": {"code": 400, "message": "Invalid URL", "details": []}})
    # Numbers of features need not follow one another.
    ids = [3 * i + 2 for i in range(world.rows)]
    if parts[-1] != "query":
        return send(handler, {
            "name": "LAD25_LSIP25_EN_LU", "objectIdField": "ObjectId", "maxRecordCount": 100,
            "editingInfo": {"lastEditDate": 1750000000000},
            "fields": [{"name": name} for name in ("LAD25CD", "LAD25NM", "LSIP25CD", "ObjectId")]})
    if asked.get("returnIdsOnly") == "true":
        return send(handler, {"objectIdFieldName": "ObjectId", "objectIds": ids[::-1]})
    wanted = [int(text) for text in asked["objectIds"].split(",")]
    limit = 100 if world.options.get("fault") == "limit" else 2000
    features = []
    for number in wanted[:limit]:
        fields = {"LAD25CD": f"E{number:08d}", "LAD25NM": f'A "town", {number}', "LSIP25CD": "E69000001",
                  "ObjectId": number}
        outline = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}
        features.append(
            {"type": "Feature", "properties": fields, "geometry": outline} if asked["f"] == "geojson"
            else {"attributes": fields})
    send(handler, {"features": features, **({"exceededTransferLimit": True} if len(wanted) > limit else {})})


def statxplore(handler, world, parts, _query, body, _head):
    if handler.headers.get("APIKey") != "secret-key":
        return send(handler, {"message": "Invalid API key"}, 401)
    with world.lock:
        world.count += 1
        left = 0 if world.options.get("fault") == "limit" and world.count == 1 else 1999
    limits = {"X-RateLimit": "2000", "X-RateLimit-Remaining": str(left),
              "X-RateLimit-Reset": str(int((time.time() + 100) * 1000))}
    if parts[0] == "schema":
        return send(handler, {"id": parts[1], "label": "Made-up people on UC"}, headers={**limits, "ETag": '"v1"'})
    asked = json.loads(body)

    def field(name, count):
        return {"label": name, "items": [
            {"labels": [f"{name} {i}"], "uris": [f"str:value:{name}:{100 + i}"]} for i in range(count)]}

    values = [[10 * i + j for j in range(3)] for i in range(2)]
    if world.options.get("fault") == "values":
        values[1].pop()
    send(handler, {
        "fields": [field("Month", 2), field("Area", 3)],
        "measures": [{"uri": asked["measures"][0], "label": "People on UC"}],
        "cubes": {asked["measures"][0]: {"values": values}}}, headers=limits)


def files(handler, world, parts, _query, _body, head):
    headers = {"Last-Modified": "Wed, 01 Jul 2026 09:30:00 GMT"}
    fault = world.options.get("fault")
    if fault == "html":
        return handler.send("<!DOCTYPE html><html>Moved</html>", "text/html", headers=headers, head=head)
    handler.send("code,name\nA,x\n", "text/csv", headers=headers, head=head, packed=False,
                 fault=None if head else {"cut": "cut", "cut-length": "cut-length"}.get(fault),
                 draw=random.Random(1))
