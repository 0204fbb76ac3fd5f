import { enter } from './entry.mjs';

enter(() => import('./commands/test.mjs'));
