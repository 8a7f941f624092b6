"""Registered model `CarSeat`: four versions in the four stages, two aliases."""

import warnings

import mlflow

NAME = "CarSeat"
STAGES = ("None", "Staging", "Production", "Archived")


def log():
    client = mlflow.MlflowClient()
    experiment = client.get_experiment_by_name("mlflow-lab")
    runs = client.search_runs([experiment.experiment_id], order_by=["metrics.mae ASC"], max_results=len(STAGES))
    client.create_registered_model(NAME, tags={"team": "seating"}, description="Comfort of car seats, from sensors.")
    for run, stage in zip(runs, STAGES):
        model_id = run.outputs.model_outputs[0].model_id
        version = client.create_model_version(
            NAME, source=f"models:/{model_id}", run_id=run.info.run_id, model_id=model_id
        )
        if stage != "None":
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                client.transition_model_version_stage(NAME, version.version, stage)
    client.set_registered_model_alias(NAME, "champion", "3")
    client.set_registered_model_alias(NAME, "challenger", "2")
