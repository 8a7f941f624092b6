"""Fills a tracking server with odd but legal data through MLflow's own client, and reads it back.

    python seed.py fill http://127.0.0.1:5000 [mlflow.db]  logs the data; past the server where that is faster
    python seed.py read http://127.0.0.1:5000 read.json    writes what the client reads

The written shapes are those of src/mlflow/model.ts; doubles are the 16 hex digits of their bits and
64-bit integers are text, so that nothing is lost on the way.
"""

import json
import math
import os
import sqlite3
import struct
import sys
import tempfile

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag, ViewType

MLFLOW_3 = hasattr(MlflowClient, "create_logged_model")
HTML = "<img src=x onerror=alert(1)>"
T0 = 1_700_000_000_000


def fill(client, database=None):
    odd = client.create_experiment("odd 실험 " + HTML, tags={"owner": "김 <b>", "__proto__": "x"})
    client.create_experiment("empty")
    gone = client.create_experiment("gone")
    client.delete_experiment(gone)

    parent = client.create_run(odd, run_name="parent " + HTML, start_time=T0)
    run_id = parent.info.run_id
    client.log_batch(run_id, metrics=odd_metrics(), params=odd_params(), tags=odd_tags())
    client.log_inputs(run_id, [odd_dataset()])
    log_long_series(client, run_id, database)
    log_files(client, run_id)
    client.set_terminated(run_id, "FINISHED", end_time=T0 + 61_000)

    for index, status in enumerate(["RUNNING", "FAILED", "KILLED", "SCHEDULED"]):
        child = client.create_run(
            odd, run_name=f"child {index}", start_time=T0 + index, tags={"mlflow.parentRunId": run_id}
        )
        if status in ("FAILED", "KILLED"):
            client.set_terminated(child.info.run_id, status, end_time=T0 + 5_000)
        elif status == "SCHEDULED":
            client.update_run(child.info.run_id, status=status)
    deleted = client.create_run(odd, run_name="deleted", start_time=T0 + 9)
    client.delete_run(deleted.info.run_id)

    many = client.create_experiment("many")
    for index in range(25):
        run = client.create_run(many, run_name=f"run {index:02}", start_time=T0 + index * 1000)
        client.log_batch(
            run.info.run_id,
            metrics=[Metric("anomaly cnt", math.sin(index), T0, 0)],
            params=[Param("batch_size", str(2**index))],
        )
    fill_registry(client, parent, odd)


def odd_metrics():
    odd = {
        "nan": math.nan,
        "inf": math.inf,
        "-inf": -math.inf,
        "tiny": 5e-324,
        "sum": 0.1 + 0.2,
        "big": 1.7976931348623155e308,
        "minus zero": -0.0,
        "정확도/val a.b": 0.9,
        "__proto__": 1.0,
        "constructor": 2.0,
    }
    latest = [Metric(key, value, T0, 0) for key, value in odd.items()]
    exact = [Metric("big step", 1.5, T0, 9007199254740993), Metric("big step", 2.5, T0 + 1, 5)]
    back = [Metric("unordered", i / 7, T0 - i, 10 - i) for i in range(21)]
    twice = [Metric("twice", float(i), T0 + i, 3) for i in range(4)]
    curve = [Metric("loss", math.exp(-i / 100), T0 + i * 10, i) for i in range(900)]
    gaps = [Metric("gaps", math.nan if i % 3 else i * 1.0, T0 + i, i) for i in range(9)]
    huge = [Metric("huge steps", i / 3, T0 + i, 2**60 + i) for i in range(3)]
    below = [Metric("below 0", i / 3, T0 + i, -i) for i in range(1, 5)]
    name = [Metric("긴 이름." * 49 + "값", float(i), T0, i) for i in range(2)]
    return latest + exact + back + twice + curve + gaps + huge + below + name


def log_long_series(client, run_id, database):
    """With a database, more points than MLflow gives in one reply of any kind; else more than it samples."""
    count = 3_000 if database is None else 26_000
    points = [(math.sin(i / 50), T0 + i * 10, i - 7) for i in range(count)]
    if database is None:
        for start in range(0, count, 1_000):
            batch = [Metric("long", *point) for point in points[start : start + 1_000]]
            client.log_batch(run_id, metrics=batch)
        return
    with sqlite3.connect(database, timeout=30) as db:
        for table, rows in (("metrics", points), ("latest_metrics", points[-1:])):
            db.executemany(
                f"INSERT INTO {table} (run_uuid, key, is_nan, value, timestamp, step)"
                " VALUES (?, 'long', 0, ?, ?, ?)",
                [(run_id, *row) for row in rows],
            )


