import { enter } from './entry.mjs';

enter(() => import('./commands/model.mjs'));
