"""Experiment `mlflow-lab`: a grid in nested loops, as people write it by hand."""

import csv
import tempfile
from pathlib import Path

import matplotlib
import mlflow
import numpy as np
import sklearn
from mlflow.models import infer_signature
from sklearn.linear_model import SGDRegressor
from sklearn.preprocessing import StandardScaler

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

EPOCHS = 60
# Named here, since finding them out takes MLflow five seconds a model.
REQUIREMENTS = [f"scikit-learn=={sklearn.__version__}"]
FEATURES = ["Income", "Age", "Seats", "Weight"]


def measurements(rows=400):
    """Sensor readings of car seats, a few of them anomalous."""
    random = np.random.default_rng(7)
    x = random.normal(size=(rows, len(FEATURES)))
    y = x @ np.array([3.0, -2.0, 0.5, 1.0]) + random.normal(scale=0.4, size=rows)
    y[:: rows // 12] += 6
    return x, y


def log():
    mlflow.set_experiment("mlflow-lab")
    x, y = measurements()
    x = StandardScaler().fit_transform(x)
    split = len(x) * 3 // 4
    for batch_size in (16, 32, 64):
        for learning_rate in (0.001, 0.01, 0.1):
            with mlflow.start_run(log_system_metrics=True):
                train(batch_size, learning_rate, (x[:split], y[:split]), (x[split:], y[split:]))


def train(batch_size, learning_rate, training, validation):
    mlflow.log_params({"batch_size": batch_size, "learning_rate": learning_rate, "epochs": EPOCHS})
    mlflow.set_tag("author", "lab")
    model = SGDRegressor(learning_rate="constant", eta0=learning_rate / 10, random_state=3)
    curves = []
    points = []
    client = mlflow.MlflowClient()
    run_id = mlflow.active_run().info.run_id
    for epoch in range(EPOCHS):
        for start in range(0, len(training[0]), batch_size):
            model.partial_fit(training[0][start : start + batch_size], training[1][start : start + batch_size])
        errors = {
            "train/mae": mean_error(model, *training),
            "val/mae": mean_error(model, *validation),
        }
        curves.append(errors)
        now = int(mlflow.utils.time.get_current_time_millis())
        points += [mlflow.entities.Metric(key, value, now, epoch) for key, value in errors.items()]
    client.log_batch(run_id, metrics=points)

    residuals = np.abs(model.predict(validation[0]) - validation[1])
    anomalous = residuals > 3 * np.median(residuals)
    mlflow.log_metric("anomaly cnt", int(anomalous.sum()))
    mlflow.log_metric("mae", float(residuals.mean()))
    log_files(curves, residuals, anomalous)
    mlflow.sklearn.log_model(
        model,
        name="model1",
        signature=infer_signature(validation[0], model.predict(validation[0])),
        pip_requirements=REQUIREMENTS,
    )


def mean_error(model, x, y):
    return float(np.abs(model.predict(x) - y).mean())


def log_files(curves, residuals, anomalous):
    figure, axes = plt.subplots(figsize=(5, 3))
    axes.plot([point["train/mae"] for point in curves], label="train")
    axes.plot([point["val/mae"] for point in curves], label="validation")
    axes.set_xlabel("epoch")
    axes.set_ylabel("mean absolute error")
    axes.legend()
    mlflow.log_figure(figure, "model_mae_plot.png")
    plt.close(figure)

    figure, axes = plt.subplots(figsize=(5, 3))
    axes.scatter(range(len(residuals)), residuals, c=anomalous, cmap="coolwarm", s=12)
    axes.set_xlabel("row")
    axes.set_ylabel("residual")
    mlflow.log_figure(figure, "model_anomaly_plot.png")
    plt.close(figure)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "residuals.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["row", "residual", "anomaly"])
            writer.writerows(zip(range(len(residuals)), residuals.round(6), anomalous))
        mlflow.log_artifact(str(path))
