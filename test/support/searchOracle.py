"""Puts rows into a store of each kind and says what MLflow's own search finds in them.

    python searchOracle.py spec.json answers.json

`spec.json` is what test/support/searchCases.ts makes. The answers hold, for the kinds `sql` and `files`:
`rows` in the shapes of src/mlflow/model.ts (doubles as text, so that NaN and infinities survive) and
`found`, one entry a case: the ids in their order, or MLflow's refusal.

A search is the store's own from end to end. What does not bear on it is made cheap: rows are written in
bulk, and reading the params and metrics of every row that is found, once for each search, is left out.
"""

import json
import logging
import os
import sys
import tempfile
import warnings
from pathlib import Path

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import sqlalchemy as sa
import yaml
from mlflow.entities import ExperimentTag, RunStatus, ViewType
from mlflow.entities.model_registry import ModelVersionTag, RegisteredModelTag
from mlflow.exceptions import MlflowException
from mlflow.store.model_registry import file_store as file_registry
from mlflow.store.model_registry.file_store import FileStore as FileRegistry
from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore as SqlRegistry
from mlflow.store.tracking import file_store
from mlflow.store.tracking.dbmodels import models as tables
from mlflow.store.tracking.file_store import FileStore
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

EVERYTHING = 50_000
STEP = 1


def main(spec_file, answers_file):
    spec = json.loads(Path(spec_file).read_text())
    with tempfile.TemporaryDirectory() as directory:
        answers = {"sql": in_database(spec, directory), "files": in_folder(spec, directory)}
    Path(answers_file).write_text(json.dumps(answers))


def in_database(spec, directory):
    uri = f"sqlite:///{directory}/mlflow.db"
    store, registry = SqlAlchemyStore(uri, f"{directory}/artifacts"), SqlRegistry(uri)
    for experiment in spec["experiments"]:
        create_experiment(store, experiment)
    fill_registry(registry, spec["models"])
    with store.engine.begin() as connection:
        insert_runs(connection, store, spec["runs"])
        set_times(connection, spec)
    rows = read_rows(store, registry)
    SqlAlchemyStore._get_eager_run_query_options = lambda self: ()
    store._get_run_inputs = lambda run_uuids, session: [[] for _ in run_uuids]
    store._get_model_outputs_bulk = lambda run_ids, session: {run_id: [] for run_id in run_ids}
    full = tables.SqlRun.to_mlflow_entity
    tables.SqlRun.to_mlflow_entity = lambda row, **_: IdOnly(row)
    try:
        return {"rows": rows, "found": [find(store, registry, case) for case in spec["cases"]]}
    finally:
        tables.SqlRun.to_mlflow_entity = full


class IdOnly:
    """As much of a run as a search hands on without looking at it."""

    def __init__(self, row):
        self.info = self
        self.run_id = row.run_uuid
        self.data = None


def in_folder(spec, directory):
    store, registry = FileStore(f"{directory}/mlruns"), FileRegistry(f"{directory}/mlruns")
    for experiment in spec["experiments"]:
        at(experiment["time"], file_store)
        create_experiment(store, experiment)
    fill_registry(registry, spec["models"], file_registry)
    experiment_id = store.get_experiment_by_name(spec["experiments"][0]["name"]).experiment_id
    for run in spec["runs"][: spec["runsInFolder"]]:
        write_run(Path(directory, "mlruns", experiment_id), run)
    remember_reads(store, registry)
    rows = read_rows(store, registry)
    return {"rows": rows, "found": [find(store, registry, case) for case in spec["cases"]]}


def at(time, *modules):
    for module in modules:
        module.get_current_time_millis = lambda: time


def create_experiment(store, experiment):
    tags = [ExperimentTag(key, value) for key, value in experiment["tags"]]
    store.create_experiment(experiment["name"], tags=tags)


def fill_registry(registry, models, module=None):
    for model in models:
        if module:
            at(model["time"], module)
        tags = [RegisteredModelTag(key, value) for key, value in model["tags"]]
        registry.create_registered_model(model["name"], tags)
        for version in model["versions"]:
            tags = [ModelVersionTag(key, value) for key, value in version["tags"]]
            if module:
                at(version["time"], module)
            made = registry.create_model_version(
                model["name"], version["source"], version["runId"], tags
            )
            if version["deleted"]:
                registry.delete_model_version(model["name"], made.version)


