import { enter } from './entry.mjs';

enter(() => import('./commands/bench.mjs'));
