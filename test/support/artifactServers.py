"""Logs a folder of files to servers, through MLflow's own client.

    python artifactServers.py '[{"uri": …, "name": …, "location": …, "folders": […], "models": true}, …]'

For each of them it makes an experiment (`location` is where its artifacts lie, null for the server's choice) with a run,
where `models` is true also a logged model and a version, and logs all that the folders hold. The last line is a list of
what was made, as JSON, in the same order.
"""

import json
import logging
import sys

from mlflow import MlflowClient

logging.disable(logging.INFO)


def log(uri, name, location, folders, models):
    client = MlflowClient(uri, uri)
    experiment = client.create_experiment(name, artifact_location=location)
    run = client.create_run(experiment, run_name=name)
    for folder in folders:
        client.log_artifacts(run.info.run_id, folder)
    made = {"runId": run.info.run_id, "rootUri": run.info.artifact_uri}
    if models:
        model = client.create_logged_model(experiment, name="model")
        for folder in folders:
            client.log_model_artifacts(model.model_id, folder)
        client.create_registered_model(name)
        version = client.create_model_version(
            name, run.info.artifact_uri + "/data", run_id=run.info.run_id
        )
        made |= {"modelId": model.model_id, "version": version.version}
    return made


print(json.dumps([log(**each) for each in json.loads(sys.argv[1])]))
