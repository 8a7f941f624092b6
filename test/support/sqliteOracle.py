"""Makes MLflow databases for the tests, and says what MLflow's own client finds in them.

    python sqliteOracle.py fill mlflow.db 300 7       300 random runs of the seed 7, written past MLflow
    python sqliteOracle.py search mlflow.db q.json a.json    writes the answers to searches; see there
    python sqliteOracle.py heads folder ids           a database for each of these migrations, `<id>.db`
    python sqliteOracle.py write mlflow.db count      logs so many runs one by one, and says so before each
"""

import json
import random
import sqlite3
import sys

from mlflow import MlflowClient
from mlflow.entities import ViewType
from mlflow.exceptions import MlflowException

T0 = 1_700_000_000_000
KEYS = ["a", "b/c", "d e", "é", "정확도", "😀 no", "__proto__", "Z"]
WORDS = ["", "0", "1", "10", "9", "a", "A", "é", "É", "%", "_x", "a'b", "\ufffd", "😀", "true", "finished"]
VALUES = [0.0, -0.0, 1.5, -1.5, 1e300, 1.7976931348623157e308, -1.7976931348623157e308, 5e-324, 0.1 + 0.2]
VIEWS = {"active": ViewType.ACTIVE_ONLY, "deleted": ViewType.DELETED_ONLY, "all": ViewType.ALL}


def client_of(path):
    uri = f"sqlite:///{path}"
    return MlflowClient(tracking_uri=uri, registry_uri=uri)


def fill(path, count, seed):
    client_of(path).search_experiments()
    rng = random.Random(seed)
    with sqlite3.connect(path) as db:
        for experiment in range(1, 4):
            stage = "deleted" if experiment == 3 else "active"
            insert(
                db,
                "experiments",
                experiment_id=experiment,
                name=f"experiment {experiment}",
                artifact_location="/nowhere",
                lifecycle_stage=stage,
                creation_time=T0 + experiment // 2,
                last_update_time=T0,
            )
            for key in rng.sample(KEYS, 3):
                value = rng.choice(WORDS)
                insert(db, "experiment_tags", key=key, value=value, experiment_id=experiment)
        for number in range(3):
            insert(
                db,
                "datasets",
                dataset_uuid=f"dataset {number}",
                experiment_id=1,
                name=f"data{number}",
                digest=f"digest{number}",
                dataset_source_type="local",
                dataset_source="{}",
            )
        for index in range(count):
            add_run(db, rng, index)
        for name in ("model a", "Model b", "m_del b"):
            add_model(db, rng, name)


def add_run(db, rng, index):
    run_id = f"{rng.getrandbits(128):032x}"
    start = T0 + rng.randrange(20)
    name = rng.choice(WORDS) or f"run {index}"
    insert(
        db,
        "runs",
        run_uuid=run_id,
        name=name,
        source_type="LOCAL",
        user_id=rng.choice(["ana", "Bo", ""]),
        status=rng.choice(["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"]),
        start_time=start,
        end_time=rng.choice([None, T0 + rng.randrange(50)]),
        lifecycle_stage="deleted" if rng.random() < 0.1 else "active",
        artifact_uri=f"/nowhere/{run_id}/artifacts",
        experiment_id=rng.choice([0, 1, 1, 1, 2, 3]),
    )
    insert(db, "tags", key="mlflow.runName", value=name, run_uuid=run_id)
    for key in rng.sample(KEYS, rng.randrange(len(KEYS))):
        insert(db, "tags", key=key, value=rng.choice(WORDS), run_uuid=run_id)
    for key in rng.sample(KEYS, rng.randrange(len(KEYS))):
        insert(db, "params", key=key, value=rng.choice(WORDS), run_uuid=run_id)
    for key in rng.sample(KEYS, rng.randrange(len(KEYS))):
        add_metric(db, rng, run_id, key)
    for number in rng.sample(range(3), rng.randrange(3)):
        add_input(db, rng, run_id, number)


def add_metric(db, rng, run_id, key):
    points = []
    for _ in range(rng.choice([1, 1, 2, 5])):
        is_nan = rng.random() < 0.2
        step = rng.choice([0, 1, 2, -1, 3, 2**53 + 1, -(2**53) - 3, 2**62])
        value = 0.0 if is_nan else rng.choice(VALUES)
        points.append((key, value, T0 + rng.randrange(4), step, int(is_nan), run_id))
    for point in dict.fromkeys(points):
        insert_point(db, "metrics", point)
    insert_point(db, "latest_metrics", max(points, key=lambda point: (point[3], point[2], point[1])))


