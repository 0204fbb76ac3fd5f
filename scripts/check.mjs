import { enter } from './entry.mjs';

enter(() => import('./commands/check.mjs'));
