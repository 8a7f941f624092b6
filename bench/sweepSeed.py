"""Adds a sweep that is nearly done to a tracking server's SQLite database, in seconds instead of hours.

    python sweepSeed.py mlflow.db 10000    prints the id of the parent run

Each run has 5 params, 3 metrics and the tags that our sweeps set; the parent has a claim for each.
"""

import sqlite3
import sys
import uuid

T0 = 1_700_000_000_000


def add_run(db, name, status, start, params, tags, metrics):
    run_id = uuid.uuid4().hex
    db.execute(
        "INSERT INTO runs (run_uuid, name, source_type, user_id, status, start_time, end_time,"
        " lifecycle_stage, artifact_uri, experiment_id)"
        " VALUES (?, ?, 'LOCAL', 'bench', ?, ?, ?, 'active', ?, 0)",
        (run_id, name, status, start, start + 60_000, f"mlflow-artifacts:/0/{run_id}/artifacts"),
    )
    many = db.executemany
    many("INSERT INTO params VALUES (?, ?, ?)", [(k, v, run_id) for k, v in params.items()])
    many("INSERT INTO tags VALUES (?, ?, ?)", [(k, v, run_id) for k, v in tags.items()])
    many(
        "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)"
        " VALUES (?, ?, ?, 0, 0, ?)",
        [(k, v, start, run_id) for k, v in metrics.items()],
    )
    return run_id


def add(database, count):
    with sqlite3.connect(database, timeout=30) as db:
        claims = {f"claim.{n}.0": "window.0123abcd" for n in range(count)}
        parent = add_run(db, "sweep", "RUNNING", T0, claims, {"mlflowWorkbench.sweep": "{}"}, {})
        for n in range(count):
            params = {name: f"0.{n}1" for name in "abcde"}
            tags = {
                "mlflow.parentRunId": parent,
                "mlflowWorkbench.combination": str(n),
                "mlflowWorkbench.attempt": "0",
                "mlflow.user": "bench",
                "mlflow.source.name": "train.py",
                "mlflow.source.type": "PROJECT",
                "mlflow.source.git.commit": "0" * 40,
                "mlflow.runName": f"a=0.{n}1",
            }
            metrics = {"loss": n / count, "accuracy": 0.5, "time": 1.0}
            status = "RUNNING" if n == count - 1 else "FINISHED"
            add_run(db, f"a=0.{n}1", status, T0 + n, params, tags, metrics)
    return parent


if __name__ == "__main__":
    print(add(sys.argv[1], int(sys.argv[2])))
