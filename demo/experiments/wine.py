"""Experiment `wine-quality`: the ElasticNet tutorial, with a dataset, a signature and three measures."""

import mlflow
import numpy as np
from mlflow.models import infer_signature
from sklearn.datasets import load_wine
from sklearn.linear_model import ElasticNet
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score
from sklearn.model_selection import train_test_split

from experiments.lab import REQUIREMENTS


def log():
    experiment = mlflow.set_experiment("wine-quality")
    client = mlflow.MlflowClient()
    client.set_experiment_tag(experiment.experiment_id, "mlflow.experiment.primaryMetric.name", "rmse")
    client.set_experiment_tag(experiment.experiment_id, "mlflow.experiment.primaryMetric.greaterIsBetter", "False")
    client.set_experiment_tag(
        experiment.experiment_id, "mlflow.note.content", "ElasticNet on the wine data: **alpha** against **l1_ratio**."
    )
    frame = load_wine(as_frame=True).frame
    train, test = train_test_split(frame, random_state=40)
    dataset = mlflow.data.from_pandas(train, name="wine", targets="target")
    for alpha, l1_ratio in ((0.1, 0.1), (0.5, 0.5), (1.0, 0.5), (1.0, 1.0)):
        with mlflow.start_run(run_name=f"elasticnet a={alpha} l1={l1_ratio}"):
            mlflow.log_input(dataset, context="training")
            fit(train, test, alpha, l1_ratio)


def fit(train, test, alpha, l1_ratio):
    model = ElasticNet(alpha=alpha, l1_ratio=l1_ratio, random_state=42)
    model.fit(train.drop(columns="target"), train["target"])
    inputs = test.drop(columns="target")
    predicted = model.predict(inputs)
    mlflow.log_params({"alpha": alpha, "l1_ratio": l1_ratio})
    mlflow.log_metrics(
        {
            "rmse": float(np.sqrt(mean_squared_error(test["target"], predicted))),
            "r2": float(r2_score(test["target"], predicted)),
            "mae": float(mean_absolute_error(test["target"], predicted)),
        }
    )
    mlflow.sklearn.log_model(
        model,
        name="model",
        signature=infer_signature(inputs, predicted),
        input_example=inputs.head(2),
        pip_requirements=REQUIREMENTS,
    )
