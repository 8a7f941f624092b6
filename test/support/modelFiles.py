"""Writes MLmodel files of many kinds, and names of logged images, as this MLflow does: python modelFiles.py <folder>

test/fixtures/mlmodel/2 and 3 hold what MLflow 2.22.5 and 3.17.2 wrote.
"""

import json
import os
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")

import mlflow
import numpy as np
import pandas as pd
from mlflow.models import ModelSignature, infer_signature
from mlflow.types import ColSpec, DataType, ParamSchema, ParamSpec, Schema, TensorSpec
from mlflow.types.schema import AnyType, Array, Map, Object, Property
from PIL import Image
from sklearn.linear_model import LinearRegression

target = os.path.abspath(sys.argv[1])
is_three = mlflow.__version__ >= "3"
os.makedirs(target, exist_ok=True)
os.chdir(tempfile.mkdtemp())
mlflow.set_tracking_uri("sqlite:///" + os.path.join(os.getcwd(), "mlflow.db"))


class Echo(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input


def columns():
    return Schema(
        [
            ColSpec(DataType.long, "age"),
            ColSpec(DataType.double, "weight"),
            ColSpec(DataType.boolean, "smokes"),
            ColSpec(DataType.string, "note", required=False),
            ColSpec(DataType.datetime, "seen"),
            ColSpec(DataType.binary, "picture"),
            ColSpec(DataType.integer, "count"),
            ColSpec(DataType.float, "ratio"),
        ]
    )


def nested():
    part = Object([Property("text", DataType.string, required=False)])
    return Schema(
        [
            ColSpec(Array(DataType.string), "words"),
            ColSpec(Array(Array(DataType.double)), "matrix"),
            ColSpec(Object([Property("role", DataType.string), Property("parts", Array(part))]), "message"),
            ColSpec(Map(DataType.long), "counts"),
            ColSpec(AnyType(), "extra", required=False),
        ]
    )


def params():
    specs = [
        ParamSpec("temperature", DataType.double, 0.5),
        ParamSpec("stop", DataType.string, ["a", "b"], shape=(-1,)),
        ParamSpec("since", DataType.datetime, np.datetime64("2024-05-17T10:00:00")),
        ParamSpec("top", DataType.integer, 3),
        ParamSpec("none", DataType.string, None),
        ParamSpec("options", Object([Property("deep", DataType.boolean)]), {"deep": True}),
    ]
    return ParamSchema(specs)


def tensors():
    inputs = [TensorSpec(np.dtype("float32"), (-1, 28, 28, 1), "image"), TensorSpec(np.dtype("int64"), (-1, 2), "box")]
    return ModelSignature(Schema(inputs), Schema([TensorSpec(np.dtype("float32"), (-1, 10))]))


def keep(name, folder):
    with open(os.path.join(folder, "MLmodel"), encoding="utf-8") as file:
        lines = file.read().splitlines()
    # Where a model of MLflow 3 lay on this machine.
    place = "artifact_path: mlflow-artifacts:/1/models/m-0/artifacts"
    plain = [place if line.startswith("artifact_path: /") else line for line in lines]
    with open(os.path.join(target, name + ".yaml"), "w", encoding="utf-8") as file:
        file.write("\n".join(plain) + "\n")


def pyfunc(name, signature=None, **more):
    folder = os.path.join(os.getcwd(), name)
    mlflow.pyfunc.save_model(
        folder, python_model=Echo(), signature=signature, pip_requirements=["cloudpickle"], **more
    )
    keep(name, folder)


pyfunc("columns", ModelSignature(columns(), Schema([ColSpec(DataType.double)])))
pyfunc("nested", ModelSignature(nested(), Schema([ColSpec(DataType.string, "answer")]), params()))
pyfunc("tensors", tensors())
pyfunc("bare")
pyfunc("metadata", metadata={"team": "vision", "nested": {"a": [1, 2]}})

frame = pd.DataFrame({"x": [1.0, 2.0], "y": [3.0, 4.0]})
fitted = LinearRegression().fit(frame, [1, 2])
client = mlflow.MlflowClient()
with mlflow.start_run() as run:
    info = mlflow.sklearn.log_model(
        fitted,
        **{"name" if is_three else "artifact_path": "model"},
        signature=infer_signature(frame, fitted.predict(frame)),
        input_example=frame,
        pip_requirements=["scikit-learn"],
    )
    keep("sklearn", mlflow.artifacts.download_artifacts(info.model_uri))
    for key, steps in {"val/mask one": (0, 10, 250), "loss.curve-1_a": (-3, 7)}.items():
        for step in steps:
            picture = Image.new("RGB", (20, 10), (abs(step), 0, 0))
            client.log_image(run.info.run_id, picture, key=key, step=step, synchronous=True)
    listed = sorted(each.path for each in client.list_artifacts(run.info.run_id, "images"))

with open(os.path.join(target, "images.json"), "w", encoding="utf-8") as file:
    json.dump(listed, file, indent=2)
    file.write("\n")
