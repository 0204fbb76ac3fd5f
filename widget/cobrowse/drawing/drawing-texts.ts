import type { MarkKind } from '../../../shared/model/annotation.ts';

export const region = 'Drawing on this page';
export const tools: Record<MarkKind, string> = {
  arrow: 'Arrow',
  rectangle: 'Box',
  pen: 'Pen',
  highlight: 'Highlight',
  callout: 'Text',
};
export const wipe = 'Wipe all';
export const draw = 'Draw on the page';
export const done = 'Done';
export const ask = 'What do you want to say?';
