"""Experiment `optuna-trials`: a search of a study, one parent run and a child for each trial."""

import mlflow
import optuna


def log():
    mlflow.set_experiment("optuna-trials")
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(direction="minimize", sampler=optuna.samplers.TPESampler(seed=5))
    with mlflow.start_run(run_name="tpe study"):
        study.optimize(trial_run, n_trials=15)
        mlflow.log_params({f"best_{key}": value for key, value in study.best_params.items()})
        mlflow.log_metric("best_loss", study.best_value)


def trial_run(trial):
    with mlflow.start_run(run_name=f"trial {trial.number:02}", nested=True):
        x = trial.suggest_float("x", -10, 10)
        depth = trial.suggest_int("max_depth", 2, 9)
        kind = trial.suggest_categorical("classifier", ["svc", "forest"])
        loss = (x - 2) ** 2 + abs(depth - 5) + (0.5 if kind == "svc" else 0)
        mlflow.log_params({"x": x, "max_depth": depth, "classifier": kind})
        mlflow.log_metric("loss", loss)
        return loss
