"""Logs runs that are hard to write as CSV, and says how `mlflow.search_runs` writes them."""

import csv
import json
import math
import sys

METRICS = [
    0.1 + 0.2, 1.0, -0.0, 1e-5, 1.5e-7, 0.0001234, 1e15, 123456789012345680.0, 1e16, 1e22, 5e-324, -1e300,
    math.nan, math.inf, -math.inf, 1 / 3,
]
TEXTS = [
    "plain", "comma, quote \" and 'both'", "two\nlines", "=1+1", "@SUM(A1)", "한국어 🎈",
    " blank ", "00012", "1e5", "True", "None", "nan",
]


def fill(client):
    from mlflow.entities import Metric, Param, RunTag

    experiment = client.create_experiment("for export")
    for index in range(40):
        run = client.create_run(
            experiment,
            start_time=1_700_000_000_000 + index * 1000 + (index % 3) * 7,
            run_name=f"run, {index}",
        ).info.run_id
        values = METRICS if index % 4 else METRICS[: index % 7]
        client.log_batch(
            run,
            metrics=[Metric(f"m/{n}", value, 0, index) for n, value in enumerate(values)],
            params=[Param(f"p {n}", text) for n, text in enumerate(TEXTS) if (n + index) % 3],
            tags=[RunTag(f"t.{n}", text) for n, text in enumerate(TEXTS) if (n * index) % 4 == 1],
        )
        if index % 5:
            client.set_terminated(run, "FAILED" if index % 2 else "FINISHED", 1_700_000_100_000 + index)
        if index % 11 == 10:
            client.delete_run(run)
    return experiment


def cells(file):
    with open(file, newline="", encoding="utf-8") as text:
        return list(csv.reader(text))


def main(command, first, *files):
    if command == "cells":
        with open(first, "w", encoding="utf-8") as text:
            json.dump([cells(file) for file in files], text)
        return
    import mlflow

    mlflow.set_tracking_uri(first)
    experiment = fill(mlflow.MlflowClient())
    frame = mlflow.search_runs([experiment], run_view_type=mlflow.entities.ViewType.ALL)
    frame.to_csv(files[0], index=False)
    print(f"experiment {experiment}")


main(*sys.argv[1:])
