"""Runs to compare, logged and read back by MLflow's own client.

`log <uri> <file>`, `more <uri> <run>`, `histories <uri> <file> <run> ...`; what is read goes to the file, as JSON.
"""

import json
import sys

from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

T0 = 1_700_000_000_000
KEYS = ["train/loss", "val/acc", "final"]


def loss_at(run, step):
    return 2.0 / (run + 1) / (1 + step / 20) + (3 if step == 77 and run == 1 else 0)


def log(client):
    experiment = client.create_experiment("races")
    ids = {}
    for index, name in enumerate(["bold-cat", "amusing-ox", "calm-elk", "idle-hen"]):
        run = client.create_run(experiment, run_name=name, start_time=T0 + index * 60_000)
        run_id = ids[name] = run.info.run_id
        params = {
            "learning_rate": str(10.0 ** -(index + 1)),
            "optimizer": "sgd" if index == 1 else "adam",
            "epochs": "200",
            "note": f"<i>{index}</i>",
        }
        metrics = [Metric("train/loss", loss_at(index, s), T0 + s * 1000, s) for s in range(200)]
        metrics += [
            Metric("val/acc", 1 - 1 / (s + 2 + index), T0 + s * 2000, s) for s in range(40)
        ]
        metrics.append(Metric("val/acc", float("nan"), T0 + 90_000, 45))
        metrics.append(Metric("final", 0.5 + index, T0 + 200_000, 0))
        for start in range(0, len(metrics), 500):
            client.log_batch(run_id, metrics=metrics[start : start + 500])
        client.log_batch(
            run_id,
            params=[Param(*item) for item in params.items()],
            tags=[RunTag("team", "한국" if index == 0 else "b")],
        )
        if name != "idle-hen":
            client.set_terminated(run_id, end_time=T0 + 300_000)
    return ids


def more(client, run_id):
    client.log_metric(run_id, "train/loss", 0.0625, timestamp=T0 + 500_000, step=200)


def histories(client, run_ids):
    return [
        [run_id, key, point.step, point.timestamp, repr(point.value)]
        for run_id in run_ids
        for key in KEYS
        for point in client.get_metric_history(run_id, key)
    ]


if __name__ == "__main__":
    what, uri, *arguments = sys.argv[1:]
    client = MlflowClient(tracking_uri=uri)
    if what == "more":
        more(client, *arguments)
    else:
        file, *run_ids = arguments
        read = log(client) if what == "log" else histories(client, run_ids)
        with open(file, "w", encoding="utf-8") as output:
            json.dump(read, output)
