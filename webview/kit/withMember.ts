/** The same set with or without a member. */
export function withMember<T>(set: ReadonlySet<T>, member: T, isIn: boolean): ReadonlySet<T> {
  return withMembers(set, [member], isIn);
}

/** The same set with or without some members. */
export function withMembers<T>(
  set: ReadonlySet<T>,
  members: readonly T[],
  isIn: boolean,
): ReadonlySet<T> {
  const changed = new Set(set);
  for (const member of members) {
    if (isIn) changed.add(member);
    else changed.delete(member);
  }
  return changed;
}
