"""Puts registered models with versions into an MLflow database whose tables are there: <database> <models> <versions each>"""
import sqlite3
import sys

database, models, versions = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
connection = sqlite3.connect(database)
start = 1_700_000_000_000
names = [f"model-{number:04d}" for number in range(models)]
connection.executemany(
    "INSERT INTO registered_models (name, creation_time, last_updated_time, description) VALUES (?, ?, ?, ?)",
    [(name, start, start + at, f"The {name} of the benchmark.") for at, name in enumerate(names)],
)
stages = {versions: "Staging", versions - 1: "Production", versions - 2: "Archived"}
connection.executemany(
    "INSERT INTO model_versions (name, version, creation_time, last_updated_time, current_stage, source, run_id, status)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 'READY')",
    [
        (name, version, start, start + version, stages.get(version, "None"), f"runs:/{'a' * 32}/model", "a" * 32)
        for name in names
        for version in range(1, versions + 1)
    ],
)
connection.executemany(
    "INSERT INTO registered_model_aliases (name, alias, version) VALUES (?, 'champion', ?)",
    [(name, versions - 1) for name in names],
)
connection.commit()
