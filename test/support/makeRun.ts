/** What a run is made with. */
export interface RunParts {
  readonly name: string;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly params?: Readonly<Record<string, string>>;
}

/** Makes a run on a real MLflow server at `url`, and resolves to its id. */
export async function makeRun(
  url: string,
  experimentId: string,
  { name, metrics = {}, params = {} }: RunParts,
): Promise<string> {
  const post = async <T>(call: string, body: object): Promise<T> => {
    const reply = await fetch(`${url}/api/2.0/mlflow/${call}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${call}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as T;
  };
  const { run } = await post<{ run: { info: { run_id: string } } }>('runs/create', {
    experiment_id: experimentId,
    run_name: name,
    start_time: Date.now(),
  });
  const { run_id } = run.info;
  await post('runs/log-batch', {
    run_id,
    metrics: Object.entries(metrics).map(([key, value]) => ({
      key,
      value: Number.isFinite(value) ? value : String(value),
      timestamp: 1,
      step: 0,
    })),
    params: Object.entries(params).map(([key, value]) => ({ key, value })),
  });
  return run_id;
}
