/** Colours of labels: each stands out from light and dark surfaces (3:1), and from its neighbours in the row. */
export const labelColors = [
  { color: '#cf4a43', name: 'Red' },
  { color: '#c0611f', name: 'Orange' },
  { color: '#9a7a10', name: 'Yellow' },
  { color: '#4c8a35', name: 'Green' },
  { color: '#16897a', name: 'Teal' },
  { color: '#2480ab', name: 'Blue' },
  { color: '#5272d8', name: 'Indigo' },
  { color: '#8a60c8', name: 'Violet' },
  { color: '#b84f95', name: 'Pink' },
  { color: '#6d7b80', name: 'Grey' },
] as const;

/** The first colour that no label has yet, so that new ones differ by themselves. */
export function freeColor(taken: readonly string[]): string {
  return (labelColors.find(({ color }) => !taken.includes(color)) ?? labelColors[0]).color;
}
