"""Says what MLflow makes of environment files before it installs anything.

    python environmentOracle.py cases.json answers.json

`cases.json` is a list of `{"file", "text", "others"}`: the name of the file, its text, and further files by
path. The answers are in the same order: null where MLflow goes on to make the environment, else
`{"error", "message"}`. Nothing is installed, and no Python is looked for.
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

import yaml
from mlflow.utils.environment import _PythonEnv
from mlflow.utils.virtualenv import _get_virtualenv_name


def read(folder, file):
    path = folder / file
    if "conda" in file:
        env = _PythonEnv.from_conda_yaml(path)
    else:
        env = _PythonEnv.from_yaml(path)
    _get_virtualenv_name(env, folder)
    # As _create_virtualenv writes them for pip.
    for dependencies in filter(None, [env.build_dependencies, env.dependencies]):
        "\n".join(dependencies)


def answer(case):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in {**case["others"], case["file"]: case["text"]}.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode("utf-8"))
        try:
            read(folder, case["file"])
        except yaml.YAMLError as error:
            return {"error": type(error).__name__, "message": ""}
        except Exception as error:
            message = str(error).replace(str(folder) + os.sep, "").replace(str(folder), "")
            return {"error": type(error).__name__, "message": message}
    return None


def main():
    cases = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    answers = [answer(case) for case in cases]
    Path(sys.argv[2]).write_text(json.dumps(answers), encoding="utf-8")


main()
