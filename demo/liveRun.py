"""Keeps one run going for as long as the demo is open: a point every two seconds, ended with the demo.

Usage: python liveRun.py http://127.0.0.1:5000
"""

import math
import os
import random
import signal
import sys
import threading

os.environ.setdefault("MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT", "true")
os.environ.setdefault("LOGNAME", "demo")

import mlflow  # noqa: E402

EXPERIMENT = "live"
SECONDS = 2
EPOCHS = 1800


def start(client):
    """The run of this time. Those that an earlier demo could not end are ended first."""
    experiment = client.get_experiment_by_name(EXPERIMENT)
    experiment_id = experiment.experiment_id if experiment else client.create_experiment(EXPERIMENT)
    for run in client.search_runs([experiment_id], "status = 'RUNNING'"):
        client.set_terminated(run.info.run_id, "KILLED")
    run = client.create_run(experiment_id, tags={"mlflow.note.content": "Logs as long as the demo is open."})
    client.log_param(run.info.run_id, "learning_rate", 0.02)
    return run.info.run_id


def main():
    client = mlflow.MlflowClient(sys.argv[1])
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    run_id = start(client)
    noise = random.Random(3)
    for epoch in range(EPOCHS):
        loss = math.exp(-epoch / 40) + 0.05 * noise.random()
        client.log_metric(run_id, "loss", loss, step=epoch)
        client.log_metric(run_id, "accuracy", 1 - loss / 1.2, step=epoch)
        if ended.wait(SECONDS):
            break
    client.set_terminated(run_id, "KILLED" if ended.is_set() else "FINISHED")


if __name__ == "__main__":
    main()
