"""Adds an experiment of many runs to a tracking server's SQLite database, in seconds instead of minutes.

    python bulkRuns.py mlflow.db 5000    prints the id of the experiment

A run has 6 params, 8 metrics and 5 tags, as a training script with a few options would log.
"""

import math
import sqlite3
import sys
import uuid

T0 = 1_700_000_000_000


def add(database, count):
    with sqlite3.connect(database, timeout=30) as db:
        cursor = db.execute(
            "INSERT INTO experiments (name, artifact_location, lifecycle_stage, creation_time,"
            " last_update_time) VALUES (?, 'mlflow-artifacts:/bulk', 'active', ?, ?)",
            (f"bulk {uuid.uuid4().hex[:8]}", T0, T0),
        )
        experiment = cursor.lastrowid
        for index in range(count):
            add_run(db, experiment, index)
    return experiment


def add_run(db, experiment, index):
    run_id, start = uuid.uuid4().hex, T0 + index * 1000
    name = f"bulk-run-{index:05}"
    db.execute(
        "INSERT INTO runs (run_uuid, name, source_type, user_id, status, start_time, end_time,"
        " lifecycle_stage, artifact_uri, experiment_id)"
        " VALUES (?, ?, 'LOCAL', 'bench', 'FINISHED', ?, ?, 'active', ?, ?)",
        (run_id, name, start, start + 60_000, f"mlflow-artifacts:/bulk/{run_id}/artifacts", experiment),
    )
    params = {f"param_{n}": str(0.001 * (index % 7 + n)) for n in range(6)}
    metrics = {f"metric_{n}": math.sin(index + n) for n in range(8)}
    tags = {"mlflow.runName": name, "mlflow.user": "bench", "mlflow.source.name": "train.py"}
    tags |= {"team": "seats", "stage": str(index % 3)}
    many = db.executemany
    many("INSERT INTO params VALUES (?, ?, ?)", [(k, v, run_id) for k, v in params.items()])
    many("INSERT INTO tags VALUES (?, ?, ?)", [(k, v, run_id) for k, v in tags.items()])
    rows = [(k, v, start, run_id) for k, v in metrics.items()]
    many("INSERT INTO metrics (key, value, timestamp, run_uuid) VALUES (?, ?, ?, ?)", rows)
    many(
        "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)"
        " VALUES (?, ?, ?, 0, 0, ?)",
        rows,
    )


if __name__ == "__main__":
    print(add(sys.argv[1], int(sys.argv[2])))
