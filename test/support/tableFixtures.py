"""Writes down what Python's csv, pandas and pyarrow make of tables: `python tableFixtures.py <folder>`."""

import base64
import csv
import datetime
import decimal
import io
import json
import random
import sys
from pathlib import Path

import numpy
import pandas
import pyarrow
import pyarrow.parquet

folder = Path(sys.argv[1])

quirks = {
    "plain": "a,b,c\n1,2,3\n4,5,6\n",
    "no last line break": "a,b\n1,2",
    "crlf": "a,b\r\n1,2\r\n3,4\r\n",
    "cr": "a,b\r1,2\r3,4\r",
    "quoted": 'a,b\n"x,y","say ""hi"""\n"line\nbreak","cr\r\nlf"\n',
    "quotes within": 'a,b\nit"s,"a"b"c\n"",""\n',
    "ragged": "a,b,c\n1\n1,2,3,4,5\n,\n",
    "blank lines": "a,b\n\n1,2\n\r\n\n3,4\n",
    "only delimiters": "a,b,c\n,,\n,,\n",
    "unclosed quote": 'a,b\n1,"never\nends',
    "nul": "a,b\nx\0y,2\n",
    "korean": "이름,값\n서울,1\n\"부산, 항구\",2\n",
    "blanks": "a,b\n  x , 1 \n\ty\t,2\n",
    "semicolons": "a;b;c\n1,5;2,5;x\n3,5;4,5;y\n",
    "tabs": "a\tb\n1\t2\n3\t4\n",
    "bars": "a|b|c\n1|2|3\n4|5|6\n",
}

dtypes = {
    "integers": "v\n1\n-2\n+3\n",
    "floats": "v\n1.5\n-2e3\n.5\n7.\n",
    "with nothing": "v,w\n1.5,a\n,b\nNaN,c\nNA,d\n",
    "infinite": "v\n1.5\ninf\n-inf\nInfinity\n",
    "booleans": "v\nTrue\nFalse\nTRUE\n",
    "text": "v\n1\nx\n3\n",
    "missing words": "v,w\n1,x\nnull,y\nNone,z\nn/a,u\n<NA>,v\n",
    "leading zeros": "v\n007\n010\n",
    "hexadecimal": "v\n0x10\n0x20\n",
    "underscores": "v\n1_000\n2_000\n",
    "quoted numbers": 'v\n"1"\n"2.5"\n',
}


def rows_of(text, delimiter):
    """As csv.reader has them, without the lines in which there is nothing."""
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]


def random_table(seed):
    """A table of awkward cells, as csv.writer writes it."""
    chance = random.Random(seed)
    pieces = ["", "a", "b c", '"', ",", ";", "\n", "\r\n", "\r", "é", "한", "😀", "1.5", "-3", " ", "\t", "''", '""']
    width = chance.randint(2, 6)
    table = [
        ["".join(chance.choice(pieces) for _ in range(chance.randint(0, 4))) for _ in range(width)]
        for _ in range(chance.randint(1, 12))
    ]
    target = io.StringIO(newline="")
    quoting = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
    ending = chance.choice(["\n", "\r\n"])
    csv.writer(target, quoting=quoting, lineterminator=ending).writerows(table)
    return target.getvalue()


def kind_of(dtype):
    if pandas.api.types.is_bool_dtype(dtype):
        return "boolean"
    return "number" if pandas.api.types.is_numeric_dtype(dtype) else "text"


def delimiter_of(name):
    return {"semicolons": ";", "tabs": "\t", "bars": "|"}.get(name, ",")


def csv_cases():
    texts = {**quirks, **{f"random {seed}": random_table(seed) for seed in range(60)}}
    for name, text in texts.items():
        delimiter = delimiter_of(name)
        yield {
            "name": name,
            "delimiter": delimiter,
            "bytes": base64.b64encode(text.encode()).decode(),
            "rows": rows_of(text, delimiter),
        }


def dtype_cases():
    for name, text in dtypes.items():
        frame = pandas.read_csv(io.StringIO(text), sep=",")
        yield {"name": name, "text": text, "kinds": [kind_of(dtype) for dtype in frame.dtypes]}


def odd_table():
    """Every kind of column that people have in Parquet files."""
    moment = datetime.datetime(2026, 1, 31, 12, 30, 15, 123456)
    return pyarrow.table(
        {
            "id": pyarrow.array([1, 2, 9007199254740993, None], pyarrow.int64()),
            "score": pyarrow.array([0.5, float("nan"), float("inf"), None], pyarrow.float64()),
            "single": pyarrow.array([0.1, 1e10, -0.0, None], pyarrow.float32()),
            "name": pyarrow.array(["서울", "<img src=x onerror=alert(1)>", "", None]),
            "flag": pyarrow.array([True, False, True, None]),
            "day": pyarrow.array([datetime.date(2026, 1, 31), datetime.date(1969, 12, 31), None, None]),
            "moment": pyarrow.array([moment, datetime.datetime(1969, 12, 31, 23, 59), None, None], pyarrow.timestamp("us")),
            "exact": pyarrow.array([1, -1, None, None], pyarrow.timestamp("ns")),
            "price": pyarrow.array([decimal.Decimal("1.25"), decimal.Decimal("-3.50"), None, None], pyarrow.decimal128(9, 2)),
            "raw": pyarrow.array([b"\x00\xff", b"abc", None, None], pyarrow.binary()),
            "list": pyarrow.array([[1, 2], [], None, None], pyarrow.list_(pyarrow.int64())),
            "nested": pyarrow.array([{"x": 1, "y": "a"}, None, None, None]),
            "kind": pyarrow.array(["a", "b", "a", None]).dictionary_encode(),
        }
    )


def write_parquet():
    table = odd_table()
    for codec in ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]:
        pyarrow.parquet.write_table(table, folder / f"odd-{codec}.parquet", compression=codec)
    numbers = pandas.DataFrame(
        {
            "row": numpy.arange(5000),
            "value": numpy.round(numpy.sin(numpy.arange(5000)), 4),
            "word": [f"w{at % 17}" for at in range(5000)],
        }
    )
    numbers.to_parquet(folder / "groups.parquet", row_group_size=1000, index=False)


def main():
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "csv.json").write_text(json.dumps(list(csv_cases()), ensure_ascii=False, indent=1) + "\n")
    (folder / "dtypes.json").write_text(json.dumps(list(dtype_cases()), indent=1) + "\n")
    write_parquet()


main()