def odd_params():
    odd = {
        "long": "x" * 6000,
        "dict": "{'a': [1, 2], \"b\": NaN}",
        "html": "</script><script>alert(1)</script>",
        "__proto__": "p",
        "constructor": "c",
        "한글 키": "값 😀",
        "number": "9007199254740993",
        "lines": 'a\n\t"b"\\ NaN, Infinity',
    }
    return [Param(key, value) for key, value in odd.items()]


def odd_tags():
    odd = {"mlflow.note.content": "# note\n" + HTML, "__proto__": "t", "empty": "", "빈칸 ": " "}
    return [RunTag(key, value) for key, value in odd.items()]


def odd_dataset():
    dataset = Dataset("와인", "abc123", "local", '{"uri": "wine.csv"}', '{"a": 1}', '{"rows": 3}')
    return DatasetInput(dataset, [InputTag("mlflow.data.context", "training")])


def log_files(client, run_id):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"notes.md": "# hi", "표 1.csv": "a,b\n1,2\n", "empty.txt": ""}.items():
            path = os.path.join(folder, name)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            client.log_artifact(run_id, path)
            client.log_artifact(run_id, path, "folder/deep er")


def fill_registry(client, run, experiment_id):
    client.create_registered_model("CarSeat", tags={"team": "좌석"}, description="Seats " + HTML)
    client.create_registered_model("no versions")
    source = run.info.artifact_uri + "/model"
    for number, stage in enumerate(["None", "Staging", "Production", "Archived"], 1):
        client.create_model_version(
            "CarSeat", source, run.info.run_id, tags={"n": str(number)}, description=f"version {number}"
        )
        if stage != "None":
            client.transition_model_version_stage("CarSeat", str(number), stage)
    client.set_registered_model_alias("CarSeat", "champion", "3")
    client.set_registered_model_alias("CarSeat", "challenger", "2")
    if hasattr(client, "register_prompt"):
        client.register_prompt("a-prompt", "Say {{word}}")
    else:
        client.create_registered_model("a-prompt", tags={"mlflow.prompt.is_prompt": "true"})
    if MLFLOW_3:
        fill_logged_models(client, run, experiment_id)


def fill_logged_models(client, run, experiment_id):
    from mlflow.entities import LoggedModelOutput

    model = client.create_logged_model(
        experiment_id,
        name="seat",
        source_run_id=run.info.run_id,
        tags={"kind": "tree"},
        params={"alpha": "0.5"},
        model_type="sklearn",
    )
    client.log_outputs(run.info.run_id, [LoggedModelOutput(model.model_id, 7)])
    client.log_metric(run.info.run_id, "rmse", 0.25, timestamp=T0, step=2, model_id=model.model_id)
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "MLmodel"), "w", encoding="utf-8") as file:
            file.write("flavors: {}\n")
        client.log_model_artifacts(model.model_id, folder)
    client.finalize_logged_model(model.model_id, "READY")
    client.create_logged_model(experiment_id, name="pending")


def read(client):
    experiments = every(client.search_experiments, view_type=ViewType.ALL)
    ids = [experiment.experiment_id for experiment in experiments]
    runs = every(client.search_runs, experiment_ids=ids, run_view_type=ViewType.ALL)
    odd = next(run for run in runs if run.info.run_name.startswith("parent "))
    models = every(client.search_registered_models)
    versions = every(client.search_model_versions)
    state = {
        "experiments": [experiment_json(experiment) for experiment in experiments],
        "runs": [run_json(client.get_run(run.info.run_id)) for run in runs],
        "oddRunId": odd.info.run_id,
        "histories": {
            key: [metric_json(point) for point in client.get_metric_history(odd.info.run_id, key)]
            for key in odd.data.metrics
        },
        "artifacts": {
            path: [artifact_json(file) for file in client.list_artifacts(odd.info.run_id, path)]
            for path in ("", "folder", "folder/deep er")
        },
        "registeredModels": [model_json(client.get_registered_model(m.name)) for m in models],
        "modelVersions": [
            version_json(client.get_model_version(v.name, v.version)) for v in versions
        ],
        "loggedModels": [],
    }
    if MLFLOW_3:
        logged = every(client.search_logged_models, experiment_ids=ids)
        state["loggedModels"] = [logged_model_json(client.get_logged_model(m.model_id)) for m in logged]
    return state


