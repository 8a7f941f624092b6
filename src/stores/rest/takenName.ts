/**
 * Whether servers keep a path as it is written. They decode escapes in it until there are none, read it as a URL once, and refuse
 * `#` (`validate_path_is_safe` of MLflow): `100%25.txt` would become `100%.txt`, and `C:x` would become `c:x`.
 */
export function takenAsWritten(path: string): boolean {
  return (
    path !== '' &&
    !/#|%[0-9a-f]{2}|\?$|[\p{Cc}\\]|^\s|^[a-z][a-z0-9+.-]*:/iu.test(path) &&
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}
