/** What MLflow takes for a Git URI (`mlflow.projects.utils._GIT_URI_REGEX`); a secret in it would be logged. */
export function isGitUri(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const hasSecret =
    url !== undefined &&
    (url.password !== '' || (/^https?:$/.test(url.protocol) && url.username !== ''));
  return /^[^/\s]*:\S/.test(text) && !/^[a-z]:[\\/]/i.test(text) && !hasSecret;
}