def every(search, **arguments):
    items, token = [], None
    while True:
        page = search(page_token=token, **arguments)
        items += page
        token = page.token
        if not token:
            return items


def bits(value):
    return struct.pack(">d", value).hex()


def pairs(mapping):
    return sorted([key, value] for key, value in mapping.items())


def metric_json(metric):
    return [metric.key, bits(metric.value), str(metric.timestamp), str(metric.step)]


def experiment_json(experiment):
    return {
        "id": experiment.experiment_id,
        "name": experiment.name,
        "artifactLocation": experiment.artifact_location,
        "lifecycleStage": experiment.lifecycle_stage,
        "creationTime": experiment.creation_time,
        "lastUpdateTime": experiment.last_update_time,
        "tags": pairs(experiment.tags),
    }


def run_json(run):
    outputs = getattr(run, "outputs", None)
    return {
        "id": run.info.run_id,
        "experimentId": run.info.experiment_id,
        "name": run.info.run_name,
        "userId": run.info.user_id,
        "status": run.info.status,
        "startTime": run.info.start_time,
        "endTime": run.info.end_time,
        "artifactUri": run.info.artifact_uri,
        "lifecycleStage": run.info.lifecycle_stage,
        "params": pairs(run.data.params),
        "metrics": sorted(metric_json(metric) for metric in run.data._metric_objs),
        "tags": pairs(run.data.tags),
        "datasets": [dataset_json(entry) for entry in run.inputs.dataset_inputs],
        "modelOutputs": [[o.model_id, str(o.step)] for o in (outputs.model_outputs if outputs else [])],
    }


def dataset_json(entry):
    return {
        "name": entry.dataset.name,
        "digest": entry.dataset.digest,
        "sourceType": entry.dataset.source_type,
        "source": entry.dataset.source,
        "schema": entry.dataset.schema,
        "profile": entry.dataset.profile,
        "tags": sorted([tag.key, tag.value] for tag in entry.tags),
    }


def artifact_json(file):
    return {"path": file.path, "isDirectory": file.is_dir, "size": file.file_size}


def model_json(model):
    return {
        "name": model.name,
        "description": model.description or "",
        "creationTime": model.creation_timestamp,
        "lastUpdatedTime": model.last_updated_timestamp,
        "tags": pairs(model.tags),
        "aliases": pairs({alias: str(version) for alias, version in model.aliases.items()}),
        "latestVersions": sorted(str(version.version) for version in model.latest_versions),
    }


def version_json(version):
    return {
        "name": version.name,
        "version": str(version.version),
        "stage": version.current_stage,
        "status": version.status,
        "statusMessage": version.status_message or "",
        "description": version.description or "",
        "userId": version.user_id or "",
        "source": version.source,
        "runId": version.run_id or None,
        "modelId": getattr(version, "model_id", None) or None,
        "creationTime": version.creation_timestamp,
        "lastUpdatedTime": version.last_updated_timestamp,
        "tags": pairs(version.tags),
        "aliases": sorted(version.aliases),
    }


def logged_model_json(model):
    return {
        "id": model.model_id,
        "experimentId": model.experiment_id,
        "name": model.name,
        "artifactUri": model.artifact_location,
        "status": str(model.status),
        "modelType": model.model_type or "",
        "sourceRunId": model.source_run_id or None,
        "creationTime": model.creation_timestamp,
        "lastUpdatedTime": model.last_updated_timestamp,
        "params": pairs(model.params),
        "metrics": sorted(metric_json(metric) for metric in model.metrics or []),
        "tags": pairs(model.tags),
    }


if __name__ == "__main__":
    command, uri, *target = sys.argv[1:]
    # Artifact repositories of MLflow 2 take the address from here, not from the client.
    mlflow.set_tracking_uri(uri)
    client = MlflowClient(tracking_uri=uri, registry_uri=uri)
    if command == "fill":
        fill(client, *target)
    else:
        with open(target[0], "w", encoding="utf-8") as file:
            json.dump(read(client), file)
