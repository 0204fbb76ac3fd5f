import { enter } from './entry.mjs';

enter(() => import('./commands/dev.mjs'));
