"""Logs the demo data to a tracking server, through MLflow's own client and with real training.

Usage: python logDemo.py http://127.0.0.1:5000
"""

import logging
import os
import sys
import time
import warnings

os.environ.setdefault("MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL", "0.2")
os.environ.setdefault("MLFLOW_SYSTEM_METRICS_SAMPLES_BEFORE_LOGGING", "1")
os.environ.setdefault("MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT", "true")
os.environ.setdefault("LOGNAME", "demo")

import mlflow  # noqa: E402

from experiments import grid_search, lab, oddities, registry, sweep, trials, wine  # noqa: E402

PARTS = (
    ("optuna-trials", trials.log),
    ("grid-search", grid_search.log),
    ("digits-sweep", sweep.log),
    ("wine-quality", wine.log),
    ("mlflow-lab", lab.log),
    ("registered model CarSeat", registry.log),
    ("odd runs", oddities.log),
)


def main():
    mlflow.set_tracking_uri(sys.argv[1])
    logging.getLogger("mlflow").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore")
    for name, log in PARTS:
        started = time.monotonic()
        log()
        print(f"logged {name} in {time.monotonic() - started:.1f} s", flush=True)


if __name__ == "__main__":
    main()
