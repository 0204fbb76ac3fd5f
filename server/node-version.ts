/** Oldest Node that Rapport runs on. */
export const minNode = '20.19.0';

export function isSupportedNode(version: string): boolean {
  const parts = (text: string) => text.split('.').map(Number);
  const [wanted, given] = [parts(minNode), parts(version)];
  for (let at = 0; at < wanted.length; at++) {
    const difference = (given[at] ?? 0) - (wanted[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
