"""Clients of Nomis as people have them; each gives the text of what it takes for the whole answer."""
import io
import json
import pathlib
import sys
import tempfile
import warnings

import pandas
import requests

QUERY = {"geography": "TYPE464", "age": "0...99", "measures": "20100", "date": "2024-12"}


def plain(base):
    """One address read by pandas, as most scripts do."""
    query = "&".join(f"{name}={value}" for name, value in QUERY.items())
    return pandas.read_csv(f"{base}/dataset/NM_1_1.data.csv?{query}", dtype=str)


def loop(base):
    """Pages until one is empty, with requests that are tried again."""
    session = requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(max_retries=requests.adapters.Retry(
        total=3, backoff_factor=0.01, status_forcelist=[429, 500, 502, 503])))
    pages, offset = [], 0
    while True:
        reply = session.get(
            f"{base}/dataset/NM_1_1.data.csv", timeout=3, params={**QUERY, "RecordOffset": offset})
        reply.raise_for_status()
        page = pandas.read_csv(io.StringIO(reply.text), dtype=str)
        if page.empty:
            return pandas.concat(pages)
        pages.append(page)
        offset += len(page)


def ukcensusapi(base):
    """UKCensusAPI's get_data, with its metadata laid ready."""
    from ukcensusapi.Nomisweb import Nomisweb

    Nomisweb.URL, Nomisweb.Timeout = base + "/", 3
    with tempfile.TemporaryDirectory() as folder:
        cache = pathlib.Path(folder)
        (cache / "NOMIS_API_KEY").write_text("none\n")
        (cache / "lad_codes.json").write_text("{}")
        (cache / "NM_1_1_metadata.json").write_text(json.dumps({"nomis_table": "NM_1_1"}))
        return Nomisweb(folder, verbose=False).get_data("NM_1_1", dict(QUERY))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    table = globals()[sys.argv[1]](sys.argv[2])
    if table is None:
        sys.exit("no table")
    # What the values come to, in the order of the rows.
    values = pandas.to_numeric(table["OBS_VALUE"], errors="coerce")
    print(json.dumps({"rows": len(table), "sum": float(values.sum()), "dates": sorted(map(str, set(table["DATE"])))}))
