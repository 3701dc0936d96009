"""Makes the Arrow streams beside this file: python3 make.py, with pyarrow 26."""

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pyarrow.ipc as ipc


def write(name, table, size=None, **options):
    options = ipc.IpcWriteOptions(**options)
    with ipc.new_stream(name, table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=size)


# The counts that tests of jobs use.
counts = pa.table({
    "area": pa.array(["A", "A", "B", "B"]).dictionary_encode(),
    "sector": ["x", "y", "x", "y"],
    "count": pa.array([10, 20, 30, 40], pa.int32()),
})
write("counts.arrows", counts)
write("null-count.arrows", counts.set_column(2, "count", pa.array([10, None, 30, 40])))
write("null-area.arrows", counts.set_column(0, "area", pa.array(["A", "A", None, "B"])))
write("flag.arrows", counts.append_column("flag", pa.array([True, False, True, True])))
write("empty.arrows", counts.slice(0, 0))

# Texts with line breaks before a text that is no count.
size = 40
write("breaks.arrows", pa.table({
    "area": [f"A{row}" for row in range(size)],
    "sector": ["x\ny" if row % 3 == 0 else "x" for row in range(size)],
    "count": ["1"] * (size - 1) + ["abc"],
}))

# Every type that is read, and those that are not among them.
types = pa.table({
    "text": pa.array(["A", "", "B", "B", "C", None]),
    "dictionary": pa.array(
        ["x", "y, z", "x", 'say "y"', "line\nbreak", "\ufeffé"]).dictionary_encode(),
    "int8": pa.array([1, -2, 3, None, 5, 6], pa.int8()),
    "uint64": pa.array([2**64 - 1, 1, 2, 3, 4, 5], pa.uint64()),
    "int64": pa.array([-(2**63), 1, 2, 3, 4, 5], pa.int64()),
    "double": pa.array([1.0, 0.1, 1e15, None, float("nan"), 2.5e-7]),
    "float": pa.array([1.0, 0.1, 1e10, 3.5, float("inf"), -0.0], pa.float32()),
    "decimal": pa.array([
        Decimal("1.50"), Decimal("-0.05"), Decimal("12345678901234567890.12"), None,
        Decimal("0"), Decimal("7.00")], pa.decimal128(38, 2)),
    "date32": pa.array([
        dt.date(2022, 12, 1), dt.date(1969, 12, 31), dt.date(2000, 2, 29), dt.date(1, 1, 1),
        dt.date(9999, 12, 31), None]),
    "date64": pa.array([
        dt.date(2022, 12, 1), dt.date(1969, 12, 31), dt.date(2000, 2, 29),
        dt.date(1900, 3, 1), dt.date(9999, 12, 31), None], pa.date64()),
    "timestamp": pa.array([
        dt.datetime(2022, 12, 1), dt.datetime(2022, 12, 1, 13, 45),
        dt.datetime(1969, 12, 31, 23, 59, 59, 999999), None,
        dt.datetime(2000, 1, 1, 0, 0, 0, 5), dt.datetime(1600, 1, 1)], pa.timestamp("us")),
    "zoned": pa.array([dt.datetime(2022, 12, 1)] * 6, pa.timestamp("s", "Europe/London")),
    "flag": pa.array([True, False, None, True, True, False]),
    "struct": pa.array([
        {"a": 1, "b": ["p"]}, None, {"a": 2, "b": []}, {"a": 3, "b": None},
        {"a": 3, "b": ["q", "r"]}, {"a": 3, "b": ["q"]}]),
    "null": pa.nulls(6),
    "list": pa.array([["a"], [], None, ["b", "c"], ["d"], ["e"]]),
    "fixed": pa.array([b"ab"] * 6, pa.binary(2)),
    "large": pa.array([f"l{row}" for row in range(6)], pa.large_string()),
    "view": pa.array(
        ["short", "a text longer than twelve bytes", "", None, "exactly12byt", "thirteenbytes"],
        pa.string_view()),
    "binary view": pa.array([b"a text longer than twelve bytes"] * 6, pa.binary_view()),
    "numbers": pa.array([10, 20, 10, None, 20, 30]).dictionary_encode(),
    "runs": pa.RunEndEncodedArray.from_arrays([2, 6], ["r", "s"]),
    "union": pa.UnionArray.from_sparse(
        pa.array([0, 1, 0, 1, 0, 1], pa.int8()),
        [pa.array([1, 2, 3, 4, 5, 6]), pa.array(["a"] * 6)]),
    "last": pa.array([1, 2, 3, 4, 5, 6], pa.uint16()),
})
write("types.arrows", types, 4)
write("types-zstd.arrows", types, 4, compression="zstd")
write("types-lz4.arrows", types, 4, compression="lz4")
with ipc.new_file("types.arrow", types.schema) as writer:
    writer.write_table(types)

# Dictionaries that grow, and that are replaced.
schema = pa.schema([("key", pa.dictionary(pa.int32(), pa.string())), ("value", pa.int64())])
for name, dictionaries in [
    ("delta.arrows", ["ab", "abc", "abcd"]),
    ("replaced.arrows", ["ab", "qrs", "tuvw"]),
]:
    options = ipc.IpcWriteOptions(emit_dictionary_deltas=name == "delta.arrows")
    with ipc.new_stream(name, schema, options=options) as writer:
        for texts in dictionaries:
            numbers = range(len(texts))
            keys = pa.DictionaryArray.from_arrays(pa.array(numbers, pa.int32()), list(texts))
            writer.write_batch(pa.record_batch([keys, pa.array(numbers)], schema=schema))
