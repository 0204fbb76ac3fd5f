import { enter } from './entry.mjs';

enter(() => import('./commands/verify-share-log.mjs'));
