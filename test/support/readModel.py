"""Prints, as JSON, where the versions of a registered model stand, as MLflow's own client reads it: <tracking URI> <name>"""
import json
import sys

from mlflow import MlflowClient

uri, name = sys.argv[1:]
client = MlflowClient(tracking_uri=uri)
versions = client.search_model_versions(f"name = '{name}'")
model = client.get_registered_model(name)
print(
    json.dumps(
        {
            "stages": {str(one.version): one.current_stage for one in versions},
            "aliases": {alias: str(version) for alias, version in model.aliases.items()},
        }
    )
)
