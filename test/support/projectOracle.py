"""Says what MLflow makes of project folders, up to the moment at which a command would start.

    python projectOracle.py spec.json answers.json

`spec.json` holds `projects` (`files` by path, texts), `formats` (`command` and `values`) and `texts` (YAML).
The answers are lists in the same order:

- of a project `load` (MLflow's refusal of the file as a whole) or `runs`: for each entry point its command,
  or the refusal. Parameters without a default get a value that fits their type, as texts.
- of a format what `str.format` makes of it, of a text what `yaml.safe_load` does.

A project goes the whole way through `mlflow.projects.run` with `--env-manager local`, runs are logged in a
database. Commands, Docker and Databricks are cut off where they would begin.
"""

import json
import logging
import os
import re
import sys
import tempfile
import warnings
from io import StringIO
from pathlib import Path

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import mlflow
import yaml
from mlflow.projects import _project_spec, databricks, docker
from mlflow.projects.backend import local
from mlflow.projects.utils import load_project
from sqlalchemy import Engine, event


class Started(BaseException):
    """A command is about to start: all is well."""

    def __init__(self, command):
        self.command = command


def start(command, *_, **__):
    raise Started(command)


def start_spark(_):
    raise Started("")


class FakeImage:
    id = "sha256:0"
    tags = ["image:latest"]


class FakeDocker:
    @property
    def images(self):
        return self

    def list(self, name):
        return [FakeImage()]

    def get(self, name):
        return FakeImage()


@event.listens_for(Engine, "connect")
def trust_the_machine(connection, _):
    """Nobody needs the database after a crash, and waiting for the disk is what takes long."""
    connection.execute("pragma synchronous = off")


def cut_off():
    local._run_entry_point = start
    docker.validate_docker_installation = lambda: None
    docker.docker.from_env = FakeDocker
    databricks.DatabricksJobRunner._upload_project_to_dbfs = lambda *_: "/dbfs/project"
    databricks._get_project_dir_and_extracting_tar_command = start_spark
    real = _project_spec.artifact_utils._download_artifact_from_uri

    def download(artifact_uri, output_path):
        return real(artifact_uri, output_path) if artifact_uri == "" else "/downloaded"

    _project_spec.artifact_utils._download_artifact_from_uri = download


def main(spec_file, answers_file):
    spec = json.loads(Path(spec_file).read_text(encoding="utf-8"))
    home = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        mlflow.set_tracking_uri(f"sqlite:///{folder}/mlflow.db")
        cut_off()
        answers = {
            "projects": [
                judge(project["files"], Path(folder, f"project{index}"))
                for index, project in enumerate(spec["projects"])
            ],
            "formats": [format_text(one) for one in spec["formats"]],
            "texts": [read_yaml(text) for text in spec["texts"]],
        }
        os.chdir(home)
    Path(answers_file).write_text(json.dumps(answers), encoding="utf-8")


def judge(files, folder):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    os.chdir(folder)
    try:
        project = load_project(str(folder))
    except Exception as error:
        return {"load": refusal(error, folder)}
    names = list(project._entry_points or {})
    return {"runs": {str(name): run(project, name, folder) for name in names or ["train.py"]}}


def run(project, name, folder):
    point = project._entry_points.get(name)
    given = {}
    for parameter in point.parameters.values() if point else ():
        if parameter.default is None:
            given[str(parameter.name)] = some_value(parameter.type)
    set_host_variables(project.docker_env)
    try:
        if project.databricks_spark_job_spec:
            runner = object.__new__(databricks.DatabricksJobRunner)
            runner.run_databricks_spark_job(
                str(folder), str(folder), "0", {}, "run", project, str(name), given
            )
        else:
            mlflow.projects.run(
                str(folder),
                str(name),
                parameters=given,
                experiment_id="0",
                env_manager="local",
            )
        raise AssertionError("nothing was started")
    except Started as started:
        # What comes before it is about Docker and this machine.
        command = started.command.split(f" {FakeImage.tags[0]} ")[-1]
        return {"command": without_folder(command, folder)}
    except Exception as error:
        return refusal(error, folder)


def some_value(kind):
    return {"path": ".", "uri": "https://example.org/data"}.get(kind if isinstance(kind, str) else "", "1")


def set_host_variables(docker_env):
    variables = docker_env.get("environment") if isinstance(docker_env, dict) else None
    for name in variables if isinstance(variables, list) else ():
        if isinstance(name, str) and re.fullmatch(r"\w+", name):
            os.environ[name] = "from the host"


def refusal(error, folder):
    found = {"error": type(error).__name__, "words": without_folder(str(error), folder)}
    if isinstance(error, yaml.YAMLError):
        found.update(yaml_refusal(error))
    if isinstance(error, RecursionError):
        found["words"] = "maximum recursion depth exceeded"
    return found


def yaml_refusal(error):
    if not isinstance(error, yaml.MarkedYAMLError):
        return {"error": type(error).__name__, "words": str(error).split("\n")[0], "line": None}
    mark = error.problem_mark or error.context_mark
    parts = [error.problem]
    if isinstance(error, yaml.composer.ComposerError) and error.context:
        parts.insert(0, error.context)
    return {"error": type(error).__name__, "words": ", ".join(parts), "line": mark and mark.line}


def without_folder(text, folder):
    for path in {os.path.realpath(folder), str(folder)}:
        text = text.replace(path, "<project>")
    # Python shows a set in any order.
    text = re.sub(r"(?<=fields: \{).*(?=\})", lambda found: in_order(found[0]), text)
    return without_addresses(text)


def without_addresses(text):
    return re.sub(r"0x[0-9a-f]+", "0x…", text)


def in_order(names):
    return ", ".join(sorted(names.split(", ")))


def format_text(case):
    try:
        return {"text": without_addresses(case["command"].format(**case["values"]))}
    except Exception as error:
        return {"error": type(error).__name__, "words": without_addresses(str(error))}


def read_yaml(text):
    try:
        # As a file that is opened as text: line breaks are all one.
        return {"value": shown(yaml.safe_load(StringIO(text, newline=None)))}
    except yaml.YAMLError as error:
        return yaml_refusal(error)
    except Exception as error:
        return {"error": type(error).__name__, "words": str(error).split("\n")[0]}


def shown(value):
    if isinstance(value, dict):
        return {"dict": [[shown(key), shown(one)] for key, one in value.items()]}
    if isinstance(value, list):
        return {"list": [shown(one) for one in value]}
    return f"{type(value).__name__}:{value if not isinstance(value, (bytes, set)) else ''}"


if __name__ == "__main__":
    main(*sys.argv[1:])
