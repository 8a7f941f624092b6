"""Experiment `digits-sweep`: every combination of a `config.yaml` of lists."""

import itertools
import sys
from pathlib import Path

import mlflow
import yaml

FOLDER = Path(__file__).resolve().parent.parent / "sweep"


def log():
    sys.path.insert(0, str(FOLDER))
    from train import train

    mlflow.set_experiment("digits-sweep")
    lists = yaml.safe_load((FOLDER / "config.yaml").read_text(encoding="utf-8"))
    for values in itertools.product(*lists.values()):
        params = dict(zip(lists, values))
        tags = {
            "author": "김하늘",
            "description": "Grid over learning rate, batch size and optimizer",
            "data_version": "v1.2",
        }
        with mlflow.start_run(tags=tags):
            mlflow.log_params(params)
            train(**params)