def insert_point(db, table, point):
    columns = ("key", "value", "timestamp", "step", "is_nan", "run_uuid")
    insert(db, table, **dict(zip(columns, point)))


def add_input(db, rng, run_id, number):
    uuid = f"{rng.getrandbits(128):032x}"
    insert(
        db,
        "inputs",
        input_uuid=uuid,
        source_type="DATASET",
        source_id=f"dataset {number}",
        destination_type="RUN",
        destination_id=run_id,
    )
    context = rng.choice(["training", "test"])
    insert(db, "input_tags", input_uuid=uuid, name="mlflow.data.context", value=context)


def add_model(db, rng, name):
    insert(db, "registered_models", name=name, creation_time=T0, last_updated_time=T0 + rng.randrange(2))
    for key in rng.sample(KEYS, 4):
        insert(db, "registered_model_tags", name=name, key=key, value=rng.choice(WORDS))
    for version in range(1, 5):
        stage = rng.choice(["None", "Staging", "Deleted_Internal"])
        times = {"creation_time": T0, "last_updated_time": T0 + rng.randrange(3)}
        insert(db, "model_versions", name=name, version=version, current_stage=stage, status="READY", **times)
        for key in rng.sample(KEYS, 4):
            row = {"name": name, "version": version, "key": key, "value": rng.choice(WORDS)}
            insert(db, "model_version_tags", **row)


def insert(db, table, **row):
    marks = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def search(path, file):
    """`q.json` is a list of {target, filter, orderBy, view, maxResults, experimentIds}; the answer to each is
    {pages: lists of ids} or {refusal: MLflow's words}."""
    client = client_of(path)
    with open(file, encoding="utf-8") as queries:
        return [answer(client, query) for query in json.load(queries)]


def answer(client, query):
    pages, token = [], None
    try:
        while True:
            page = search_page(client, query, token)
            pages.append([id_of(query["target"], item) for item in page])
            token = page.token
            if not token:
                # MLflow 2 gives a token for a last page that is full.
                return {"pages": [page for page in pages if page]}
    except MlflowException as error:
        return {"refusal": error.message}


def search_page(client, query, token):
    common = {
        "filter_string": query.get("filter") or None,
        "order_by": query.get("orderBy") or None,
        "max_results": query["maxResults"],
        "page_token": token,
    }
    if query["target"] == "experiments":
        return client.search_experiments(view_type=VIEWS[query["view"]], **common)
    if query["target"] == "runs":
        common["filter_string"] = query.get("filter") or ""
        view = VIEWS[query["view"]]
        return client.search_runs(query["experimentIds"], run_view_type=view, **common)
    if query["target"] == "registeredModels":
        return client.search_registered_models(**common)
    return client.search_model_versions(**common)


def id_of(target, item):
    if target == "experiments":
        return item.experiment_id
    if target == "runs":
        return item.info.run_id
    return item.name if target == "registeredModels" else f"{item.name} {item.version}"


def heads(folder, ids):
    from alembic import command
    from mlflow.store.db.utils import _get_alembic_config
    from mlflow.store.tracking.dbmodels.initial_models import Base
    from sqlalchemy import create_engine

    url = f"sqlite:///{folder}/growing.db"
    Base.metadata.create_all(create_engine(url))
    config = _get_alembic_config(url)
    for head in ids:
        command.upgrade(config, head)
        with sqlite3.connect(f"{folder}/growing.db") as db:
            db.execute("VACUUM INTO ?", (f"{folder}/{head}.db",))


def write(path, count):
    client = client_of(path)
    for index in range(count):
        print(f"run {index}", flush=True)
        run = client.create_run("0", run_name=f"live {index}")
        client.log_param(run.info.run_id, "index", index)
        client.log_metric(run.info.run_id, "loss", 1 / (index + 1), step=index)


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    if what == "fill":
        fill(arguments[0], int(arguments[1]), int(arguments[2]))
    elif what == "search":
        with open(arguments[2], "w", encoding="utf-8") as answers:
            json.dump(search(*arguments[:2]), answers)
    elif what == "heads":
        heads(arguments[0], arguments[1:])
    else:
        write(arguments[0], int(arguments[1]))
