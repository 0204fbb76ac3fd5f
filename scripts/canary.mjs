import { enter } from './entry.mjs';

enter(() => import('./commands/canary.mjs'));
