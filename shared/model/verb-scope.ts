import type { VerbKind } from './control.ts';
import type { GrantScope } from './grant.ts';

/** The scope that each verb needs: a verb without one does not compile. */
const scopes: Record<VerbKind, GrantScope> = {
  scroll: 'scroll',
  click: 'click',
  check: 'click',
  drag: 'click',
  type: 'type',
  key: 'type',
  fill: 'type',
  select: 'type',
  undo: 'type',
  back: 'navigate',
  forward: 'navigate',
  reload: 'navigate',
  open: 'navigate',
};

export const scopeOf = (kind: VerbKind): GrantScope => scopes[kind];
