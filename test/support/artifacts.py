"""Logs a run with awkward files, a logged model and a version; or reads a run's file back. Prints JSON."""

import json
import os
import sys
import tempfile

import mlflow


def fill(big: int) -> dict:
    folder = tempfile.mkdtemp()
    files = {
        "a b.txt": b"blanks",
        "한국어.txt": "가나다".encode(),
        "50% off.txt": b"half",
        "empty": b"",
        "dir/inner.txt": b"inner",
    }
    with mlflow.start_run() as run:
        for name, content in files.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)
        with open(os.path.join(folder, "big.bin"), "wb") as file:
            file.write(bytes(range(251)) * (big // 251))
        mlflow.log_artifacts(folder)
        info = mlflow.pyfunc.log_model(
            **{"name" if mlflow.__version__ >= "3" else "artifact_path": "model"},
            python_model=lambda model_input: model_input,
            pip_requirements=[],
            registered_model_name="a model",
        )
    return {
        "run": run.info.run_id,
        "model": getattr(info, "model_id", None),
        "artifacts": run.info.artifact_uri,
    }


if __name__ == "__main__":
    mlflow.set_tracking_uri(sys.argv[1])
    if sys.argv[2] == "fill":
        print(json.dumps(fill(int(sys.argv[3]))))
    else:
        path = mlflow.artifacts.download_artifacts(run_id=sys.argv[3], artifact_path=sys.argv[4])
        with open(path, "rb") as file:
            print(json.dumps(file.read().decode()))
