"""Runs projects with `mlflow run`, one after the other, in one process: loading MLflow takes most of the time.

    python projectRuns.py spec.json answers.json

`spec.json` is a list of `files` by path and `arguments` for `mlflow run` behind the project's folder. Of each, the answer
holds the `status` with which MLflow exits, and what the command left in `seen.txt`.
"""

import json
import logging
import os
import sys
import tempfile
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

from mlflow.cli import cli


def main(spec_file, answers_file):
    spec = json.loads(Path(spec_file).read_text(encoding="utf-8"))
    home = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MLFLOW_TRACKING_URI"] = f"sqlite:///{folder}/mlflow.db"
        answers = [
            run(project, Path(folder, f"project{index}")) for index, project in enumerate(spec)
        ]
        os.chdir(home)
    Path(answers_file).write_text(json.dumps(answers), encoding="utf-8")


def run(project, folder):
    for name, text in project["files"].items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    os.chdir(folder)
    status = call(["run", ".", "--env-manager", "local", *project["arguments"]])
    seen = folder / "seen.txt"
    text = seen.read_text(encoding="utf-8") if seen.exists() else None
    return {"status": status, "seen": text and text.replace(os.path.realpath(folder), "<project>")}


def call(arguments):
    try:
        cli(arguments, standalone_mode=False)
        return 0
    except SystemExit as left:
        return left.code
    except Exception:
        # Python's own exit status for an error that nobody catches.
        return 1


if __name__ == "__main__":
    main(*sys.argv[1:])
