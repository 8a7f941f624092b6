/** Which values of a metric are the better ones; `none` where a person said that neither is. */
export type Direction = 'lower' | 'higher' | 'none';

const lower =
  /(^|[^a-z])(loss|losses|error|errors|err|rmse|mse|mae|mape|smape|msle|rmsle|nll|perplexity|ppl|wer|cer|brier|latency|divergence|fpr|fnr)($|[^a-z])/;
const higher =
  /(^|[^a-z])(acc|accuracy|auc|auroc|auprc|roc_auc|pr_auc|f1|precision|recall|r2|bleu|rouge|meteor|iou|miou|map|ndcg|mrr|reward|throughput)($|[^a-z])/;

/** `valLoss2` as `val loss 2`. */
function wordsOf(metric: string): string {
  return metric.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/**
 * Which values of a metric are the better ones, as far as a word of its name says that beyond doubt; else `none`, and nobody
 * is called best.
 */
export function directionByName(metric: string): Direction {
  const words = wordsOf(metric);
  const isLower = lower.test(words);
  const isHigher = higher.test(words);
  if (isLower === isHigher) return 'none';
  return isLower ? 'lower' : 'higher';
}

/** The direction that a person's next choice for a metric leads to. */
export function nextDirection(direction: Direction): Direction {
  const next = { lower: 'higher', higher: 'none', none: 'lower' } as const;
  return next[direction];
}
