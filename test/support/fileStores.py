"""Makes a store of files through MLflow's own client, and reads it back as the client sees it.

    python fileStores.py fill  ./mlruns 1 400              logs random data; the first number is the seed
    python fileStores.py read  ./mlruns asked.json read.json    writes what the client reads

The shapes are those of seed.py. `asked.json` holds searches: `{"filter", "orderBy", "maxResults", "view"}`.
"""

import json
import math
import os
import random
import sys
import tempfile

os.environ.setdefault("MLFLOW_ALLOW_FILE_STORE", "true")

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException

import seed as shapes

T0 = 1_700_000_000_000
KEYS = ["loss", "val/acc", "a/b/c d", "정확도", "k.1-x_y", "__proto__", "constructor", "0", "Loss"]
TEXTS = ["", "x", "X", "10", "9.5", "null", "~", "yes", "1e5", "0o17", "값 😀", "a\n\tb ", "'q' \"d\"", "%_\\"]
NAMES = ["plain", "null", "12:30", "1e10", "", "- dash", "a: b # c", "한글", "tail ", "x" * 120 + " " + "y" * 90, "😀"]
VIEWS = {"active": ViewType.ACTIVE_ONLY, "deleted": ViewType.DELETED_ONLY, "all": ViewType.ALL}


def fill(client, rng, count):
    experiments = [client.create_experiment(name) for name in ("first 실험", "1e5", "null", "gone")]
    client.set_experiment_tag(experiments[0], "owner/of", "김\n")
    for index in range(count):
        fill_run(client, rng, rng.choice(experiments), index)
    client.delete_experiment(experiments[3])
    fill_registry(client, rng, experiments[0])


