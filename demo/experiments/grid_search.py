"""Experiment `grid-search`: scikit-learn's GridSearchCV under autolog, one parent and its children."""

import mlflow
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV


def log():
    mlflow.set_experiment("grid-search")
    mlflow.sklearn.autolog(max_tuning_runs=6, log_models=False, silent=True)
    try:
        x, y = load_diabetes(return_X_y=True, as_frame=True)
        with mlflow.start_run(run_name="ridge grid"):
            GridSearchCV(Ridge(), {"alpha": [0.01, 0.1, 1.0], "fit_intercept": [True, False]}, cv=3).fit(x, y)
    finally:
        mlflow.sklearn.autolog(disable=True)