def set_times(connection, spec):
    """Gives what the stores date themselves the times that were asked for."""
    for experiment in spec["experiments"]:
        connection.execute(
            sa.text("update experiments set creation_time=:t, last_update_time=:t where name=:n"),
            {"t": experiment["time"], "n": experiment["name"]},
        )
    for model in spec["models"]:
        changes = {"t": model["time"], "n": model["name"]}
        for table in ("registered_models", "model_versions"):
            connection.execute(
                sa.text(f"update {table} set creation_time=:t, last_updated_time=:t where name=:n"),
                changes,
            )


def insert_runs(connection, store, runs):
    names = connection.execute(sa.text("select experiment_id from experiments order by 1"))
    experiment_id = names.scalars().all()[1]
    runs_there, params, metrics, tags, datasets, inputs, input_tags = ([] for _ in range(7))
    for run in runs:
        own = {"run_uuid": run["id"]}
        runs_there.append({
            **own,
            "name": run["name"],
            "user_id": run["userId"],
            "status": run["status"],
            "start_time": run["startTime"],
            "end_time": run["endTime"],
            "lifecycle_stage": "deleted" if run["deleted"] else "active",
            "artifact_uri": run["artifactUri"],
            "experiment_id": experiment_id,
        })
        params.extend({**own, "key": key, "value": value} for key, value in run["params"])
        tags.extend({**own, "key": key, "value": value} for key, value in run_tags(run))
        for key, value in run["metrics"]:
            is_nan, kept = store.sanitize_metric_value(float(value))
            metrics.append({
                **own, "key": key, "value": kept, "is_nan": is_nan, "timestamp": 1, "step": STEP
            })
        for index, (name, digest, context) in enumerate(run["datasets"]):
            own_id = f"{run['id']}{index}"
            datasets.append({
                "dataset_uuid": own_id,
                "experiment_id": experiment_id,
                "name": name,
                "digest": digest,
                "dataset_source_type": "local",
                "dataset_source": "{}",
            })
            inputs.append({
                "input_uuid": own_id,
                "source_type": "DATASET",
                "source_id": own_id,
                "destination_type": "RUN",
                "destination_id": run["id"],
            })
            if context is not None:
                input_tags.append({
                    "input_uuid": own_id, "name": "mlflow.data.context", "value": context
                })
    for table, rows in (
        (tables.SqlRun, runs_there),
        (tables.SqlParam, params),
        (tables.SqlLatestMetric, metrics),
        (tables.SqlTag, tags),
        (tables.SqlDataset, datasets),
        (tables.SqlInput, inputs),
        (tables.SqlInputTag, input_tags),
    ):
        connection.execute(sa.insert(table), rows)


def run_tags(run):
    return [*run["tags"], ["mlflow.runName", run["name"]]]


def write_run(experiment, run):
    """Writes the folder of a run as MLflow does; its own way takes thirty times as long."""
    folder = experiment / run["id"]
    meta = {
        "artifact_uri": run["artifactUri"],
        "end_time": run["endTime"],
        "entry_point_name": "",
        "experiment_id": experiment.name,
        "lifecycle_stage": "deleted" if run["deleted"] else "active",
        "run_id": run["id"],
        "run_name": run["name"],
        "run_uuid": run["id"],
        "source_name": "",
        "source_type": 4,
        "source_version": "",
        "start_time": run["startTime"],
        "status": RunStatus.from_string(run["status"]),
        "tags": [],
        "user_id": run["userId"],
    }
    write_meta(folder, meta)
    for kind, pairs_there in (("params", run["params"]), ("tags", run_tags(run))):
        write_files(folder / kind, pairs_there)
    lines = [(key, f"1 {value} {STEP}\n") for key, value in run["metrics"]]
    write_files(folder / "metrics", lines)
    for name, digest, context in run["datasets"]:
        write_dataset(folder, name, digest, {} if context is None else {"mlflow.data.context": context})


def write_dataset(folder, name, digest, tags):
    own_id = FileStore._get_dataset_id(name, digest)
    dataset = {
        "digest": digest,
        "name": name,
        "profile": None,
        "schema": None,
        "source": "{}",
        "source_type": "local",
    }
    write_meta(folder.parent / "datasets" / own_id, dataset)
    link = {
        "destination_id": own_id,
        "destination_type": "RUN",
        "source_id": own_id,
        "source_type": "DATASET",
        "tags": tags,
    }
    write_meta(folder / "inputs" / f"{own_id[:16]}{folder.name[:16]}", link)


