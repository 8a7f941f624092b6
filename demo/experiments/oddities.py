"""Experiment `특이한 실행`: runs that failed, were killed, still run or were deleted, and values that are hard to show."""

import mlflow

EXPERIMENT = "특이한 실행 (odd runs)"


def log():
    client = mlflow.MlflowClient()
    experiment_id = client.create_experiment(EXPERIMENT)

    def run(name, status="FINISHED", parent=None):
        tags = {} if parent is None else {"mlflow.parentRunId": parent}
        run_id = client.create_run(experiment_id, run_name=name, tags=tags).info.run_id
        client.log_metric(run_id, "score", len(name) / 10)
        if status != "RUNNING":
            client.set_terminated(run_id, status)
        return run_id

    run("failed run", "FAILED")
    run("killed run", "KILLED")
    run("still running", "RUNNING")
    client.delete_run(run("deleted run"))
    root = run("중첩 실행")
    child = run("하위 실행", parent=root)
    run("가장 안쪽 실행", parent=child)
    run("<img src=x onerror=alert(1)> 🎉")

    values = run("values", "RUNNING")
    client.log_param(values, "long", "0123456789" * 600)
    client.log_param(values, "dict", {"layers": [64, 32], "dropout": {"rate": 0.1}})
    client.log_param(values, "list", ["a", "b", 3])
    client.log_param(values, "학습률", "0.01")
    client.set_tag(values, "emoji", "🚀✅")
    client.set_tag(values, "html", "</script><script>alert(1)</script>")
    client.set_tag(values, "__proto__", "polluted?")
    for key, value in (("nan", float("nan")), ("infinity", float("inf")), ("minus infinity", -float("inf"))):
        client.log_metric(values, key, value)
    client.log_metric(values, "tiny", 1.2345678901234567e-12)
    client.log_metric(values, "far step", 1.0, step=2**53 + 1)
    client.set_terminated(values)

    deleted = client.create_experiment("deleted experiment")
    client.create_run(deleted, run_name="run of a deleted experiment")
    client.delete_experiment(deleted)
