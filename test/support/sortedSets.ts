/** Python shows the members of a set in an order that changes. */
export function sortedSets(message: string): string {
  return message.replace(
    /\{('[^{}]*')\}/g,
    (_, members: string) => `{${members.split(', ').sort().join(', ')}}`,
  );
}
