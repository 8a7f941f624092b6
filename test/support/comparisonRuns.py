"""Runs to compare, logged and read back by MLflow's own client.

`log <uri> <file>`, `more <uri> <run>`, `histories <uri> <file> <run> ...`, `files <uri> <folder> <run> ...`; what is read
goes to the file, as JSON, and the folder gets a folder for each run with what was logged from it.
"""

import base64
import json
import os
import struct
import sys
import zlib

from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

T0 = 1_700_000_000_000
KEYS = ["train/loss", "val/acc", "final"]


def loss_at(run, step):
    return 2.0 / (run + 1) / (1 + step / 20) + (3 if step == 77 and run == 1 else 0)


def log(client):
    experiment = client.create_experiment("races")
    ids = {}
    for index, name in enumerate(["bold-cat", "amusing-ox", "calm-elk", "idle-hen"]):
        run = client.create_run(experiment, run_name=name, start_time=T0 + index * 60_000)
        run_id = ids[name] = run.info.run_id
        params = {
            "learning_rate": str(10.0 ** -(index + 1)),
            "optimizer": "sgd" if index == 1 else "adam",
            "epochs": "200",
            "note": f"<i>{index}</i>",
        }
        metrics = [Metric("train/loss", loss_at(index, s), T0 + s * 1000, s) for s in range(200)]
        metrics += [
            Metric("val/acc", 1 - 1 / (s + 2 + index), T0 + s * 2000, s) for s in range(40)
        ]
        metrics.append(Metric("val/acc", float("nan"), T0 + 90_000, 45))
        metrics.append(Metric("final", 0.5 + index, T0 + 200_000, 0))
        for start in range(0, len(metrics), 500):
            client.log_batch(run_id, metrics=metrics[start : start + 500])
        client.log_batch(
            run_id,
            params=[Param(*item) for item in params.items()],
            tags=[RunTag("team", "한국" if index == 0 else "b")],
        )
        if name != "idle-hen":
            client.set_terminated(run_id, end_time=T0 + 300_000)
    return ids


def more(client, run_id):
    client.log_metric(run_id, "train/loss", 0.0625, timestamp=T0 + 500_000, step=200)


def png(red, green, blue):
    """A picture of 60 x 40 pixels of one colour."""
    rows = (b"\x00" + bytes([red, green, blue]) * 60) * 40

    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", 60, 40, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


# What TensorBoard's own writer makes of loss = 0.5 at step 0 and 0.25 at step 1.
EVENTS = base64.b64decode(
    "GAAAAAAAAACjf0siCQAAAED8VNlBGg1icmFpbi5FdmVudDoy7O2PnRgAAAAAAAAAo39LIgkAAABA/FTZQSoNCgsKBGxvc3MVAAAAP4+aY6Qa"
    "AAAAAAAAABKb2C0JAABAQPxU2UEQASoNCgsKBGxvc3MVAACAPsfjiDQ="
)


def files_of(index):
    rows = "".join(f"{row},{(row * 37 + index) % 100},{'가나다'[row % 3]}\n" for row in range(100))
    return {
        "config/params.txt": f"depth: 3\nlearning_rate: {10.0 ** -(index + 1)}\nseed: 7\n".encode(),
        "plots/colour.png": png(200, 30 + index * 150, 40),
        "predictions.csv": f"row,score,label\n{rows}".encode(),
        "한글 폴더/메모 (1).txt": f"run {index}\n".encode(),
        "empty.bin": b"",
        "tb/events.out.tfevents.1": EVENTS,
    }


def files(client, folder, run_ids):
    for index, run_id in enumerate(run_ids):
        root = os.path.join(folder, run_id)
        for path, content in files_of(index).items():
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), "wb") as output:
                output.write(content)
        client.log_artifacts(run_id, root)


def histories(client, run_ids):
    return [
        [run_id, key, point.step, point.timestamp, repr(point.value)]
        for run_id in run_ids
        for key in KEYS
        for point in client.get_metric_history(run_id, key)
    ]


if __name__ == "__main__":
    what, uri, *arguments = sys.argv[1:]
    client = MlflowClient(tracking_uri=uri)
    if what == "more":
        more(client, *arguments)
    elif what == "files":
        files(client, arguments[0], arguments[1:])
    else:
        file, *run_ids = arguments
        read = log(client) if what == "log" else histories(client, run_ids)
        with open(file, "w", encoding="utf-8") as output:
            json.dump(read, output)