def fill_run(client, rng, experiment, index):
    start = T0 + rng.randrange(max(2, index // 2 + 2)) * 1000
    run = client.create_run(experiment, run_name=rng.choice(NAMES) or None, start_time=start)
    run_id = run.info.run_id
    keys = rng.sample(KEYS, rng.randrange(len(KEYS)))
    client.log_batch(
        run_id,
        metrics=[point for key in keys for point in random_points(rng, key)],
        params=[Param(key, rng.choice(TEXTS)) for key in rng.sample(KEYS, rng.randrange(5))],
        tags=[RunTag(key, rng.choice(TEXTS)) for key in rng.sample(KEYS, rng.randrange(5))],
    )
    if rng.random() < 0.2:
        client.log_inputs(run_id, [random_dataset(rng)])
    status = rng.choice(["RUNNING", "FINISHED", "FAILED", "KILLED", "SCHEDULED"])
    if status in ("RUNNING", "SCHEDULED"):
        client.update_run(run_id, status=status)
    else:
        client.set_terminated(run_id, status, end_time=start + rng.randrange(10**6))
    if rng.random() < 0.1:
        client.delete_run(run_id)


def random_points(rng, key):
    values = [0.1, -0.0, 5e-324, 1.7976931348623157e308, math.nan, math.inf, -math.inf, 1e22, 123456789012345.6]
    steps = [0, 1, -3, 7, 2**53 + 1, -(2**62), 5]
    for _ in range(rng.choice([1, 1, 2, 9])):
        value = rng.choice(values) if rng.random() < 0.3 else rng.gauss(0, 1) * 10 ** rng.randrange(-9, 9)
        yield Metric(key, value, T0 + rng.randrange(5), rng.choice(steps))


def random_dataset(rng):
    context = rng.choice(["training", "eval"])
    schema = json.dumps({"columns": [rng.choice(TEXTS) for _ in range(20)]}, ensure_ascii=rng.random() < 0.5)
    dataset = Dataset(rng.choice(["wine", "와인 'x'"]), str(rng.randrange(9)), "local", '{"uri": "a b"}', schema)
    return DatasetInput(dataset, [InputTag("mlflow.data.context", context), InputTag("n", "1")])


def fill_registry(client, rng, experiment):
    run = client.create_run(experiment, run_name="with files", start_time=T0)
    shapes.log_files(client, run.info.run_id)
    for name in ("CarSeat", "no versions", "null", "값"):
        client.create_registered_model(name, tags={"team": "좌석"}, description=rng.choice(TEXTS))
    for number in range(1, 13):
        source = run.info.artifact_uri + "/model"
        client.create_model_version("CarSeat", source, run.info.run_id, tags={"n": str(number)}, description="a\nb: c")
        client.transition_model_version_stage(
            "CarSeat", str(number), rng.choice(["None", "Staging", "Production", "Archived"])
        )
    client.delete_model_version("CarSeat", "4")
    client.set_registered_model_alias("CarSeat", "champion", "3")
    client.set_registered_model_alias("CarSeat", "other", "11")
    if hasattr(client, "register_prompt"):
        client.register_prompt("a-prompt", "Say {{word}}")
    else:
        client.create_registered_model("a-prompt", tags={"mlflow.prompt.is_prompt": "true"})
        client.create_model_version("a-prompt", "x", tags={"mlflow.prompt.is_prompt": "true"})
    if shapes.MLFLOW_3:
        shapes.fill_logged_models(client, run, experiment)


def read(client, asked):
    experiments = shapes.every(client.search_experiments, view_type=ViewType.ALL, max_results=2)
    ids = [experiment.experiment_id for experiment in experiments]
    runs = shapes.every(client.search_runs, experiment_ids=ids, run_view_type=ViewType.ALL, max_results=100)
    models = shapes.every(client.search_registered_models, max_results=2)
    versions = shapes.every(client.search_model_versions, max_results=5)
    filed = next(run for run in runs if run.info.run_name == "with files").info.run_id
    return {
        "experiments": [shapes.experiment_json(experiment) for experiment in experiments],
        "runs": [shapes.run_json(run) for run in runs],
        "histories": [
            [run.info.run_id, key, [shapes.metric_json(m) for m in client.get_metric_history(run.info.run_id, key)]]
            for run in runs[:60]
            for key in run.data.metrics
        ],
        "artifactsOf": filed,
        "artifacts": {
            path: [shapes.artifact_json(file) for file in client.list_artifacts(filed, path)]
            for path in ("", "folder", "folder/deep er", "none")
        },
        "registeredModels": [shapes.model_json(model) for model in models],
        "modelVersions": [shapes.version_json(client.get_model_version(v.name, v.version)) for v in versions],
        "loggedModels": logged_models(client, ids),
        "answers": [answer(client, ids, question) for question in asked],
    }


def logged_models(client, ids):
    if not shapes.MLFLOW_3:
        return []
    models = shapes.every(client.search_logged_models, experiment_ids=ids)
    return [shapes.logged_model_json(client.get_logged_model(model.model_id)) for model in models]


def answer(client, ids, question):
    """The pages of ids that a search gives, or the words of its refusal."""
    pages, token = [], None
    try:
        while True:
            page = client.search_runs(
                ids,
                filter_string=question.get("filter", ""),
                run_view_type=VIEWS[question.get("view", "all")],
                order_by=question.get("orderBy"),
                max_results=question.get("maxResults", 1000),
                page_token=token,
            )
            pages.append([run.info.run_id for run in page])
            token = page.token
            if not token:
                return {"pages": pages}
    except MlflowException as error:
        return {"refusal": str(error)}


if __name__ == "__main__":
    command, folder, *rest = sys.argv[1:]
    mlflow.set_tracking_uri(folder)
    client = MlflowClient(tracking_uri=folder, registry_uri=folder)
    if command == "fill":
        fill(client, random.Random(int(rest[0])), int(rest[1]))
    else:
        with open(rest[0], encoding="utf-8") as file:
            questions = json.load(file)
        with open(rest[1], "w", encoding="utf-8") as file:
            json.dump(read(client, questions), file)
