"""Tries an installed wheel: try.py LONDON_JOB. Ends with an assertion where something is not as it should be."""
import subprocess
import sys
from pathlib import Path

import mismatch_engine as me
import mismatch_spark

job = Path(sys.argv[1])
assert str(me.executable()).startswith(sys.prefix), me.executable()
assert mismatch_spark.executable() == me.executable()

# What the system has to bring along is what every Linux has.
needed = subprocess.run(["ldd", me.executable()], capture_output=True, text=True, check=True).stdout
system = {line.split()[0] for line in needed.splitlines() if sys.prefix not in line}
usual = ("linux-vdso", "libc.so", "libm.so", "libstdc++", "libgcc_s", "libz.so", "libexpat", "ld-linux", "/lib64/ld-")
strangers = sorted(name for name in system if not name.startswith(usual))
assert not strangers, f"not in the wheel: {strangers}"

version = subprocess.run(["mismatch", "--version"], capture_output=True, text=True, check=True).stdout
folder = me.run(job, "out")
rows = 38 * 14
pandas, polars, arrow = (me.cells(folder, as_=name) for name in ("pandas", "polars", "pyarrow"))
assert len(pandas) == len(polars) == arrow.num_rows == rows
for column in ("provision", "share_gap_pp", "p_adjusted"):
    assert str(pandas[column].dtype) == "float64" and str(polars[column].dtype) == "Float64", column
    assert str(arrow[column].type) == "double", column
assert list(pandas["sector_code"])[:2] == list(polars["sector_code"])[:2] == ["01", "02"]
assert arrow["sector_code"].to_pylist()[:2] == ["01", "02"]
assert pandas["provision_status"][0] == polars["provision_status"][0] == arrow["provision_status"][0].as_py() == ""
assert abs(pandas["provision"].sum() - polars["provision"].sum()) < 1e-6

london = me.tally(job, "demand", "demand.csv.gz")
tallied = me.run(job, "tallied", "--tallies", str(london))
assert Path(tallied, "cells.csv").read_bytes() == Path(folder, "cells.csv").read_bytes()
try:
    me.run("nothing.yaml")
except me.MismatchError as error:
    assert error.status == 74 and "nothing.yaml" in str(error), error
else:
    raise AssertionError("a job that is not there ran")
print(f"wheel of mismatch {version.strip()}: installed, {rows} cells by pandas, polars and pyarrow, and from a tally")