def write_meta(folder, values):
    folder.mkdir(parents=True)
    text = yaml.dump(values, Dumper=yaml.CSafeDumper, default_flow_style=False, allow_unicode=True)
    (folder / "meta.yaml").write_text(text, encoding="utf-8")


def write_files(folder, pairs_there):
    folder.mkdir()
    for key, text in pairs_there:
        with open(f"{folder}/{key}", "w", encoding="utf-8", newline="") as file:
            file.write(text)


def remember_reads(store, registry):
    """Folders are read once; each search then filters and sorts the same rows."""
    for name in ("_list_run_infos", "_get_run_from_info"):
        setattr(store, name, remembered(getattr(store, name)))
    for name in ("_list_all_registered_models", "_list_file_model_versions_under_path"):
        setattr(registry, name, remembered(getattr(registry, name)))


def remembered(read):
    answers = {}

    def again(*arguments):
        key = tuple(getattr(each, "run_id", each) for each in arguments)
        if key not in answers:
            answers[key] = read(*arguments)
        return answers[key]

    return again


def find(store, registry, case):
    target, text, orders = case["target"], case["filter"], case["orderBy"]
    try:
        if target == "runs":
            ids = [experiment.experiment_id for experiment in all_experiments(store)]
            found = store.search_runs(ids, text, ViewType.ALL, EVERYTHING, orders)
            return {"ids": [run.info.run_id for run in found]}
        if target == "experiments":
            found = store.search_experiments(ViewType.ALL, 1000, text, orders)
            return {"ids": [experiment.experiment_id for experiment in found]}
        if target == "registeredModels":
            found = registry.search_registered_models(text, 1000, orders)
            return {"ids": [model.name for model in found]}
        found = registry.search_model_versions(text, 1000, orders)
        return {"ids": [f"{version.name}/{version.version}" for version in found]}
    except MlflowException as error:
        return {"refusal": error.message}
    except Exception as error:
        return {"failure": f"{type(error).__name__}: {error}"}


def all_experiments(store, known={}):
    if id(store) not in known:
        known[id(store)] = store.search_experiments(ViewType.ALL, 1000)
    return known[id(store)]


def read_rows(store, registry):
    experiments = all_experiments(store)
    runs = store.search_runs(
        [experiment.experiment_id for experiment in experiments], "", ViewType.ALL, EVERYTHING
    )
    prompts = "tags.`mlflow.prompt.is_prompt` = 'true'"
    models = [
        *registry.search_registered_models("", 1000),
        *registry.search_registered_models(prompts, 1000),
    ]
    versions = [
        *registry.search_model_versions("", 1000),
        *registry.search_model_versions(prompts, 1000),
    ]
    return {
        "runs": [run_row(run) for run in runs],
        "experiments": [experiment_row(experiment) for experiment in experiments],
        "registeredModels": [model_row(model) for model in models],
        "modelVersions": [version_row(version) for version in versions],
    }


def pairs(values):
    return [{"key": key, "value": value} for key, value in values.items()]


def run_row(run):
    return {
        "id": run.info.run_id,
        "name": run.info.run_name,
        "userId": run.info.user_id,
        "status": run.info.status,
        "startTime": run.info.start_time,
        "endTime": run.info.end_time,
        "artifactUri": run.info.artifact_uri,
        "params": pairs(run.data.params),
        "tags": pairs(run.data.tags),
        "metrics": [{"key": key, "value": repr(value)} for key, value in run.data.metrics.items()],
        "datasets": [
            {
                "name": used.dataset.name,
                "digest": used.dataset.digest,
                "tags": [{"key": tag.key, "value": tag.value} for tag in used.tags],
            }
            for used in run.inputs.dataset_inputs
        ],
    }


def experiment_row(experiment):
    return {
        "id": experiment.experiment_id,
        "name": experiment.name,
        "creationTime": experiment.creation_time,
        "lastUpdateTime": experiment.last_update_time,
        "tags": pairs(experiment.tags),
    }


def model_row(model):
    return {
        "name": model.name,
        "creationTime": model.creation_timestamp,
        "lastUpdatedTime": model.last_updated_timestamp,
        "tags": pairs(model._tags),
    }


def version_row(version):
    return {
        "name": version.name,
        "version": str(version.version),
        "source": version.source,
        "runId": version.run_id,
        "creationTime": version.creation_timestamp,
        "lastUpdatedTime": version.last_updated_timestamp,
        "tags": pairs(version.tags),
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
