import type { Reading } from './database';
import type { Reader } from './openDatabase';
import { PointList } from '../series/pointList';
import {
  type Row,
  greatestInteger,
  leastInteger,
  toInteger,
  toMetricValue,
  toStep,
  toTime,
} from './rows';

/** Rows that are read within one piece. */
const pointsAtOnce = 4000;
const columns = 'step, rowid AS id, timestamp, value, is_nan';

/** All points of one metric; none where the run or the metric does not exist. */
export function* readPoints(reader: Reader, runId: string, key: string): Reading<PointList> {
  const points = new PointList();
  const pieces = reader.schema.pointsByStep
    ? byStep(reader, runId, key)
    : byRow(reader, runId, key);
  for (const rows of pieces) {
    for (const [step, , timestamp, value, isNan] of rows) {
      points.add(toStep(step), toTime(timestamp) ?? 0, toMetricValue(value, isNan));
    }
    yield;
  }
  return points;
}

/** Through the index of run, key and step: first what is left of the step that the last piece ended in. */
function* byStep(reader: Reader, runId: string, key: string): Generator<readonly Row[]> {
  const ofMetric = `SELECT ${columns} FROM metrics WHERE run_uuid = ? AND key = ?`;
  const ofStep = `${ofMetric} AND step = ? AND rowid > ? ORDER BY rowid LIMIT ?`;
  const after = `${ofMetric} AND step > ? ORDER BY step, rowid LIMIT ?`;
  let rows = reader.rows(`${ofMetric} ORDER BY step, rowid LIMIT ?`, runId, key, pointsAtOnce);
  for (;;) {
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pointsAtOnce) {
      return;
    }
    const step = toInteger(last[0]);
    let row = toInteger(last[1]);
    for (;;) {
      const rest = reader.rows(ofStep, runId, key, step, row, pointsAtOnce);
      yield rest;
      if (rest.length < pointsAtOnce) {
        break;
      }
      row = toInteger(rest.at(-1)?.[1]);
    }
    rows = reader.rows(after, runId, key, step, pointsAtOnce);
  }
}

/** Before MLflow 3.12 there is an index of runs alone: through all points of the run. */
function* byRow(reader: Reader, runId: string, key: string): Generator<readonly Row[]> {
  const ofRun = 'FROM metrics WHERE run_uuid = ? AND rowid > ?';
  const boundary = `SELECT rowid AS id ${ofRun} ORDER BY rowid LIMIT 1 OFFSET ?`;
  const until = `SELECT ${columns} ${ofRun} AND rowid <= ? AND +key = ? ORDER BY rowid`;
  let row: number | bigint = leastInteger;
  for (;;) {
    const [next] = reader.rows(boundary, runId, row, pointsAtOnce - 1);
    const end: number | bigint = next === undefined ? greatestInteger : toInteger(next[0]);
    yield reader.rows(until, runId, row, end, key);
    if (next === undefined) {
      return;
    }
    row = end;
  }
}
