"""Makes an MLflow database of long series to compare, in a minute instead of days.

    python compareSeed.py mlflow.db [scale]

MLflow makes the tables; the rows are written past it. Experiment 1 has 10 runs with 100,000 points of `loss`, 2 a run with
1,000,000 points of `signal`, 3 has 100 runs with 10,000 points of `score`. A scale below 1 makes fewer points of each.
"""

import math
import random
import sqlite3
import sys

from mlflow import MlflowClient

from sqliteSeed import insert_metrics

T0 = 1_700_000_000_000
EXPERIMENTS = (
    (1, "ten", "a", 10, 100_000, "loss"),
    (2, "million", "b", 1, 1_000_000, "signal"),
    (3, "hundred", "c", 100, 10_000, "score"),
)
# Values that stand far above all others, at these parts of the series of `signal`.
SPIKES = (0.1003, 0.27771, 0.499991, 0.73331, 0.912347)


def fill(db, scale):
    for experiment, name, letter, runs, points, key in EXPERIMENTS:
        db.execute(
            "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage,"
            " creation_time, last_update_time) VALUES (?, ?, ?, 'active', ?, ?)",
            (experiment, name, f"mlflow-artifacts:/{experiment}", T0, T0),
        )
        for index in range(runs):
            run_id = f"{letter}{index:031x}"
            add_run(db, experiment, run_id, f"{name}-{index}", index)
            add_series(db, run_id, key, max(2, int(points * scale)), index)


def add_run(db, experiment, run_id, name, index):
    start = T0 + index * 1000
    db.execute(
        "INSERT INTO runs (run_uuid, name, source_type, user_id, status, start_time, end_time,"
        " lifecycle_stage, artifact_uri, experiment_id)"
        " VALUES (?, ?, 'LOCAL', 'bench', 'FINISHED', ?, ?, 'active', ?, ?)",
        (run_id, name, start, start + 60_000, f"mlflow-artifacts:/{experiment}/{run_id}/artifacts", experiment),
    )
    params = [("rate", str(0.001 * (index + 1)), run_id), ("layers", str(index % 4), run_id)]
    db.executemany("INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)", params)
    tags = [("mlflow.runName", name, run_id), ("mlflow.user", "bench", run_id)]
    db.executemany("INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)", tags)


def add_series(db, run_id, key, count, index):
    noise = random.Random(index)
    spikes = {int(part * count) for part in SPIKES} if key == "signal" else ()

    def value(step):
        return 5.0 if step in spikes else math.exp(-3 * step / count) + noise.gauss(0, 0.02)

    rows = ((key, value(step), T0 + step * 100, step, 0, run_id) for step in range(count))
    insert_metrics(db, "metrics", rows)
    insert_metrics(db, "latest_metrics", [(key, 0.05, T0 + (count - 1) * 100, count - 1, 0, run_id)])


if __name__ == "__main__":
    MlflowClient(tracking_uri=f"sqlite:///{sys.argv[1]}").search_experiments()
    with sqlite3.connect(sys.argv[1]) as database:
        database.execute("PRAGMA synchronous = OFF")
        fill(database, float(sys.argv[2]) if len(sys.argv) > 2 else 1.0)
