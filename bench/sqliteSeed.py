"""Makes an MLflow database with many runs and long series, in seconds instead of hours.

    python sqliteSeed.py mlflow.db

MLflow makes the tables; the rows are written past it. Three experiments: `many` with 10,000 runs of 20 params,
20 metrics and 3 tags, `curves` with 100 runs of one metric of 10,000 points, `long` with one metric of 1,000,000.
"""

import math
import sqlite3
import sys

from mlflow import MlflowClient

T0 = 1_700_000_000_000
MANY, CURVES, POINTS, LONG = 10_000, 100, 10_000, 1_000_000


def fill(db):
    for experiment, name in ((1, "many"), (2, "curves"), (3, "long")):
        db.execute(
            "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage,"
            " creation_time, last_update_time) VALUES (?, ?, ?, 'active', ?, ?)",
            (experiment, name, f"/nowhere/{experiment}", T0, T0),
        )
    for index in range(MANY):
        add_run(db, 1, f"{index:032x}", index)
        add_values(db, f"{index:032x}", index)
    for index in range(CURVES):
        run_id = f"c{index:031x}"
        add_run(db, 2, run_id, index)
        add_series(db, run_id, POINTS, index)
    add_run(db, 3, "d" * 32, 0)
    add_series(db, "d" * 32, LONG, 0)


def add_run(db, experiment, run_id, index):
    start = T0 + (index * 7919 % MANY) * 1000
    db.execute(
        "INSERT INTO runs (run_uuid, name, source_type, user_id, status, start_time, end_time,"
        " lifecycle_stage, artifact_uri, experiment_id)"
        " VALUES (?, ?, 'LOCAL', 'bench', 'FINISHED', ?, ?, 'active', ?, ?)",
        (run_id, f"run-{index}", start, start + 60_000, f"/nowhere/{experiment}/{run_id}", experiment),
    )


def add_values(db, run_id, index):
    params = [(f"param_{n:02}", str(0.001 * (index % 7 + n)), run_id) for n in range(20)]
    tags = {"mlflow.runName": f"run-{index}", "mlflow.user": "bench", "team": f"team {index % 5}"}
    metrics = [(f"metric_{n:02}", math.sin(index + n), T0, 0, 0, run_id) for n in range(20)]
    db.executemany("INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)", params)
    rows = [(key, value, run_id) for key, value in tags.items()]
    db.executemany("INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)", rows)
    for table in ("metrics", "latest_metrics"):
        insert_metrics(db, table, metrics)


def add_series(db, run_id, count, index):
    rows = (
        ("loss", math.exp(-step / count) + math.sin(step + index) / 50, T0 + step, step, 0, run_id)
        for step in range(count)
    )
    insert_metrics(db, "metrics", rows)
    insert_metrics(db, "latest_metrics", [("loss", 0.4, T0 + count - 1, count - 1, 0, run_id)])


def insert_metrics(db, table, rows):
    db.executemany(
        f"INSERT INTO {table} (key, value, timestamp, step, is_nan, run_uuid)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        rows,
    )


if __name__ == "__main__":
    MlflowClient(tracking_uri=f"sqlite:///{sys.argv[1]}").search_experiments()
    with sqlite3.connect(sys.argv[1]) as database:
        database.execute("PRAGMA synchronous = OFF")
        fill(database)
